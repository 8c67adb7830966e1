"""Read a city's folder: city.yaml for what it is, places.csv for where things are."""

from __future__ import annotations

from pathlib import Path

from content.problems import BadContent, Problem
from content.reading import read_csv, read_yaml
from content.schema import City, Place
from content.typed import typed

BOUNDS_MARGIN = 0.01
"""Degrees by which a ward or library may lie outside the box around its city."""


def read_city(folder: Path, root: Path) -> City:
    """Read one city.

    Raises:
        BadContent: A file is missing or wrong, or a place lies outside the city.
    """
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
