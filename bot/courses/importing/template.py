"""The template that providers fill in, as CSV and as a workbook with a help sheet."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from bot.courses.importing.formats.columns import COLUMNS
from bot.courses.importing.records import Say
from bot.courses.phrases import Phrase

_FILLED_ROWS = 2_000
_HELP = ("rows", "needed", "dates")


def template_csv(path: Path) -> None:
    """Write a CSV file with the headings and one row as an example."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(column.name for column in COLUMNS)
        writer.writerow(column.example for column in COLUMNS)


def template_xlsx(path: Path, say: Say) -> None:
    """Write a workbook with the headings, an example row, drop-down lists and a help sheet.

    Args:
        path: Where to write it.
        say: Puts the help texts into words.
    """
    # Only the command that writes a template needs it; a running program spares its memory.
    import xlsxwriter  # type: ignore[import-untyped]

    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    heading = book.add_format({"bold": True, "bottom": 1})
    example = book.add_format({"italic": True})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    _courses(book.add_worksheet("Courses"), heading, example)
    _help(book.add_worksheet("Help"), say, heading, plain)
    book.close()


def _courses(sheet: Any, heading: Any, example: Any) -> None:
    sheet.freeze_panes(1, 2)
    for number, column in enumerate(COLUMNS):
        sheet.write_string(0, number, column.name, heading)
        sheet.write_string(1, number, column.example, example)
        sheet.set_column(number, number, max(12, min(40, len(column.example) + 2)))
        if column.choices:
            rule = {"validate": "list", "source": list(column.choices), "error_type": "warning"}
            sheet.data_validation(1, number, _FILLED_ROWS, number, rule)


def _help(sheet: Any, say: Say, heading: Any, plain: Any) -> None:
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 70, plain)
    sheet.set_column(2, 2, 40)
    sheet.write_string(0, 0, say(Phrase("imports.help.title")), heading)
    for row, name in enumerate(_HELP, 1):
        sheet.merge_range(row, 0, row, 2, say(Phrase(f"imports.help.{name}")), plain)
        sheet.set_row(row, 36)
    top = len(_HELP) + 2
    for number, name in enumerate(("column", "meaning", "example")):
        sheet.write_string(top, number, say(Phrase(f"imports.help.heading_{name}")), heading)
    for row, column in enumerate(COLUMNS, top + 1):
        sheet.write_string(row, 0, column.name)
        sheet.write_string(row, 1, say(Phrase(f"imports.column.{column.name}")), plain)
        sheet.write_string(row, 2, column.example)
