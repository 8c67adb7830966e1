"""The national course directory's files: 24 and 27 columns, and the venues beside them."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bot.courses.importing import Origin
from bot.courses.importing.formats.directory import OTHER_COLUMNS, QUALIFICATION_COLUMNS
from bot.courses.importing.formats.venues import COLUMNS as VENUE_COLUMNS
from bot.courses.records import Delivery, Kind, Level, Pattern, Point, StudyMode
from bot.errors import ImportRefused
from tests.courses.importing.support import Found, locate, read

COURSE = {
    "lars_qan": "60163751",
    "who_this_course_is_for": "Adults who are new to spreadsheets",
    "entry_requirements": "None",
    "what_you_will_learn": "Tables, sums and charts. At your own speed.",
    "where_next": "Level 2",
    "course_name": "Excel for work",
    "your_reference": "EX-1",
    "delivery_mode": "Classroom based",
    "start_date": "12/01/2027",
    "flexible_start_date": "No",
    "venue_name": "Hulme Library",
    "national_delivery": "",
    "course_webpage": "www.example.org/excel",
    "cost": "45",
    "cost_description": "",
    "duration": "6",
    "duration_unit": "Weeks",
    "study_mode": "Part-time",
    "attendance_pattern": "Evening",
}
VENUE = {
    "your_venue_reference": "V1",
    "venue_name": "Hulme Library",
    "address_line_1": "Stretford Road",
    "town_or_city": "Manchester",
    "postcode": "m155fq",
    "email": "hulme@example.org",
    "phone": "0161 496 0000",
}


def table(
    columns: tuple[str, ...], *rows: dict[str, str], renamed: dict[str, str] | None = None
) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow((renamed or {}).get(name, name).upper() for name in columns)
    for row in rows:
        writer.writerow(row.get(name, "") for name in columns)
    return out.getvalue()


def found(
    folder: Path,
    *rows: dict[str, str],
    columns: tuple[str, ...] = QUALIFICATION_COLUMNS,
    venues: tuple[dict[str, str], ...] = (),
    renamed: dict[str, str] | None = None,
) -> Found:
    (folder / "courses.csv").write_text(table(columns, *rows, renamed=renamed), "utf-8")
    beside = None
    if venues:
        beside = folder / "venues.csv"
        beside.write_text(table(VENUE_COLUMNS, *venues), "utf-8")
    return read(folder / "courses.csv", Origin("manchester", "Test College", locate), beside)


def test_the_forms_have_as_many_columns_as_the_directory_says() -> None:
    assert (len(QUALIFICATION_COLUMNS), len(OTHER_COLUMNS), len(VENUE_COLUMNS)) == (24, 27, 10)


def test_a_course_in_every_field(tmp_path: Path) -> None:
    file = found(tmp_path, COURSE, venues=(VENUE,))
    assert (file.format, file.warnings) == ("directory-csv", [])
    (course,) = file.courses
    assert (course.title, course.reference) == ("Excel for work", "EX-1")
    assert course.summary == "Tables, sums and charts. At your own speed."
    assert (course.who_for, course.leads_to, course.entry_requirements) == (
        "Adults who are new to spreadsheets",
        "Level 2",
        "None",
    )
    assert (course.url, course.contact) == (
        "https://www.example.org/excel",
        "0161 496 0000, hulme@example.org",
    )
    assert course.keywords == ("60163751",)
    (run,) = course.instances
    assert (run.start_date, run.cost, run.duration, run.duration_unit) == (
        date(2027, 1, 12),
        Decimal("45.00"),
        6,
        "weeks",
    )
    assert (run.delivery, run.study_mode, run.patterns) == (
        Delivery.IN_PERSON,
        StudyMode.PART_TIME,
        frozenset({Pattern.EVENING}),
    )
    assert run.venue
    assert (run.venue.address, run.venue.postcode) == ("Stretford Road", "M15 5FQ")
    assert run.venue.point == Point(53.465, -2.247)


def test_codes_mean_what_their_words_mean(tmp_path: Path) -> None:
    coded = COURSE | {
        "delivery_mode": "4",
        "study_mode": "3",
        "attendance_pattern": "4",
        "duration_unit": "5",
    }
    (run,) = found(tmp_path, coded).courses[0].instances
    assert (run.delivery, run.study_mode, run.patterns, run.duration_unit) == (
        Delivery.BLENDED,
        StudyMode.FLEXIBLE,
        frozenset({Pattern.DAY_RELEASE}),
        "hours",
    )


def test_rows_are_grouped_back_into_a_course(tmp_path: Path) -> None:
    other = COURSE | {"lars_qan": "5", "course_name": "Word", "your_reference": "W"}
    rows = (COURSE, other, COURSE | {"start_date": "20/04/2027", "attendance_pattern": "Daytime"})
    word, excel = found(tmp_path, *rows).courses
    assert (word.title, len(word.instances)) == ("Word", 1)
    assert [run.start_date for run in excel.instances] == [date(2027, 1, 12), date(2027, 4, 20)]


def test_references_of_runs_do_not_split_a_course(tmp_path: Path) -> None:
    rows = [COURSE | {"your_reference": f"EX-{n}", "start_date": f"1{n}/01/2027"} for n in range(3)]
    (course,) = found(tmp_path, *rows).courses
    assert len(course.instances) == 3
    (fewer,) = found(tmp_path, *rows[:2]).courses
    assert fewer.id == course.id  # a run that ended does not make it another course


def test_a_reference_keeps_the_course_when_its_name_changes(tmp_path: Path) -> None:
    (before,) = found(tmp_path, COURSE).courses
    (after,) = found(tmp_path, COURSE | {"course_name": "Excel at work"}).courses
    assert (after.id, after.title) == (before.id, "Excel at work")


def test_one_name_for_two_courses(tmp_path: Path) -> None:
    advanced = COURSE | {"your_reference": "EX-2", "what_you_will_learn": "Macros"}
    first, second = found(tmp_path, COURSE, advanced).courses
    assert (first.title, first.reference, second.reference) == ("Excel for work", "EX-1", "EX-2")
    assert first.id != second.id


def test_one_reference_for_two_courses(tmp_path: Path) -> None:
    other = COURSE | {"lars_qan": "7", "course_name": "Cooking", "what_you_will_learn": "Soup"}
    first, second = found(tmp_path, COURSE, other).courses
    assert first.id != second.id


def test_the_older_name_of_a_column(tmp_path: Path) -> None:
    older = {"who_this_course_is_for": "who_is_this_course_for"}
    file = found(tmp_path, COURSE, renamed=older)
    assert (file.courses[0].who_for, file.warnings) == ("Adults who are new to spreadsheets", [])


def test_courses_without_a_qualification(tmp_path: Path) -> None:
    other = COURSE | {
        "course_type": "Multiply",
        "sector": "DIGITAL",
        "education_level": "Two",
        "awarding_body": "NCFE",
    }
    file = found(tmp_path, other, columns=OTHER_COLUMNS)
    assert file.format == "directory-non-qualification-csv"
    (course,) = file.courses
    assert (course.subjects, course.level, course.awarded_by) == (
        ("Digital",),
        Level.LEVEL_2,
        "NCFE",
    )
    assert "Multiply" in course.keywords


def test_work_based_courses(tmp_path: Path) -> None:
    at_work = COURSE | {
        "delivery_mode": "Work based",
        "venue_name": "",
        "national_delivery": "No",
        "sub_region": "Greater Manchester; Cheshire East",
    }
    (course,) = found(tmp_path, at_work).courses
    assert (course.kind, course.national, course.instances[0].venue) == (Kind.IN_WORK, False, None)
    assert "Greater Manchester" in course.keywords
    (course,) = found(tmp_path, at_work | {"national_delivery": "Yes"}).courses
    assert course.national


def test_free_and_flexible(tmp_path: Path) -> None:
    row = COURSE | {
        "cost": "",
        "cost_description": "Free for residents",
        "start_date": "",
        "flexible_start_date": "Yes",
        "venue_name": "Nowhere",
    }
    file = found(tmp_path, row, venues=(VENUE,))
    (run,) = file.courses[0].instances
    assert (run.cost, run.cost_text, run.is_flexible_start) == (None, "Free for residents", True)
    assert run.venue
    assert run.venue.name == "Nowhere"
    assert file.warned() == [("row 2", "VENUE_NAME", "unknown_venue")]


def test_a_venues_file_alone_or_no_venues_file(tmp_path: Path) -> None:
    (tmp_path / "v.csv").write_text(table(VENUE_COLUMNS, VENUE), "utf-8")
    with pytest.raises(ImportRefused, match="venues_alone"):
        read(tmp_path / "v.csv")
    (tmp_path / "c.csv").write_text(table(QUALIFICATION_COLUMNS, COURSE), "utf-8")
    with pytest.raises(ImportRefused, match="no_venues"):
        read(tmp_path / "c.csv", venues=tmp_path / "c.csv")
