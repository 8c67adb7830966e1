"""Our own template, as CSV and as a workbook; and hostile workbooks."""

from __future__ import annotations

import csv
import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from bot.courses.importing import Origin, template_csv, template_xlsx
from bot.courses.importing.formats.columns import COLUMNS
from bot.courses.phrases import Phrase
from bot.courses.records import Delivery, Kind, Level, Pattern, Point, Session, StudyMode, Support
from bot.errors import ImportRefused
from tests.courses.importing.support import ORIGIN, locate, read, read_text

HEADER = "reference,title,summary,start_date,start_time,cost,venue_postcode,url\n"


def say(phrase: Phrase) -> str:
    return phrase.id


def test_the_template_itself_is_one_good_course(tmp_path: Path) -> None:
    template_csv(tmp_path / "t.csv")
    template_xlsx(tmp_path / "t.xlsx", say)
    origin = Origin("manchester", "Test College", locate)
    from_csv, from_xlsx = read(tmp_path / "t.csv", origin), read(tmp_path / "t.xlsx", origin)
    assert (from_csv.format, from_xlsx.format) == ("template-csv", "template-xlsx")
    assert from_csv.courses == from_xlsx.courses
    assert from_csv.warnings == from_csv.rejected == []
    (course,) = from_csv.courses
    assert (course.title, course.reference, course.kind) == (
        "Excel for beginners", "EXC-101", Kind.COURSE)  # fmt: skip
    assert (course.level, course.min_age, course.entry_requirements) == (Level.LEVEL_1, 19, "None")
    assert course.support == frozenset({Support.BEGINNERS, Support.STEP_FREE})
    assert course.subjects == ("Computing", "Office skills")
    assert course.contact == "0161 496 0000, learn@example.org"
    (run,) = course.instances
    assert (run.start_date, run.end_date) == (date(2027, 1, 12), date(2027, 2, 16))
    assert (run.weekdays, run.start_time, run.end_time) == ((1,), time(18, 30), time(20, 30))
    assert (run.duration, run.duration_unit, run.study_mode) == (6, "weeks", StudyMode.PART_TIME)
    assert (run.patterns, run.delivery) == (frozenset({Pattern.EVENING}), Delivery.IN_PERSON)
    assert (run.cost, run.concessions) == (Decimal("45.00"), "Free with Universal Credit")
    assert run.venue
    assert (run.venue.postcode, run.venue.point) == ("M15 5FQ", Point(53.465, -2.247))
    assert (run.places, run.apply_by) == (12, date(2027, 1, 8))


def test_the_workbook_explains_every_column(tmp_path: Path) -> None:
    import openpyxl

    template_xlsx(tmp_path / "t.xlsx", say)
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    explained = {str(row[1]) for row in book["Help"].iter_rows(values_only=True)}
    assert {f"imports.column.{column.name}" for column in COLUMNS} <= explained
    book.close()


def test_rows_with_one_reference_are_one_course(tmp_path: Path) -> None:
    found = read_text(tmp_path, HEADER + (
        "A,Excel,Learn it,12/01/2027,18:30,45,M14 5RX,\n"
        "B,Word,Learn it too,,,,,\n"
        "a ,,,19/04/2027,18:30,0,M14 5RX,\n"
    ))  # fmt: skip
    word, excel = found.courses
    assert (word.title, word.instances) == ("Word", ())
    assert [run.start_date for run in excel.instances] == [date(2027, 1, 12), date(2027, 4, 19)]
    assert [run.cost for run in excel.instances] == [Decimal("45.00"), Decimal(0)]
    assert len({run.id for run in excel.instances}) == 2


def test_errors_name_row_and_column(tmp_path: Path) -> None:
    found = read_text(tmp_path, HEADER + (
        "A,,Learn it,12/01/2027,18:30,45,M14 5RX,\n"
        "B,Word,,,,,,\n"
        "C,Maths,Learn it,31/02/2027,tea time,45,M14 5RX,example\n"
        "C,Sums,,,,,,\n"
    ))  # fmt: skip
    assert found.reasons() == [
        ("row 2", "title", "no_title"),
        ("row 3", "description", "no_text"),
    ]
    assert found.warned() == [
        ("row 5", "title", "differs_from_first_row"),
        ("row 4", "url", "no_link"),
        ("row 4", "start_date", "no_date"),
        ("row 4", "start_time", "no_time"),
    ]
    assert found.courses[0].instances[0].start_text == "31/02/2027"


def test_every_session_can_be_listed(tmp_path: Path) -> None:
    header = "reference,title,summary,sessions,start_date,cost,url\n"
    found = read_text(
        tmp_path,
        header + "A,Walk,Old mills,12/01/2027 18:30-20:30; 19/01/2027 18:30; soon,,free,\n",
    )
    (run,) = found.courses[0].instances
    assert run.sessions == (
        Session(
            datetime.fromisoformat("2027-01-12T18:30"), datetime.fromisoformat("2027-01-12T20:30")
        ),
        Session(datetime.fromisoformat("2027-01-19T18:30")),
    )
    assert ("row 2", "sessions", "no_session") in found.warned()
    assert run.cost == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encodings_and_separators(tmp_path: Path, encoding: str, separator: str) -> None:
    text = (HEADER + "A,Café “menus”,Write them,,,£45,,\n").replace(",", separator)
    course = read_text(tmp_path, text.encode(encoding)).courses[0]
    assert (course.title, course.instances[0].cost) == ("Café “menus”", Decimal("45.00"))


