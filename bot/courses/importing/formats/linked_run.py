"""One course instance of linked data: when, where, how and for how much."""

from __future__ import annotations

from datetime import time

from bot.courses.importing.drafting import Run, finish_run, read_venue
from bot.courses.importing.fields.dates import read_clock, read_day, read_moment
from bot.courses.importing.fields.durations import Duration, read_duration
from bot.courses.importing.fields.links import read_link
from bot.courses.importing.fields.patterns import Attendance, read_attendance
from bot.courses.importing.fields.words import read_number, read_weekdays
from bot.courses.importing.formats.nodes import (
    Node,
    References,
    items,
    node_id,
    nodes,
    text,
    texts,
    types,
)
from bot.courses.importing.formats.offers import read_offers
from bot.courses.importing.records import Reading
from bot.courses.records import CourseInstance, Point, Session, Venue

_MODES = ("courseMode", "eventAttendanceMode", "attendanceMode", "mode")
MAX_SESSIONS = 400


def read_linked_run(
    reading: Reading, references: References, where: str, node: Node, course: Node
) -> CourseInstance | None:
    """Return the course instance; None for one that is cancelled."""
    if "cancelled" in text(node.get("eventStatus")).casefold():
        reading.warn(where, "eventStatus", "cancelled")
        return None
    zone = reading.origin.time_zone
    schedule = _schedule(node)
    sessions = _sessions(node, zone)
    start = read_day(text(node.get("startDate")) or text(schedule.get("startDate")))
    end = read_day(text(node.get("endDate")) or text(schedule.get("endDate")))
    weekdays, unknown = read_weekdays(texts(schedule.get("byDay")))
    if unknown:
        reading.warn(where, "byDay", "unknown_words", words=", ".join(unknown)[:100])
    offers = read_offers(node.get("offers") or course.get("offers"), _is_free(node, course))
    duration = _duration(node, course)
    places, venue = _places(reading, references, node)
    apply_links = (read_link(each, reading.source.address) for each in offers.links)
    return finish_run(
        reading,
        Run(
            where=where,
            reference=node_id(node),
            start_date=start.date or (sessions[0].start_at.date() if sessions else None),
            end_date=end.date,
            start_text=start.words,
            start_time=_clock(node, "startDate", zone)
            or read_clock(text(schedule.get("startTime"))),
            end_time=_clock(node, "endDate", zone) or read_clock(text(schedule.get("endTime"))),
            weekdays=weekdays,
            attendance=_attendance(node, places),
            cost=offers.cost,
            venue=venue,
            more={
                "sessions": sessions,
                "duration": duration.count,
                "duration_unit": duration.unit,
                "duration_text": duration.words,
                "concessions": offers.concessions,
                "places": read_number(text(node.get("maximumAttendeeCapacity"))),
                "places_left": read_number(text(node.get("remainingAttendeeCapacity"))),
                "is_full": offers.is_sold_out or text(node.get("remainingAttendeeCapacity")) == "0",
                "apply_by": read_day(text(node.get("applicationDeadline"))).date,
                "apply_url": next(filter(None, apply_links), ""),
            },
        ),
    )


def _schedule(node: Node) -> Node:
    for name in ("eventSchedule", "courseSchedule"):
        for each in nodes(node.get(name)):
            return each
    return {}


def _sessions(node: Node, zone: str) -> tuple[Session, ...]:
    found = []
    for each in nodes(node.get("subEvent"))[:MAX_SESSIONS]:
        start = read_moment(text(each.get("startDate")), zone)
        end = read_moment(text(each.get("endDate")), zone)
        if start and "cancelled" not in text(each.get("eventStatus")).casefold():
            found.append(Session(start, end if end and end > start else None))
    return tuple(sorted(found, key=lambda session: session.start_at))


def _clock(node: Node, name: str, zone: str) -> time | None:
    """Return the time of day, unless it is midnight, which systems write for "no time"."""
    moment = read_moment(text(node.get(name)), zone)
    return moment.time() if moment and (moment.hour or moment.minute) else None


def _is_free(node: Node, course: Node) -> bool:
    said = node.get("isAccessibleForFree", course.get("isAccessibleForFree"))
    return text(said).casefold() in {"yes", "true"}


def _duration(node: Node, course: Node) -> Duration:
    for value in (
        node.get("duration"),
        node.get("timeRequired"),
        course.get("timeRequired"),
        node.get("courseWorkload"),
    ):
        if text(value):
            return read_duration(text(value))
    return Duration()


def _attendance(node: Node, places: list[str]) -> Attendance:
    words = [_mode(word) for name in _MODES for word in texts(node.get(name))]
    return read_attendance([*words, *places])


def _mode(word: str) -> str:
    """Return "online" for https://schema.org/OnlineEventAttendanceMode."""
    name = word.rpartition("/")[2] if "://" in word else word
    if name.endswith("EventAttendanceMode"):
        name = name.removesuffix("EventAttendanceMode")
    return "on site" if name.casefold() == "offline" else name


def _places(reading: Reading, references: References, node: Node) -> tuple[list[str], Venue | None]:
    """Return words for how one attends, and the venue of the first real place."""
    words: list[str] = []
    found: Venue | None = None
    for value in items(node.get("location")):
        if isinstance(value, str):
            if value.strip().casefold() in {"online", "virtual"}:
                words.append("online")
            elif not read_link(value):
                found = found or read_venue(reading, name=value)
            continue
        for place in references.wholes(value):
            if "VirtualLocation" in types(place):
                words.append("online")
            else:
                found = found or _place(reading, place)
    return words, found


def _place(reading: Reading, place: Node) -> Venue | None:
    address = place.get("address")
    parts = address if isinstance(address, dict) else {}
    venue = read_venue(
        reading,
        name=text(place.get("name")),
        address=[text(parts.get("streetAddress")) if parts else text(address)],
        town=text(parts.get("addressLocality")),
        postcode=text(parts.get("postalCode")),
        reference=node_id(place),
    )
    point = _point(place)
    if venue is None or point is None:
        return venue
    return Venue(venue.name, venue.address, venue.town, venue.postcode, point, venue.reference)


def _point(place: Node) -> Point | None:
    for geo in nodes(place.get("geo")):
        try:
            lat, lon = float(text(geo.get("latitude"))), float(text(geo.get("longitude")))
        except ValueError:
            continue
        if 49 < lat < 61.5 and -9 < lon < 2.5:
            return Point(lat, lon)
    return None
