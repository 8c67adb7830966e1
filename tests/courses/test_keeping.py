"""Putting a listing right: what may be typed, what it becomes, and what people are told."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from bot.courses.bodies import dump_course, load_course
from bot.courses.keeping import fixed, read_fixes, told
from bot.courses.keeping.reporting import MOST_WORDS, without_contacts
from bot.courses.records import Course, CourseInstance, Point, Session, Venue
from bot.courses.wording import facts

RUN = CourseInstance(
    id="r1",
    start_date=date(2027, 1, 12),
    start_time=time(18, 30),
    cost=Decimal(45),
    venue=Venue("Hall", "1 High Street", "Manchester", "M15 5DD", Point(53.4, -2.2)),
    sessions=(Session(datetime(2027, 1, 12, 18, 30, tzinfo=UTC)),),
)
COURSE = Course("c", "College", "Exel", summary="Sums", url="https://c.uk/", instances=(RUN,))
HERE = Point(53.5, -2.3)


def read(**form: str) -> tuple[dict[str, str], dict[str, str]]:
    named = {name.replace("__", "."): typed for name, typed in form.items()}
    kept, faults = read_fixes(COURSE, named, lambda _: HERE)
    return kept, {one.field: one.why for one in faults}


def test_only_what_differs_is_kept() -> None:
    assert read() == ({}, {})
    same = told(COURSE)
    assert read_fixes(COURSE, same, lambda _: None) == ({}, ())
    assert read(title=" Exel ", summary="Sums and lists") == ({"summary": "Sums and lists"}, {})


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("title", " Excel  for work ", "Excel for work"),
        ("url", "college.example/excel", "https://college.example/excel"),
        ("url", "", ""),
        ("contact", "0161 496 0000", "0161 496 0000"),
        ("run.r1.start_date", "13/01/2027", "2027-01-13"),
        ("run.r1.start_time", "7pm", "19:00"),
        ("run.r1.cost", "0", "0"),
        ("run.r1.cost", "free", "0"),
        ("run.r1.cost", "£12.50", "12.50"),
        ("run.r1.cost", "", ""),
        ("run.r1.is_full", "yes", "yes"),
        ("run.r1.venue.town", " Salford ", "Salford"),
    ],
)
def test_what_is_typed_is_read_as_it_was_meant(field: str, typed: str, kept: str) -> None:
    assert read_fixes(COURSE, {field: typed}, lambda _: None)[0] == {field: kept}


@pytest.mark.parametrize(
    ("field", "typed", "why"),
    [
        ("title", "", "title"),
        ("title", "x" * 201, "long"),
        ("url", "javascript:alert(1)", "url"),
        ("contact", "ask Ann", "contact"),
        ("run.r1.start_date", "soon", "start_date"),
        ("run.r1.end_time", "25:00", "end_time"),
        ("run.r1.cost", "-5", "cost"),
        ("run.r1.cost", "NaN", "cost"),
        ("run.r1.venue.postcode", "P00 5ST", "postcode"),
        ("run.r1.is_full", "hm", "is_full"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_field(field: str, typed: str, why: str) -> None:
    kept, faults = read_fixes(COURSE, {field: typed}, lambda _: None)
    assert kept == {}
    assert [(one.field, one.why) for one in faults] == [(field, why)]


def test_fields_that_nobody_may_fix_are_not_there() -> None:
    form = {"provider": "Mine", "id": "x", "corrected": "price", "run.r9.cost": "0", "hidden": "no"}
    assert read_fixes(COURSE, form, lambda _: None) == ({}, ())


def test_a_fix_is_laid_over_and_said() -> None:
    now = fixed(COURSE, {"title": "Excel", "run.r1.cost": "0", "url": "", "run.r1.is_full": "yes"})
    [run] = now.instances
    assert (now.title, now.url, run.cost, run.is_full) == ("Excel", "", Decimal(0), True)
    assert now.corrected == ("name", "price", "link", "places")
    assert facts(now, run, date(2026, 12, 1))[-1].id == "course.fact.corrected"
    assert load_course(dump_course(now)) == now


def test_what_the_source_says_meanwhile_itself_is_no_correction() -> None:
    assert fixed(COURSE, {"title": "Exel", "run.r1.cost": "45"}) == COURSE
    assert fixed(COURSE, {"run.gone.cost": "0"}) == COURSE


def test_a_moved_postcode_moves_the_point_and_a_moved_date_ends_its_sittings() -> None:
    kept, _ = read(run__r1__venue__postcode="m1 1ae", run__r1__start_date="2027-01-13")
    assert kept["run.r1.venue.point"] == "53.5,-2.3"
    [run] = fixed(COURSE, kept).instances
    assert run.venue is not None
    assert (run.venue.postcode, run.venue.point, run.venue.name) == ("M1 1AE", HERE, "Hall")
    assert (run.start_date, run.sessions) == (date(2027, 1, 13), ())
    unknown, _ = read_fixes(COURSE, {"run.r1.venue.postcode": "M1 1AE"}, lambda _: None)
    [run] = fixed(COURSE, unknown).instances
    assert run.venue is not None
    assert run.venue.point is None


def test_a_course_without_corrections_is_stored_as_it_always_was() -> None:
    assert b"corrected" not in dump_course(COURSE)


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("Ring Ann on 0161 496 0000 please", "Ring Ann on \u2026 please"),
        ("write to ann@example.org", "write to \u2026"),
        ("+44 (0)7700 900123", "\u2026"),
        ("It began on 2027-01-12 at 18:30", "It began on 2027-01-12 at 18:30"),
        ("It costs 45.00 not 35.00", "It costs 45.00 not 35.00"),
        ("x" * 400, "x" * MOST_WORDS),
    ],
)
def test_contacts_are_taken_out_of_a_report(words: str, kept: str) -> None:
    assert without_contacts(words) == kept
