"""Questionnaires as spreadsheets: out and in again without a change, faults named by row."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bot.questionnaires.sheets import read_sheet, rows_of, write_csv, write_xlsx
from content.load import Content
from content.problems import BadContent
from content.questionnairefiles import lists_of
from content.questionnairerows import COLUMNS, HEAD
from tests.questionnaires.asked import LISTS, questionnaire


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_out_and_in_again(tmp_path: Path, ending: str) -> None:
    asked = questionnaire(tmp_path)
    sheet = tmp_path / f"sheet.{ending}"
    (write_csv(sheet, asked) if ending == "csv" else write_xlsx(sheet, asked))
    assert read_sheet(sheet, LISTS, "test", tmp_path) == asked


def test_all_that_is_shipped_goes_out_and_in_again(tmp_path: Path, shipped: Content) -> None:
    lists = lists_of(shipped.needs, shipped.frameworks)
    for key, asked in shipped.questionnaires.current.items():
        sheet = tmp_path / f"{key}.xlsx"
        write_xlsx(sheet, asked)
        assert read_sheet(sheet, lists, key, tmp_path) == asked


def test_the_template_names_what_is_to_be_filled_in(tmp_path: Path) -> None:
    path = tmp_path / "empty.xlsx"
    write_xlsx(path)
    sheet: Any = openpyxl.load_workbook(path).active
    rows = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == list(COLUMNS)
    assert [row[COLUMNS.index("question")] for row in rows[1:]] == list(HEAD)


def test_words_that_look_like_formulas_stay_words(tmp_path: Path) -> None:
    asked = questionnaire(tmp_path, {'"How big?"': '"=1+1"'})
    path = tmp_path / "sheet.xlsx"
    write_xlsx(path, asked)
    sheet: Any = openpyxl.load_workbook(path).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
    assert [cell.data_type for cell in cells] == ["s"]


@pytest.mark.parametrize(
    ("question", "column", "value", "field", "reason"),
    [
        ("size", "kind", "guess", "sections.first.questions.size.kind", "Input should be"),
        ("size", "options", "small", "options", "must be like"),
        ("floors", "when", "size is huge", "sections.first.questions.floors.when", "not an option"),
        ("floors", "when", "size ~ 3", "sections.first.questions.floors.when", "means nothing"),
        (
            "roles",
            "options",
            "from moons",
            "sections.first.questions.roles.options_from",
            "no list",
        ),
        ("all", "rows", "digcomp3: 9.9", "sections.last.questions.all.rows.digcomp3.0", "9.9"),
        ("all", "rows", "1.1", "rows", "must be like"),
        ("size", "question", "Size!", "question", "must match"),
        ("version", "ask", "two", "version", "integer"),
        ("floors", "least", "200", "sections.first.questions.floors", "more than most"),
    ],
)
def test_a_fault_names_its_row(
    tmp_path: Path, question: str, column: str, value: str, field: str, reason: str
) -> None:
    rows = [dict(row) for row in rows_of(questionnaire(tmp_path))]
    at = next(at for at, row in enumerate(rows) if row["question"] == question)
    rows[at][column] = value
    path = tmp_path / "sheet.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows)
    with pytest.raises(BadContent) as error:
        read_sheet(path, LISTS, "test", tmp_path)
    found = [one for one in error.value.problems if one.line == at + 2]
    assert any(one.field.startswith(field) and reason in one.reason for one in found), error.value


def test_a_question_that_comes_twice_is_told(tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    asked = questionnaire(tmp_path)
    write_csv(path, asked)
    lines = path.read_text("utf-8-sig").splitlines()
    path.write_text("\n".join([*lines, lines[-1]]), "utf-8")
    with pytest.raises(BadContent, match="given twice"):
        read_sheet(path, LISTS, "test", tmp_path)
