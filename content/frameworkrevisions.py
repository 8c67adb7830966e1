"""What changed in a version of a framework, and why: `revisions.csv` beside its descriptors.

A row is one sentence that was reworded, dropped or added since the version before. It is read by
people: staff, and those who commented on descriptors and want to know what came of it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from content.problems import BadContent, Problem
from content.reading import read_csv
from content.schema import Key, Record, Words
from content.typed import typed_value

REVISIONS = "revisions.csv"
_MARKED = re.compile(r"\A'(\s*[=+\-@\t\r])")
COLUMNS = ("item", "act", "was", "now", "why", "suggestions", "said", "round")
"""`said` holds one suggestion a line."""

Act: TypeAlias = Literal["reword", "drop", "add"]


class Revision(Record):
    """One sentence that differs from the version before.

    Attributes:
        item: The sentence's id.
        was, now: Its words before and after; empty where there was or is none.
        why: In the words of whoever decided it.
        suggestions: How many people suggested something about it.
        said: What some of them suggested, where they and staff let it be read.
        round: In which round of comments; empty where it was none.
    """

    item: Key
    act: Act
    was: str = Field(default="", max_length=200)
    now: str = Field(default="", max_length=200)
    why: Words
    suggestions: Annotated[int, Field(ge=0)] = 0
    said: tuple[str, ...] = ()
    round: str = Field(default="", max_length=200)


def read_revisions(folder: Path, root: Path) -> tuple[Revision, ...]:
    """Return what changed in the version that a folder holds; nothing where it does not say.

    Raises:
        BadContent: A row is wrong, or a column is unknown.
    """
    path = folder / REVISIONS
    if not path.is_file():
        return ()
    document = read_csv(path, root)
    rows = document.value if isinstance(document.value, list) else []
    found = []
    for at, row in enumerate(rows):
        cells = row if isinstance(row, dict) else {}
        for name in cells.keys() - set(COLUMNS):
            raise BadContent([Problem(document.file, 1, name, "there is no such column")])
        plain = {name: _unquoted(str(cell)) for name, cell in cells.items()}
        lines = str(cells.get("said", "")).splitlines()
        said = [_unquoted(line) for line in lines if line.strip()]
        found.append(typed_value(Revision, document, (at,), {**plain, "said": said}))
    return tuple(found)


def _unquoted(cell: str) -> str:
    """Return a cell without the mark that keeps spreadsheets from taking it for a formula."""
    return _MARKED.sub(r"\1", cell)
