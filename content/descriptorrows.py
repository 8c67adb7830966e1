"""Descriptors as a spreadsheet has them: a row for each sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from content.problems import BadContent, Problem
from content.reading import KEY, Document, TreePath

COLUMNS = (
    "area",
    "area_title",
    "area_short",
    "code",
    "title",
    "short",
    "use",
    "older_titles",
    "crosswalk",
    "level",
    "sentence",
    "can",
    "rests_on",
    "example",
)
"""`crosswalk` and `rests_on` hold ids with spaces between, `older_titles` titles with ";" between.
What belongs to a whole area, competence or level may be left out after its first row; where it is
given again it has to say the same."""

_NEEDED = ("area", "code", "level", "sentence", "can")
_OF_AREA = {"title": "area_title", "short": "area_short"}
_OF_COMPETENCE = ("title", "short", "use", "older_titles", "crosswalk")
_LISTS: dict[str, str | None] = {"older_titles": ";", "crosswalk": None}
"""What stands between the parts of a cell that holds several; None is any space."""


def area_documents(rows: Document) -> list[Document]:
    """Return the rows as one document for each area, as areas/*.yaml have them.

    Raises:
        BadContent: A column is unknown, a needed cell is empty, a sentence comes twice, or two rows
            say different things of one area, competence or level.
    """
    areas: dict[str, Document] = {}
    problems: list[Problem] = []
    for at, row in enumerate(rows.value if isinstance(rows.value, list) else []):
        cells: dict[str, Any] = row if isinstance(row, dict) else {}
        if not cells:
            continue
        line = rows.line((at,))
        faults = [(name, "there is no such column") for name in cells if name not in COLUMNS]
        faults += [(name, "is empty") for name in _NEEDED if not cells.get(name)]
        faults += [
            (name, "must match [a-z0-9._-]{1,64}")
            for name in ("area", "code", "level", "sentence")
            if cells.get(name) and not KEY.fullmatch(cells[name])
        ]
        if not faults:
            key = cells["area"]
            known = areas.setdefault(key, Document(rows.file, {"code": key}, {(): line}))
            faults = _put(known, cells, line)
        problems.extend(Problem(rows.file, line, name, reason) for name, reason in faults)
    if problems:
        raise BadContent(problems)
    return list(areas.values())


def _put(document: Document, cells: dict[str, Any], line: int) -> list[tuple[str, str]]:
    """Add a row to its area; return the columns in which it cannot stand, with the reasons."""
    tree: Any = document.value
    lines: Any = document.lines
    code, level = cells["code"], cells["level"]
    faults = [*_fill(tree, cells, _OF_AREA, lines, (), line)]
    path: TreePath = ("competences", code)
    competence = tree.setdefault("competences", {}).setdefault(code, {})
    lines.setdefault(path, line)
    own = {name: name for name in _OF_COMPETENCE}
    faults += _fill(competence, cells, own, lines, path, line)
    path = (*path, "levels", level)
    rung = competence.setdefault("levels", {}).setdefault(level, {"sentences": {}})
    lines.setdefault(path, line)
    faults += _fill(rung, cells, {"example": "example"}, lines, path, line)
    if cells["sentence"] in rung["sentences"]:
        return [*faults, ("sentence", "this sentence is given twice")]
    rests_on = cells.get("rests_on", "").split()
    rung["sentences"][cells["sentence"]] = {"can": cells["can"], "rests_on": rests_on}
    lines[*path, "sentences", cells["sentence"]] = line
    return faults


def _fill(
    tree: Any, cells: dict[str, Any], own: dict[str, str], lines: Any, path: TreePath, line: int
) -> Iterator[tuple[str, str]]:
    """Put the shared cells of a row where they belong; yield those that another row contradicts."""
    for name, column in own.items():
        value = _value(column, cells.get(column, ""))
        if not value:
            continue
        if name not in tree:
            tree[name] = value
            lines[*path, name] = line
        elif tree[name] != value:
            reason = (
                f'says "{_shown(value)}", and line {lines[*path, name]} says '
                f'"{_shown(tree[name])}": write the same in all rows of '
                f"{_owner(path, cells)}, or leave it empty after the first"
            )
            yield column, reason


def _owner(path: TreePath, cells: dict[str, Any]) -> str:
    if not path:
        return f"area {cells['area']}"
    return f"level {cells['level']} of {cells['code']}" if "levels" in path else cells["code"]


def _value(column: str, cell: str) -> str | list[str]:
    if column not in _LISTS:
        return cell.strip()
    return [part.strip() for part in cell.split(_LISTS[column]) if part.strip()]


def _shown(value: str | list[str]) -> str:
    return value if isinstance(value, str) else ", ".join(value)
