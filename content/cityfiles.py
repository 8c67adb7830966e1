"""Read a city's folder: city.yaml for what it is, places.csv for where things are."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from content.problems import BadContent, Problem
from content.reading import read_csv, read_yaml
from content.schema import City, Place
from content.typed import typed

FILES = ("city.yaml", "places.csv")
BOUNDS_MARGIN = 0.01
"""Degrees by which a ward or library may lie outside the box around its city."""


def read_city(folder: Path, root: Path) -> City:
    """Read one city.

    Raises:
        BadContent: A file is missing or wrong, or a place lies outside the city.
    """
    return _read_city(folder, root, tuple(map(_stamp, (folder / name for name in FILES))))


def _stamp(path: Path) -> tuple[int, int]:
    """Return what changes with a file; zeros where it is missing."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


@lru_cache(maxsize=16)
def _read_city(folder: Path, root: Path, stamps: tuple[tuple[int, int], ...]) -> City:
    """Read a city once for everybody: a file that did not change holds the same places."""
    del stamps  # only tells one reading from the next
    document = read_yaml(folder / "city.yaml", root)
    city = typed(City, document, id=folder.name)
    places = _places(folder / "places.csv", root)
    outside = [
        Problem(f"{folder.relative_to(root).as_posix()}/places.csv", line, place.name, _OUTSIDE)
        for line, place in places
        if place.kind in {"ward", "neighbourhood", "library"}
        and not city.bounds.has(place.lat, place.lon, BOUNDS_MARGIN)
    ]
    if outside:
        raise BadContent(outside)
    return city.model_copy(update={"places": tuple(place for _, place in places)})


_OUTSIDE = "lies outside the bounds of its city"


def _places(path: Path, root: Path) -> list[tuple[int, Place]]:
    document = read_csv(path, root)
    found: list[tuple[int, Place]] = []
    problems: list[Problem] = []
    for at in range(len(document.value)):
        try:
            found.append((document.line((at,)), typed(Place, document, (at,))))
        except BadContent as error:
            problems.extend(error.problems)
    if problems:
        raise BadContent(problems)
    return found