def test_names_of_other_systems_are_recognised(tmp_path: Path) -> None:
    found = read_text(
        tmp_path,
        "Course Code,Course Title *,Course Description,Price,Postcode\n7,Excel,Learn,0,m145rx\n",
    )
    assert found.format == "named-columns-csv"
    (course,) = found.courses
    assert (course.reference, course.instances[0].cost) == ("7", None)
    assert found.warned() == [("row 2", "cost", "zero_cost")]


def test_several_providers_in_one_file_do_not_share_references(tmp_path: Path) -> None:
    found = read_text(tmp_path, "id,title,description,provider\n1,A,Text,North\n1,B,Text,South\n")
    assert {course.provider for course in found.courses} == {"North", "South"}
    assert len({course.id for course in found.courses}) == 2


def test_values_of_cells_arrive_as_typed(tmp_path: Path) -> None:
    path = tmp_path / "without-extension"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("Notes").write(0, 0, "not this one")
    sheet = book.add_worksheet("Courses")
    sheet.write_row(
        0, 0, ["reference", "title", "summary", "start_date", "start_time", "cost", "full"]
    )
    sheet.write_row(1, 0, [101, "Excel", "=1+1"])
    sheet.write_datetime(
        1,
        3,
        datetime.fromisoformat("2027-01-12T00:00"),
        book.add_format({"num_format": "dd/mm/yyyy"}),
    )
    sheet.write_datetime(1, 4, time(18, 30), book.add_format({"num_format": "hh:mm"}))
    sheet.write_number(1, 5, 45.5)
    sheet.write_boolean(1, 6, True)
    sheet.write_string(1_000, 0, "102")
    sheet.write_string(1_000, 1, "Word")
    sheet.write_string(1_000, 2, "Letters")
    book.close()
    excel, word = read(path).courses
    (run,) = excel.instances
    assert (excel.reference, run.start_date) == ("101", date(2027, 1, 12))
    assert (run.start_time, run.cost, run.is_full) == (time(18, 30), Decimal("45.50"), True)
    assert word.reference == "102"


def refused(path: Path) -> str:
    with pytest.raises(ImportRefused) as caught:
        read(path)
    return caught.value.text_id.removeprefix("imports.refused.")


def workbook(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def test_bombs_are_not_opened(tmp_path: Path) -> None:
    bomb = {"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": b" " * 5_000_000}
    assert refused(workbook(tmp_path / "a.xlsx", bomb)) == "bomb"


def test_macros_other_zips_and_damage_are_refused(tmp_path: Path) -> None:
    macros = {"xl/workbook.xml": b"<workbook/>", "xl/vbaProject.bin": b"x"}
    assert refused(workbook(tmp_path / "a.xlsx", macros)) == "macros"
    assert refused(workbook(tmp_path / "b.xlsx", {"word/document.xml": b"<d/>"})) == "other_zip"
    assert refused(workbook(tmp_path / "c.xlsx", {"xl/workbook.xml": b"<nope"})) == "bad_workbook"
    (tmp_path / "d.xlsx").write_bytes(b"PK\x03\x04 and then nothing")
    assert refused(tmp_path / "d.xlsx") == "bad_workbook"


def test_entities_in_a_workbook_are_refused(tmp_path: Path) -> None:
    template_xlsx(tmp_path / "t.xlsx", say)
    with zipfile.ZipFile(tmp_path / "t.xlsx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    hostile = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    sheet = parts["xl/worksheets/sheet1.xml"].split(b"?>", 1)[1]
    parts["xl/worksheets/sheet1.xml"] = hostile + sheet.replace(b"<v>0</v>", b"<v>&x;</v>", 1)
    assert refused(workbook(tmp_path / "h.xlsx", parts)) == "bad_workbook"


def test_too_many_columns_are_refused(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "w.xlsx"))
    book.add_worksheet().write_row(0, 0, ["title"] * 500)
    book.close()
    assert refused(tmp_path / "w.xlsx") == "too_many_columns"
    (tmp_path / "w.csv").write_text(",".join(["title"] * 500), "utf-8")
    assert refused(tmp_path / "w.csv") == "too_many_columns"


def test_a_table_without_titles_says_which_columns_it_has(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("colour,size\nred,4\n", "utf-8")
    with pytest.raises(ImportRefused) as caught:
        read(tmp_path / "t.csv")
    assert caught.value.values == {"columns": "colour, size"}


def test_an_open_quote_does_not_swallow_the_file(tmp_path: Path) -> None:
    rows = "\n".join(f"{n},Excel,Learn it,,,,," for n in range(5_000))
    assert refused_text(tmp_path, HEADER + 'A,"Excel,Learn it,,,,,\n' + rows) == "bad_csv"


def refused_text(folder: Path, text: str) -> str:
    (folder / "f.csv").write_text(text, "utf-8")
    return refused(folder / "f.csv")


def test_the_example_file_survives_a_round_trip_through_csv(tmp_path: Path) -> None:
    template_csv(tmp_path / "t.csv")
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert [len(row) for row in rows] == [len(COLUMNS)] * 2
    assert ORIGIN.provider == read(tmp_path / "t.csv").courses[0].provider
