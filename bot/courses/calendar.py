"""Calendar files (.ics) of course instances: every session, in the right local time."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.courses.records import Course, CourseInstance, Venue

if TYPE_CHECKING:
    from icalendar import Event

MAX_SESSIONS = 400
LONGEST_NAME = 60
SHORT_SPAN = timedelta(days=7)
"""Without days of the week, a run this short is one block; a longer one only has a first day."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """One entry of a calendar: a whole day (dates) or a time (naive local datetimes).

    Attributes:
        end: None where not known, so that no length is made up; for whole days it is the day
            after the last one, as calendars count.
    """

    start: date | datetime
    end: date | datetime | None = None


def sittings(instance: CourseInstance) -> list[Sitting]:
    """Return every sitting of an instance as far as it is known, at most 400, by date."""
    if instance.sessions:
        ordered = sorted(instance.sessions, key=lambda each: each.start_at.replace(tzinfo=None))
        return [Sitting(each.start_at, each.end_at) for each in ordered[:MAX_SESSIONS]]
    if instance.start_date is None:
        return []
    if instance.weekdays and instance.end_date is not None:
        days = _days(instance.start_date, instance.end_date, instance.weekdays)
        return [_sitting(instance, day) for day in days]
    if instance.start_time is None and instance.end_date is not None:
        if instance.end_date - instance.start_date < SHORT_SPAN:
            return [Sitting(instance.start_date, instance.end_date + timedelta(days=1))]
    elif instance.end_date is not None and instance.end_date - instance.start_date < SHORT_SPAN:
        days = _days(instance.start_date, instance.end_date, tuple(range(7)))
        return [_sitting(instance, day) for day in days]
    first = _first_day(instance.start_date, instance.weekdays)
    return [_sitting(instance, first)]


def calendar_name(course: Course) -> str:
    """Return a file name in plain letters that says which course it is."""
    title = unicodedata.normalize("NFKD", course.title[:LONGEST_NAME]).casefold()
    plain = title.encode("ascii", "ignore").decode()
    return (
        "-".join("".join(c if c.isalnum() else " " for c in plain).split()) or "course"
    ) + ".ics"


def calendar_file(
    course: Course,
    instances: Iterable[CourseInstance],
    *,
    time_zone: str,
    made_at: datetime,
    description: str = "",
    address: str = "",
) -> bytes:
    """Return a calendar with every sitting of the instances.

    Times carry the time zone with its rules, so clock changes come out right. Identifiers are
    the same each time: opening a newer file again changes the entries instead of doubling them.

    Args:
        course: The course; instances need not be all of its own.
        instances: The runs to put in.
        time_zone: The city's, in which the instances' times are.
        made_at: When the file is made, aware.
        description: Text for each entry.
        address: The course's page, as a link.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Learning City Bot//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _line(course.title))
    for event in _events(course, instances, ZoneInfo(time_zone), made_at):
        if description:
            event.add("description", "\n".join(description.splitlines()))
        if address:
            event.add("url", _line(address))
        calendar.add_component(event)
    calendar.add_missing_timezones()
    made: bytes = calendar.to_ical()
    return made


def _events(
    course: Course, instances: Iterable[CourseInstance], zone: ZoneInfo, made_at: datetime
) -> Iterator[Event]:
    from icalendar import Event

    for instance in instances:
        for sitting in sittings(instance):
            event = Event()
            event.add("uid", _uid(course, instance, sitting))
            event.add("dtstamp", made_at)
            event.add("summary", _line(course.title))
            event.add("dtstart", _local(sitting.start, zone))
            if sitting.end is not None:
                event.add("dtend", _local(sitting.end, zone))
            if place := _place(instance.venue):
                event.add("location", place)
            if instance.venue and instance.venue.point:
                event.add("geo", (instance.venue.point.lat, instance.venue.point.lon))
            event.add("transp", "OPAQUE" if isinstance(sitting.start, datetime) else "TRANSPARENT")
            yield event


def _uid(course: Course, instance: CourseInstance, sitting: Sitting) -> str:
    """Name a sitting by its course, run and day, so a moved hour is the same sitting."""
    start = sitting.start
    moment = start.strftime("%Y%m%d") if not isinstance(start, datetime) else _minute(start)
    return f"{course.id}-{instance.id}-{moment}@learning-city-bot"


def _minute(start: datetime) -> str:
    return start.strftime("%Y%m%dT%H%M")


def _local(value: date | datetime, zone: ZoneInfo) -> date | datetime:
    if not isinstance(value, datetime):
        return value
    return value.replace(tzinfo=zone) if value.tzinfo is None else value.astimezone(zone)


def _place(venue: Venue | None) -> str:
    if venue is None:
        return ""
    return _line(", ".join(filter(None, (venue.name, venue.address, venue.town, venue.postcode))))


def _line(text: str) -> str:
    return " ".join(text.split())


def _days(first: date, last: date, weekdays: tuple[int, ...]) -> list[date]:
    span = min((last - first).days, 366 * 3)
    days = (first + timedelta(days=number) for number in range(span + 1))
    return [day for day in days if day.weekday() in weekdays][:MAX_SESSIONS]


def _first_day(start: date, weekdays: tuple[int, ...]) -> date:
    """Return the first day on or after the start that is one of the days of the week."""
    if not weekdays:
        return start
    return next(
        day
        for day in (start + timedelta(days=number) for number in range(7))
        if day.weekday() in weekdays
    )


def _sitting(instance: CourseInstance, day: date) -> Sitting:
    if instance.start_time is None:
        return Sitting(day, day + timedelta(days=1))
    start = datetime.combine(day, instance.start_time)
    if instance.end_time is None:
        return Sitting(start)
    end = datetime.combine(day, instance.end_time)
    return Sitting(start, end if end > start else end + timedelta(days=1))
