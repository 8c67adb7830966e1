"""Descriptors as spreadsheets: staff take a framework out, change it, and bring it back checked."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.courses.importing.formats.workbook import workbook_as_table
from bot.errors import ImportRefused
from content.descriptorrows import COLUMNS
from content.frameworkfiles import FOLDER, read_framework
from content.frameworks import MAX_SENTENCE, MAX_SHORT_NAME, Framework

TABLE = "descriptors.csv"
REVISED = "Revisions"
"""The sheet of a workbook that says what it changes."""
_WIDE, _NARROW = 60, 14
_WIDE_COLUMNS = frozenset({"area_title", "title", "use", "can", "example"})
_MAX_LENGTHS = {"can": MAX_SENTENCE, "short": MAX_SHORT_NAME, "area_short": MAX_SHORT_NAME}


def rows_of(framework: Framework) -> Iterator[tuple[str, ...]]:
    """Yield a framework's descriptors, a row for each sentence, in the order of COLUMNS."""
    for area in framework.areas:
        for own in area.competences:
            for level, rung in enumerate(own.rungs, 1):
                for sentence in rung.sentences:
                    yield (
                        *(area.code, area.title, area.short),
                        *(own.code, own.title, own.short, own.use),
                        *("; ".join(own.older_titles), " ".join(own.crosswalk)),
                        *(str(level), sentence.id.removeprefix(f"{own.code}.{level}")),
                        *(sentence.can, " ".join(sentence.rests_on), rung.example),
                    )


def write_csv(framework: Framework, path: Path) -> None:
    """Write a framework's descriptors as CSV, which is its own template."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(rows_of(framework))


def write_xlsx(
    framework: Framework, path: Path, revisions: Sequence[Sequence[str | int]] = ()
) -> None:
    """Write a framework's descriptors as a workbook that warns of texts that are too long.

    Args:
        revisions: Rows of a second sheet: what changed since the version before, and why.
    """
    import xlsxwriter  # type: ignore[import-untyped]  # a megabyte, and few ever ask for it

    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("Descriptors")
    heading = book.add_format({"bold": True, "bottom": 1})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    for at, name in enumerate(COLUMNS):
        sheet.set_column(at, at, _WIDE if name in _WIDE_COLUMNS else _NARROW, text)
        sheet.write_string(0, at, name, heading)
        if name in _MAX_LENGTHS:
            rule = {"validate": "length", "criteria": "<=", "value": _MAX_LENGTHS[name]}
            sheet.data_validation(1, at, 5_000, at, rule)
    for line, row in enumerate(rows_of(framework), 1):
        for at, cell in enumerate(row):
            sheet.write_string(line, at, cell, text)
    sheet.freeze_panes(1, 0)
    if revisions:
        log = book.add_worksheet(REVISED)
        log.set_column(0, len(revisions[0]) - 1, _NARROW * 2, text)
        for line, told in enumerate(revisions):
            for at, one in enumerate(told):
                log.write_string(line, at, str(one), text if line else heading)
    book.close()


def read_sheet(sheet: Path, folder: Path) -> Framework:
    """Return what a framework would be with the descriptors of a spreadsheet.

    Nothing is changed: to use it, put what `as_table` returns into the folder as descriptors.csv in
    place of its areas, with a new version in framework.yaml.

    Args:
        sheet: CSV, or XLSX by its ending.
        folder: The framework's folder, for all that is not in the sheet.

    Raises:
        BadContent: Something is wrong; line is the row of the sheet.
        ImportRefused: The workbook cannot be opened safely.
    """
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        copy = root / FOLDER / folder.name
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("areas", TABLE))
        (copy / TABLE).write_bytes(as_table(sheet))
        return read_framework(copy, root)


def revisions_in(sheet: Path) -> bytes | None:
    """Return what a spreadsheet says that it changes, as the CSV of a framework's folder.

    Returns:
        None where it says nothing: it is no workbook, or has no such sheet.

    Raises:
        ImportRefused: The workbook cannot be opened safely.
    """
    if sheet.suffix.casefold() != ".xlsx":
        return None
    try:
        return _table(sheet, REVISED)
    except ImportRefused as refusal:
        if refusal.text_id != "imports.refused.no_sheet":
            raise
        return None


def as_table(sheet: Path) -> bytes:
    """Return a spreadsheet as the CSV file that a framework's folder holds.

    Raises:
        ImportRefused: The workbook cannot be opened safely.
    """
    if sheet.suffix.casefold() != ".xlsx":
        return sheet.read_bytes()
    return _table(sheet)


def _table(workbook: Path, name: str = "") -> bytes:
    with workbook_as_table(workbook, sheet=name) as table:
        rows = list(csv.reader(io.StringIO(table.read().decode(), newline="")))
    width = max(map(len, rows), default=0)
    out = io.StringIO(newline="")
    csv.writer(out).writerows([*row, *[""] * (width - len(row))] for row in rows)
    return out.getvalue().encode()
