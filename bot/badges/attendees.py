"""A list of people that a provider knows, as a sheet or as lines: read, judged, written safely."""

from __future__ import annotations

import csv
import io
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from bot.courses.importing.formats.tables import Table, column_name
from bot.courses.importing.formats.workbook import workbook_as_table
from bot.errors import ImportRefused

LONGEST_LABEL: Final = 60
MOST_ROWS: Final = 200
WORKBOOK_SECONDS: Final = 15.0
NAMES: Final = (
    *("name", "full_name", "learner", "learner_name", "student", "student_name", "attendee"),
    *("participant", "person", "reference", "ref", "learner_reference", "student_number", "id"),
)
"""Headings of the column that is read, the best first."""
HALVES: Final = (
    ("first_name", "last_name"),
    ("forename", "surname"),
    ("given_name", "family_name"),
)
_FORMULA = re.compile(r"[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_Row: TypeAlias = "tuple[int, list[str]]"
_JOINERS = frozenset("\u200c\u200d")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell.

    Attributes:
        row: Its number in the sheet, from 1.
        column: The column's heading, or its letter where it has none.
        kind: "empty", "long", "twice", "unseen", "email" or "columns".
        other: The row that says the same.
    """

    row: int
    column: str
    kind: str
    other: int = 0


@dataclass(frozen=True, slots=True)
class AttendeeList:
    """What was read.

    Attributes:
        labels: A name or reference for each row, where nothing is wrong.
        faults: What is wrong, row by row.
        lines: What was read, one a line, to be mended and sent again.
    """

    labels: tuple[str, ...]
    faults: tuple[Fault, ...]
    lines: str


def read_attendees(content: bytes, *, is_pasted: bool = False) -> AttendeeList:
    """Read a CSV file, an XLSX workbook or plain lines.

    Only one column is read, the one with the name or reference; the others are left alone.

    Args:
        is_pasted: Whether it was typed into a box: lines without a heading are names as they
            stand, commas and all.

    Raises:
        ImportRefused: It is none of these, holds nobody, or more than `MOST_ROWS`.
    """
    if not content.strip():
        raise ImportRefused("classes.names.none")
    rows = list(_workbook(content) if content.startswith(b"PK\x03\x04") else _table(content))
    filled = [row for row in rows if any(map(str.strip, row[1]))]
    picked = _Picked.of(filled[0][1] if filled else [])
    if is_pasted and not picked.has_heading and b"\t" not in content:
        lines = content.decode("utf-8", "replace").splitlines()
        filled = [(number, [line]) for number, line in enumerate(lines, 1) if line.strip()]
    people = filled[1:] if picked.has_heading else filled
    if not people:
        raise ImportRefused("classes.names.none")
    if len(people) > MOST_ROWS:
        raise ImportRefused("classes.names.too_many", limit=MOST_ROWS)
    labels = [picked.label(cells) for _, cells in people]
    faults = tuple(_faults(picked, people, labels))
    return AttendeeList(() if faults else tuple(labels), faults, _lines(picked, filled, faults))


def sheet(rows: Iterable[Sequence[str]]) -> bytes:
    """Write rows as CSV that a spreadsheet opens as text: nothing in it is taken for a formula."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def safe_cell(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if _FORMULA.match(text.lstrip(" \n\u00a0")) else text


@dataclass(frozen=True, slots=True)
class _Picked:
    """The columns that are read."""

    places: tuple[int, ...]
    title: str
    has_heading: bool

    @classmethod
    def of(cls, first: Sequence[str]) -> _Picked:
        names = [column_name(cell) for cell in first]
        for wanted in [(one,) for one in NAMES[:9]] + list(HALVES) + [(one,) for one in NAMES[9:]]:
            if all(one in names for one in wanted):
                places = tuple(names.index(one) for one in wanted)
                return cls(places, first[places[0]].strip()[:LONGEST_LABEL], has_heading=True)
        return cls((0,), "A", has_heading=False)

    def label(self, cells: Sequence[str]) -> str:
        parts = (cells[place] for place in self.places if place < len(cells))
        text = unicodedata.normalize("NFC", " ".join(parts))
        return " ".join(text.split())


def _lines(picked: _Picked, rows: Sequence[_Row], faults: Sequence[Fault]) -> str:
    """Write what was read so that the line of each row has the row's number."""
    has_more = any(fault.kind == "columns" for fault in faults)
    lines = [""] * rows[-1][0]
    for number, cells in rows:
        is_heading = picked.has_heading and number == rows[0][0]
        kept = cells if has_more else [picked.title if is_heading else picked.label(cells)]
        lines[number - 1] = _quoted(kept) if has_more or picked.has_heading else kept[0]
    return "\n".join(lines)


def _quoted(cells: Sequence[str]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="").writerow([" ".join(cell.split()) for cell in cells])
    return out.getvalue()


def _faults(picked: _Picked, people: Sequence[_Row], labels: Sequence[str]) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for (number, cells), label in zip(people, labels, strict=True):
        kind = _fault(label)
        other = seen.setdefault(label.casefold(), number)
        if not picked.has_heading and any(map(str.strip, cells[1:])):
            yield Fault(number, "B", "columns")
            return
        if kind:
            yield Fault(number, picked.title, kind)
        elif other != number:
            yield Fault(number, picked.title, "twice", other)


def _fault(label: str) -> str:
    if not label:
        return "empty"
    if any(unicodedata.category(one) in _UNSEEN and one not in _JOINERS for one in label):
        return "unseen"
    if "@" in label[1:]:
        return "email"
    return "long" if len(label) > LONGEST_LABEL else ""


def _table(content: bytes) -> Iterator[_Row]:
    if b"\0" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ImportRefused("classes.names.unreadable")
    table = Table(io.BytesIO(content))
    text = io.StringIO(content.decode(table.encoding, "replace"), newline="")
    try:
        yield from enumerate(csv.reader(text, delimiter=table.separator), 1)
    except csv.Error as error:
        raise ImportRefused("classes.names.unreadable") from error


def _workbook(content: bytes) -> Iterator[_Row]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "people.xlsx")
        path.write_bytes(content)
        with workbook_as_table(path, WORKBOOK_SECONDS) as file:
            yield from _table(file.read())
