"""CSV files: their encoding, separator, column names and rows."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from bot.errors import ImportRefused

MAX_ROWS = 300_000
MAX_COLUMNS = 200
MAX_CELL = 100_000
_CHUNK = 1 << 20
_NOT_NAME = re.compile(r"[^a-z0-9]+")


def column_name(raw: str) -> str:
    """Return the name by which a column is known: "Course Name *" is course_name."""
    return _NOT_NAME.sub("_", raw.casefold().replace("\ufeff", "")).strip("_")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the file (the header is row 1) and its cells by column name."""

    number: int
    cells: dict[str, str]

    @property
    def where(self) -> str:
        """Return the row's place for a report."""
        return f"row {self.number}"

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(slots=True)
class Table:
    """A CSV file that can be read again and again.

    Attributes:
        file: The open file; it must be seekable.
        header: Known names of its columns, empty for a column without one.
        overfull: Numbers of rows that have more cells than the header.
    """

    file: IO[bytes]
    encoding: str = ""
    separator: str = ","
    header: list[str] = field(default_factory=list)
    overfull: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.encoding = _encoding(self.file)
        first = next(self._lines(","), None)
        if first is None:
            raise ImportRefused("imports.refused.empty")
        self.separator = _separator(self._first_line())
        self.header = [column_name(cell) for cell in next(self._lines(self.separator), [])]
        if len(self.header) > MAX_COLUMNS:
            raise ImportRefused("imports.refused.too_many_columns", limit=MAX_COLUMNS)

    def rows(self) -> Iterator[Row]:
        """Yield every row that is not empty.

        Raises:
            ImportRefused: the file breaks the rules of CSV, or has too many rows.
        """
        self.overfull = []
        lines = self._lines(self.separator)
        next(lines, None)
        width = len(self.header)
        for number, cells in enumerate(lines, 2):
            if number > MAX_ROWS:
                raise ImportRefused("imports.refused.too_many_rows", limit=MAX_ROWS)
            if len(cells) > width and any(cell.strip() for cell in cells[width:]):
                self.overfull.append(number)
            if any(cell and not cell.isspace() for cell in cells):
                named = zip(self.header, cells, strict=False)
                yield Row(number, {name: cell for name, cell in named if name and cell})

    def _first_line(self) -> str:
        self.file.seek(0)
        return self.file.read(64 * 1024).decode(self.encoding, "replace").lstrip().split("\n")[0]

    def _lines(self, separator: str) -> Iterator[list[str]]:
        self.file.seek(0)
        text = io.TextIOWrapper(self.file, self.encoding, "replace", newline="")
        csv.field_size_limit(MAX_CELL)
        lines = csv.reader(_without_blank_start(text), delimiter=separator)
        try:
            yield from lines
        except csv.Error as error:
            line, problem = lines.line_num, str(error)
            raise ImportRefused("imports.refused.bad_csv", line=line, problem=problem) from error
        finally:
            text.detach()


def _without_blank_start(text: io.TextIOWrapper) -> Iterator[str]:
    started = False
    for line in text:
        started = started or not line.isspace()
        if started:
            yield line


def _encoding(file: IO[bytes]) -> str:
    """Return UTF-16 or UTF-8 where the bytes are that, else Windows-1252."""
    file.seek(0)
    start = file.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    file.seek(0)
    try:
        while chunk := file.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _separator(line: str) -> str:
    return max(",;\t|", key=line.count)
