"""Descriptors as a spreadsheet has them: a row for each sentence."""

from __future__ import annotations

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
What belongs to a whole area, competence or level may be left out after its first row."""

_NEEDED = ("area", "code", "level", "sentence", "can")
_OF_AREA = {"area_title": "title", "area_short": "short"}
_OF_COMPETENCE = ("title", "short", "use")


def area_documents(rows: Document) -> list[Document]:
    """Return the rows as one document for each area, as areas/*.yaml have them.

    Raises:
        BadContent: A column is unknown, a needed cell is empty, or a sentence comes twice.
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
            faults = [("sentence", "this sentence is given twice")] * (not _put(known, cells, line))
        problems.extend(Problem(rows.file, line, name, reason) for name, reason in faults)
    if problems:
        raise BadContent(problems)
    return list(areas.values())


def _put(document: Document, cells: dict[str, Any], line: int) -> bool:
    """Add a row to its area; False where its sentence is there already."""
    tree: Any = document.value
    lines: Any = document.lines
    _fill(tree, {name: cells.get(cell) for cell, name in _OF_AREA.items()}, lines, (), line)
    path: TreePath = ("competences", cells["code"])
    competence = tree.setdefault("competences", {}).setdefault(cells["code"], {})
    lines.setdefault(path, line)
    own: dict[str, Any] = {name: cells.get(name) for name in _OF_COMPETENCE}
    own["crosswalk"] = cells.get("crosswalk", "").split()
    own["older_titles"] = [one for one in cells.get("older_titles", "").split(";") if one.strip()]
    _fill(competence, own, lines, path, line)
    path = (*path, "levels", cells["level"])
    rung = competence.setdefault("levels", {}).setdefault(cells["level"], {"sentences": {}})
    lines.setdefault(path, line)
    _fill(rung, {"example": cells.get("example")}, lines, path, line)
    if cells["sentence"] in rung["sentences"]:
        return False
    rests_on = cells.get("rests_on", "").split()
    rung["sentences"][cells["sentence"]] = {"can": cells["can"], "rests_on": rests_on}
    lines[*path, "sentences", cells["sentence"]] = line
    return True


def _fill(tree: Any, values: dict[str, Any], lines: Any, path: TreePath, line: int) -> None:
    for name, value in values.items():
        if value and name not in tree:
            tree[name] = value
            lines[*path, name] = line
