"""Earlier versions of frameworks, and the places that wait for a city's own.

`frameworks/<id>/versions/<version>/` is the folder as it was: results keep the version with which
they were made, so its words stay readable. `frameworks/<id>/slot.yaml` keeps a place for a
framework that somebody has yet to publish; with `framework.yaml` beside it the place is filled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from content.frameworks import Framework, QuickCheck, Slot
from content.problems import BadContent, Problem
from content.reading import read_yaml, relative_name
from content.typed import typed

VERSIONS, SLOT = "versions", "slot.yaml"

Kept = TypeVar("Kept", Framework, QuickCheck)


def read_versions(
    folder: Path,
    root: Path,
    current: Kept,
    read: Callable[[Path, Path, str], Kept],
    problems: list[Problem],
) -> dict[str, Kept]:
    """Return the earlier versions of a framework or quick check by their versions.

    Args:
        folder: Of the current one.
        read: Reads one folder under the content root as what has that id.
        problems: Takes what is wrong; a version that cannot be read is left out.
    """
    found: dict[str, Kept] = {}
    for path in sorted((folder / VERSIONS).glob("*")):
        if not path.is_dir():
            continue
        try:
            kept = read(path, root, folder.name)
        except BadContent as error:
            problems.extend(error.problems)
            continue
        problems.extend(_misplaced(path, root, kept.version, current.version))
        found[path.name] = kept
    return found


def _misplaced(path: Path, root: Path, version: str, current: str) -> Iterator[Problem]:
    file = relative_name(path, root)
    if version != path.name:
        yield Problem(file, 0, "version", f"says {version}; its folder must be called so")
    if version == current:
        yield Problem(
            file, 0, "version", f"{version} is kept already: what changed needs a new one"
        )


def read_slot(folder: Path, root: Path, *, is_filled: bool) -> Slot:
    """Read the place that is kept for a framework.

    Raises:
        BadContent: The file is wrong.
    """
    document = read_yaml(folder / SLOT, root)
    return typed(Slot, document, (), id=folder.name, is_filled=is_filled)


def lost_slots(slots: Mapping[str, Slot], frameworks: Mapping[str, Framework]) -> Iterator[Problem]:
    """Yield the slots that stand in for a draft which is not there."""
    for key, slot in slots.items():
        if slot.takes_place_of and slot.takes_place_of not in frameworks:
            reason = f"{slot.takes_place_of}: there is no such framework"
            yield Problem(f"frameworks/{key}/{SLOT}", 0, "takes_place_of", reason)


def doubled(
    frameworks: Mapping[str, Framework], slots: Mapping[str, Slot], root: Path
) -> Iterator[Problem]:
    """Yield titles and competence codes that two frameworks have: each names one thing.

    A city's own framework may use the codes of the draft whose place it takes, so that courses and
    routes which name them need no change.
    """
    heirs = {(slot.id, slot.takes_place_of) for slot in slots.values()}
    for key, one in frameworks.items():
        for other_key, other in frameworks.items():
            if key >= other_key:
                continue
            if one.title == other.title:
                head = read_yaml(root / "frameworks" / key / "framework.yaml", root)
                reason = f"is that of {other_key} too: give one of the two another"
                yield Problem(head.file, head.line(("title",)), "title", reason)
            if {(key, other_key), (other_key, key)} & heirs:
                continue
            for code in sorted(one.competences.keys() & other.competences.keys()):
                reason = f"is a competence of {other_key} too; a code names one thing"
                yield Problem(f"frameworks/{key}", 0, code, reason)
