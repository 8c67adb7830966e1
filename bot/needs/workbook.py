"""An employer's report as a workbook, with a sheet each for needs, matches and gaps."""

from __future__ import annotations

from io import BytesIO

import xlsxwriter  # type: ignore[import-untyped]

from bot.courses.phrases import Phrase
from bot.needs.explaining import Names
from bot.needs.report import COLUMNS, SHEETS, Report, Say, rows_of

_WIDTHS = {"words": 40, "course": 40, "reasons": 60, "misfits": 60, "why": 60, "nearest": 40}
_WIDTH = 18


def workbook(report: Report, say: Say, names: Names) -> bytes:
    """Return an XLSX file with a sheet each for needs, matches and gaps.

    Every word is written as text: what begins like a formula stays what it is.
    """
    out = BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    heading = book.add_format({"bold": True, "bottom": 1})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    for name in SHEETS:
        sheet = book.add_worksheet(_tab(say(Phrase(f"needs.report.sheet.{name}"))))
        for at, column in enumerate(COLUMNS[name]):
            sheet.set_column(at, at, _WIDTHS.get(column, _WIDTH))
            sheet.write_string(0, at, say(Phrase(f"needs.report.column.{column}")), heading)
        for line, row in enumerate(rows_of(name, report, say, names), 1):
            for at, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(line, at, cell, text)
                else:
                    sheet.write_number(line, at, cell)
        sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()


def _tab(words: str) -> str:
    """Return a name that a sheet may have: 31 characters, none of the forbidden ones."""
    return "".join(sign for sign in words if sign not in "[]:*?/\\'")[:31] or "-"
