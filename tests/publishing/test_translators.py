"""Texts out to a translator and back, as PO and as a sheet."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from bot.publishing.bringing import bring_in
from bot.publishing.sheets import COLUMNS, as_po, as_workbook, left
from bot.skills.sheets import as_table
from content.catalogues import DRAFT_MARK, categories_of
from content.load import Content, load
from content.problems import BadContent

MENU = "text/menu.yaml"


@pytest.fixture(scope="module")
def content(base: Path) -> Content:
    return load(base)


def _rows(body: bytes, folder: Path) -> list[dict[str, str]]:
    sheet = folder / "sheet.xlsx"
    sheet.write_bytes(body)
    return list(csv.DictReader(io.StringIO(as_table(sheet).decode(), newline="")))


def _sheet(folder: Path, *rows: tuple[str, ...], head: tuple[str, ...] = COLUMNS) -> Path:
    path = folder / "back.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for line, row in enumerate((head, *rows)):
        for at, cell in enumerate(row):
            sheet.write_string(line, at, cell)
    book.close()
    return path


def test_what_is_left_is_counted_by_file(content: Content) -> None:
    found = {one.file: one for one in left(content, "ur")}

    assert found[MENU].stale == 1
    assert found[MENU].missing == found[MENU].texts - 2
    assert sum(one.texts for one in found.values()) == len(content.texts)


@pytest.mark.parametrize("form", ["po", "xlsx"])
def test_a_translation_goes_out_and_comes_back_unchanged(
    content: Content, tmp_path: Path, form: str
) -> None:
    write = as_po if form == "po" else as_workbook
    source = tmp_path / f"all.{form}"
    source.write_bytes(write(content, "ur", "all"))
    brought = bring_in(content, "ur", source)

    assert (brought.taken, brought.problems) == (0, [])
    assert "آپ کیا کرنا چاہیں گے؟" in brought.body.decode()


def test_only_what_is_missing_goes_out(content: Content, tmp_path: Path) -> None:
    rows = _rows(as_workbook(content, "ur", "missing", MENU), tmp_path)
    ids = {row["id"] for row in rows}

    assert "menu.ask" not in ids
    stale = next(row for row in rows if row["id"] == "menu.find.button")
    assert stale["translation"] == "", "or it would come back as if somebody had read it"
    assert "please read it again. It was: کچھ سیکھیں" in stale["note"]
    assert {content.texts[one].file for one in ids} == {MENU}
    plural = next(text for text in content.texts.values() if isinstance(text.entry, dict))
    rows = _rows(as_workbook(content, "ur", "missing", plural.file), tmp_path)
    forms = [row["form"] for row in rows if row["id"] == plural.id]
    assert forms == list(categories_of("ur"))


def test_a_sheet_is_laid_over_what_is_there(content: Content, tmp_path: Path) -> None:
    english = content.words.short("menu.find.button")
    plural = next(text for text in content.texts.values() if isinstance(text.entry, dict))
    forms = plural.entry
    assert isinstance(forms, dict)
    sheet = _sheet(
        tmp_path,
        ("menu.find.button", "", english, " کچھ سیکھنے کو ", ""),
        (plural.id, "one", forms["one"].source, forms["one"].source, ""),
        (plural.id, "other", forms["other"].source, forms["other"].source, ""),
    )
    brought = bring_in(content, "ur", sheet)
    catalogue = tmp_path / "new.po"
    catalogue.write_bytes(brought.body)

    assert (brought.taken, brought.problems) == (2, [])
    assert bring_in(content, "ur", catalogue).taken == 2, "it is all in the file"
    assert "آپ کیا کرنا چاہیں گے؟" in brought.body.decode()


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("nobody.says", "", "Hello", "سلام", ""), "no such text"),
        (("menu.ask", "", "What else?", "اور؟", ""), "not what the bot says today"),
        (("menu.ask", "one", "What would you like to do?", "اور؟", ""), "every form"),
    ],
)
def test_rows_that_do_not_fit_are_left_out_and_told(
    content: Content, tmp_path: Path, row: tuple[str, ...], reason: str
) -> None:
    brought = bring_in(content, "ur", _sheet(tmp_path, row))

    assert brought.taken == 0
    assert [one.line for one in brought.problems] == [2]
    assert reason in brought.problems[0].reason


def test_a_sheet_of_something_else_is_told_by_its_first_row(
    content: Content, tmp_path: Path
) -> None:
    with pytest.raises(BadContent, match="name the columns"):
        bring_in(content, "ur", _sheet(tmp_path, ("a", "b"), head=("name", "address")))


def test_a_native_speaker_makes_it_a_draft_no_longer(content: Content, tmp_path: Path) -> None:
    source = tmp_path / "all.po"
    source.write_bytes(as_po(content, "ur", "all"))

    assert DRAFT_MARK in bring_in(content, "ur", source).body.decode()
    assert DRAFT_MARK not in bring_in(content, "ur", source, is_read=True).body.decode()
