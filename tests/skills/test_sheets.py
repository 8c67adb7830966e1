"""A framework goes out as a spreadsheet and comes back the same, or with its faults by row."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from bot.errors import ImportRefused
from bot.skills.sheets import read_sheet, write_csv, write_xlsx
from content.descriptorrows import COLUMNS
from content.frameworkfiles import read_framework
from content.frameworks import Framework
from content.load import SHIPPED
from content.problems import BadContent

FOLDER = SHIPPED / "frameworks" / "digcomp3"
DIGCOMP = read_framework(FOLDER, SHIPPED)


@pytest.mark.parametrize(("write", "name"), [(write_csv, "d.csv"), (write_xlsx, "d.xlsx")])
def test_it_comes_back_the_same(
    write: Callable[[Framework, Path], None], name: str, tmp_path: Path
) -> None:
    write(DIGCOMP, tmp_path / name)
    assert read_sheet(tmp_path / name, FOLDER) == DIGCOMP


def test_a_city_may_bring_other_descriptors(tmp_path: Path) -> None:
    sheet = tmp_path / "d.csv"
    write_csv(DIGCOMP, sheet)
    text = sheet.read_text("utf-8-sig").replace("Type a few words", "Say a few words")
    sheet.write_text(text, "utf-8")
    found = read_sheet(sheet, FOLDER)
    assert found.competences["1.1"].rungs[0].sentences[0].can.startswith("Say a few words")
    assert found.checks == DIGCOMP.checks


def test_faults_of_a_workbook_name_the_row(tmp_path: Path) -> None:
    sheet = tmp_path / "d.xlsx"
    write_xlsx(DIGCOMP, sheet)
    book = openpyxl.load_workbook(sheet)
    page = book["Descriptors"]
    page.insert_rows(5)
    page.cell(8, COLUMNS.index("can") + 1).value = "Understand all of it"
    book.save(sheet)
    with pytest.raises(BadContent) as caught:
        read_sheet(sheet, FOLDER)
    (problem,) = caught.value.problems
    assert problem.line == 8
    assert problem.field.endswith(".can")
    assert "begin with what a person does" in problem.reason


def test_rows_of_a_workbook_that_contradict_each_other_are_both_named(tmp_path: Path) -> None:
    sheet = tmp_path / "d.xlsx"
    write_xlsx(DIGCOMP, sheet)
    book = openpyxl.load_workbook(sheet)
    book["Descriptors"].cell(4, COLUMNS.index("area_short") + 1).value = "Finding"
    book.save(sheet)
    with pytest.raises(BadContent) as caught:
        read_sheet(sheet, FOLDER)
    (problem,) = caught.value.problems
    assert str(problem).startswith(
        'frameworks/digcomp3/descriptors.csv:4: area_short: says "Finding", and line 2 says '
    )


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    sheet = tmp_path / "d.xlsx"
    sheet.write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(ImportRefused):
        read_sheet(sheet, FOLDER)
