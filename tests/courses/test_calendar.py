"""Calendar files: every sitting, at the right local time, and nothing made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event

from bot.courses.calendar import MAX_SESSIONS, Sitting, calendar_file, calendar_name, sittings
from bot.courses.records import Course, CourseInstance, Point, Session, Venue

LONDON = ZoneInfo("Europe/London")
MADE = datetime(2026, 11, 21, 12, tzinfo=UTC)
COURSE = Course(id="abc", provider="Hulme Hub", title="Excel; for, beginners")
WEEKLY = CourseInstance(
    id="r1",
    start_date=date(2027, 3, 16),
    end_date=date(2027, 4, 6),
    weekdays=(1,),
    start_time=time(18, 30),
    end_time=time(20, 30),
    venue=Venue("Hulme Library", "Stretford Road", "Manchester", "M15 5FQ", Point(53.4, -2.2)),
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def made(*instances: CourseInstance, **options: str) -> Calendar:
    file = calendar_file(COURSE, instances, time_zone="Europe/London", made_at=MADE, **options)
    parsed = Calendar.from_ical(file)
    assert isinstance(parsed, Calendar)
    return parsed


def events(*instances: CourseInstance) -> list[Event]:
    return [each for each in made(*instances).walk("VEVENT") if isinstance(each, Event)]


def test_a_weekly_pattern_is_every_date_across_the_clock_change() -> None:
    found = events(WEEKLY)
    starts = [each.decoded("dtstart") for each in found]
    assert [str(start.astimezone(LONDON))[:16] for start in starts] == [
        "2027-03-16 18:30", "2027-03-23 18:30", "2027-03-30 18:30", "2027-04-06 18:30"]  # fmt: skip
    assert [start.astimezone(UTC).hour for start in starts] == [18, 18, 17, 17]
    assert all(
        each.decoded("dtend") - each.decoded("dtstart") == timedelta(hours=2) for each in found
    )


def test_the_time_zone_comes_with_its_rules() -> None:
    zones = made(WEEKLY).walk("VTIMEZONE")
    assert [str(zone["tzid"]) for zone in zones] == ["Europe/London"]
    assert {part.name for part in zones[0].subcomponents} == {"STANDARD", "DAYLIGHT"}
    text = calendar_file(COURSE, [WEEKLY], time_zone="Europe/London", made_at=MADE).decode()
    assert "DTSTART;TZID=Europe/London:20270316T183000" in text


def test_names_are_stable_and_differ() -> None:
    names = [str(each["uid"]) for each in events(WEEKLY)]
    assert names == [str(each["uid"]) for each in events(WEEKLY)]
    assert len(set(names)) == 4
    assert names[0].startswith("abc-r1-20270316T1830@")


def test_listed_sittings_come_first() -> None:
    listed = CourseInstance(
        id="r2",
        start_date=date(2027, 1, 1),
        weekdays=(0,),
        sessions=(
            Session(at("2027-07-02T10:00")),
            Session(at("2027-01-12T18:30"), at("2027-01-12T20:30")),
            Session(at("2027-07-09T09:00+00:00"), at("2027-07-09T10:00+00:00")),
        ),
    )
    starts = [each.decoded("dtstart").astimezone(UTC) for each in events(listed)]
    assert [str(start)[:16] for start in starts] == [
        "2027-01-12 18:30", "2027-07-02 09:00", "2027-07-09 09:00"]  # fmt: skip


def test_an_unknown_end_is_not_made_up() -> None:
    for each in events(replace(WEEKLY, end_time=None)):
        assert "dtend" not in each
        assert "duration" not in each


def test_without_a_time_it_is_the_whole_day() -> None:
    (only,) = events(CourseInstance(id="r3", start_date=date(2027, 1, 12)))
    assert (only.decoded("dtstart"), only.decoded("dtend")) == (
        date(2027, 1, 12), date(2027, 1, 13))  # fmt: skip
    assert str(only["transp"]) == "TRANSPARENT"


@pytest.mark.parametrize(
    ("instance", "expected"),
    [
        # a camp of four days is one block; with times it is four days
        (CourseInstance(start_date=date(2027, 8, 2), end_date=date(2027, 8, 5)),
         [Sitting(date(2027, 8, 2), date(2027, 8, 6))]),
        (CourseInstance(start_date=date(2027, 8, 2), end_date=date(2027, 8, 3), start_time=time(9)),
         [Sitting(at("2027-08-02T09:00")), Sitting(at("2027-08-03T09:00"))]),
        # of a long run without a pattern only the first day is known
        (CourseInstance(start_date=date(2027, 1, 4), end_date=date(2027, 6, 4), start_time=time(9)),
         [Sitting(at("2027-01-04T09:00"))]),
        (CourseInstance(start_date=date(2027, 1, 4), end_date=date(2027, 6, 4)),
         [Sitting(date(2027, 1, 4), date(2027, 1, 5))]),
        # no end: the first day of the pattern, not years of Tuesdays
        (CourseInstance(start_date=date(2027, 1, 4), weekdays=(1,), start_time=time(9)),
         [Sitting(at("2027-01-05T09:00"))]),
        # it ends after midnight
        (CourseInstance(start_date=date(2027, 1, 5), start_time=time(22), end_time=time(1)),
         [Sitting(at("2027-01-05T22:00"), at("2027-01-06T01:00"))]),
        (CourseInstance(start_text="Any Monday"), []),
    ],
)  # fmt: skip
def test_what_is_known_and_no_more(instance: CourseInstance, expected: list[Sitting]) -> None:
    assert sittings(instance) == expected


def test_a_hostile_span_stays_small() -> None:
    endless = CourseInstance(
        start_date=date(2000, 1, 1), end_date=date(2200, 1, 1), weekdays=tuple(range(7))
    )
    assert len(sittings(endless)) == MAX_SESSIONS


def test_text_place_and_link() -> None:
    calendar = made(WEEKLY, description="Bring a pen.", address="https://example.org/courses/abc")
    event = calendar.walk("VEVENT")[0]
    assert str(event["summary"]) == "Excel; for, beginners"
    assert str(event["location"]) == "Hulme Library, Stretford Road, Manchester, M15 5FQ"
    assert str(event["description"]) == "Bring a pen."
    assert str(event["url"]) == "https://example.org/courses/abc"
    assert event.decoded("dtstamp") == MADE


def test_text_cannot_break_out_of_its_line() -> None:
    hostile = Course(id="x", provider="p", title="A\r\nATTACH:http://evil.example/")
    file = calendar_file(hostile, [WEEKLY], time_zone="Europe/London", made_at=MADE)
    assert b"\r\nATTACH" not in file
    assert max(len(line) for line in file.split(b"\r\n")) <= 75


def test_no_instance_is_an_empty_calendar() -> None:
    assert made().walk("VEVENT") == []


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Excel: first steps", "excel-first-steps.ics"),
        ('Café skills / "Level 2"\r\nX: y', "cafe-skills-level-2-x-y.ics"),
        ("اردو", "course.ics"),
    ],
)
def test_a_file_is_named_after_its_course(title: str, name: str) -> None:
    assert calendar_name(Course("c", "p", title)) == name
