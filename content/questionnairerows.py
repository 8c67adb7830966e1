"""A questionnaire as a spreadsheet has it: first rows about the whole, then a row a question."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from content.problems import BadContent, Problem
from content.reading import KEY, Document, TreePath

COLUMNS = (
    "section",
    "section_title",
    "for_each",
    "question",
    "kind",
    "ask",
    "help",
    "options",
    "has_other",
    "needed",
    "when",
    "least",
    "most",
    "unit",
    "low",
    "high",
    "form",
    "rows",
    "rows_from",
    "prefill",
)
"""Rows without a section name a fact of the whole in `question` and its value in `ask`. `options`
holds "id = label" with ";" between, or "from sectors"; `rows` holds "framework: code, code" with
";" between."""

HEAD = ("version", "title", "short", "intro", "thanks", "minutes", "audience")
_PLAIN = frozenset(COLUMNS[4:]) - {"options", "rows"}
_OF_SECTION = {"section_title": "title", "for_each": "for_each"}


def as_document(rows: Document) -> Document:
    """Return the rows as the document that a YAML file would be.

    Raises:
        BadContent: A column is unknown, a key is none, or a question comes twice.
    """
    tree: dict[str, Any] = {"sections": {}}
    lines: dict[TreePath, int] = {(): 1}
    problems: list[Problem] = []
    for at, row in enumerate(rows.value if isinstance(rows.value, list) else []):
        cells: dict[str, Any] = row if isinstance(row, dict) else {}
        if not cells:
            continue
        line = rows.line((at,))
        faults = list(_faults(cells))
        if not faults:
            faults = list(_put(tree, lines, cells, line))
        problems.extend(Problem(rows.file, line, name, reason) for name, reason in faults)
    if problems:
        raise BadContent(problems)
    return Document(rows.file, tree, lines)


def _faults(cells: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name in cells:
        if name not in COLUMNS:
            yield name, "there is no such column"
    for name in ("section", "question"):
        if cells.get(name) and not KEY.fullmatch(cells[name]):
            yield name, "must match [a-z0-9._-]{1,64}"
    if not cells.get("question"):
        yield "question", "is empty"
    elif not cells.get("section") and cells["question"] not in HEAD:
        yield "question", f"a row without a section names one of {', '.join(HEAD)}"


def _put(
    tree: dict[str, Any], lines: dict[TreePath, int], cells: dict[str, Any], line: int
) -> Iterator[tuple[str, str]]:
    key = cells["question"]
    if not cells.get("section"):
        if key in tree:
            yield "question", "this is given already"
        tree[key] = cells.get("ask", "")
        lines[key,] = line
        return
    path: TreePath = ("sections", cells["section"])
    section = tree["sections"].setdefault(cells["section"], {"questions": {}})
    lines.setdefault(path, line)
    for cell, name in _OF_SECTION.items():
        if cells.get(cell):
            section.setdefault(name, cells[cell])
            lines.setdefault((*path, name), line)
    if key in section["questions"]:
        yield "question", "this question is given twice"
        return
    lines[*path, "questions", key] = line
    question = {name: cells[name] for name in COLUMNS if name in _PLAIN and cells.get(name)}
    section["questions"][key] = question
    yield from _options(question, cells.get("options", ""))
    yield from _rows(question, cells.get("rows", ""))


def _options(question: dict[str, Any], text: str) -> Iterator[tuple[str, str]]:
    if text.startswith("from "):
        question["options_from"] = text.removeprefix("from ").strip()
        return
    options: dict[str, str] = {}
    for part in filter(None, map(str.strip, text.split(";"))):
        key, sign, label = map(str.strip, part.partition("="))
        if not sign or not KEY.fullmatch(key) or key in options:
            yield "options", f'"{part}" must be like: small = Up to 9 people'
        options[key] = label
    if options:
        question["options"] = options


def _rows(question: dict[str, Any], text: str) -> Iterator[tuple[str, str]]:
    rows: dict[str, list[str]] = {}
    for part in filter(None, map(str.strip, text.split(";"))):
        framework, sign, codes = map(str.strip, part.partition(":"))
        if not sign or not framework:
            yield "rows", f'"{part}" must be like: digcomp3: 1.3, 4.2'
        rows[framework] = [code.strip() for code in codes.split(",") if code.strip()]
    if rows:
        question["rows"] = rows
