"""Writes the course sheet of a workbook to standard output as CSV; run as a program.

It stands alone (standard library and openpyxl) so that it starts fast and with nothing of ours
in its memory, and it gives up its rights to memory, time and file size before it opens the file.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

MAX_ROWS = 300_000
MAX_COLUMNS = 200
MEMORY = 1_500 * 1024 * 1024
CPU_SECONDS = 110
OUTPUT = 600 * 1024 * 1024

TOO_MANY_ROWS, TOO_MANY_COLUMNS, NO_SHEET, BAD_WORKBOOK = 3, 4, 5, 6


def limit_self() -> None:
    """Give up the right to more memory, time and output, where the system knows limits."""
    try:
        import resource
    except ImportError:
        return
    for kind, limit in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, OUTPUT),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (limit, limit))


def plain(value: object) -> str:
    """Return a cell's value as a provider would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def rows_of(book: Any, wanted: str = "") -> Iterator[list[str]]:
    """Yield the rows of the sheet named "Courses", else of the first that can be seen.

    Args:
        wanted: The name of another sheet, which must be there; empty for that.
    """
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    name = (wanted or "Courses").casefold()
    named = [sheet for sheet in sheets if sheet.title.strip().casefold() == name]
    if not (named if wanted else sheets):
        sys.exit(NO_SHEET)
    sheet = (named or sheets)[0]
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        if number > MAX_ROWS:
            sys.exit(TOO_MANY_ROWS)
        filled = len(cells)
        while filled and cells[filled - 1] is None:
            filled -= 1
        if filled > MAX_COLUMNS:
            sys.exit(TOO_MANY_COLUMNS)
        if filled:
            yield [plain(value) for value in cells[:filled]]
        else:
            yield [""]


def main() -> None:
    """Convert the file named on the command line."""
    limit_self()
    from openpyxl import load_workbook

    output = io.TextIOWrapper(sys.stdout.buffer, "utf-8", "replace", newline="")
    try:
        with Path(sys.argv[1]).open("rb") as file:  # opened here: its name says nothing
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            csv.writer(output).writerows(rows_of(book, *sys.argv[2:3]))
            output.flush()
    except Exception:  # noqa: BLE001  a hostile file may raise anything; the caller says "broken"
        sys.exit(BAD_WORKBOOK)


if __name__ == "__main__":
    main()
