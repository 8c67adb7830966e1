"""A course as bytes and back: what storage keeps and what a change is told by."""

from __future__ import annotations

import sys
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import orjson

from bot.courses.records import (
    Course,
    CourseInstance,
    Delivery,
    Kind,
    Level,
    Pattern,
    Point,
    Session,
    StudyMode,
    Support,
    Taught,
    Venue,
)

_CAME_LATER = (b',"corrected":[]}', b',"is_walk_in":false}', b',"teaches":[]}')
"""Fields that came later, as they end a body while they are empty, the newest first."""


def dump_course(course: Course) -> bytes:
    """Return the course as JSON; equal courses give equal bytes."""
    body = orjson.dumps(course, default=_plain)
    # A field that came later is left out while it is empty: else every course stored before it
    # would count as changed, and be told as changed to those who saved it.
    for empty in _CAME_LATER:
        if body.endswith(empty):
            body = body.removesuffix(empty) + b"}"
    return body


def load_course(body: bytes | str) -> Course:
    """Return the course that `dump_course` wrote; fields missing from it take their defaults."""
    fields: dict[str, Any] = orjson.loads(body)
    fields["kind"] = Kind(fields.get("kind", Kind.COURSE))
    fields["level"] = _maybe(Level, fields.get("level"))
    fields["support"] = _set_of(Support, tuple(fields.get("support", ())))
    _share(fields, ("provider", "city", "level_text", "qualification", "awarded_by", "contact"))
    for name in ("subjects", "keywords", "languages", "corrected"):
        fields[name] = _words(tuple(fields.get(name, ())))
    fields["teaches"] = tuple(Taught(**each) for each in fields.get("teaches", ()))
    fields["instances"] = tuple(_instance(each) for each in fields.get("instances", ()))
    return Course(**fields)


def body_hash(body: bytes) -> bytes:
    """Return 16 bytes that change whenever the body does."""
    return blake2b(body, digest_size=16).digest()


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(type(value).__name__)


def _maybe(kind: Any, value: Any) -> Any:
    return None if value is None else kind(value)


def _instance(fields: dict[str, Any]) -> CourseInstance:
    for name in ("start_date", "end_date", "apply_from", "apply_by"):
        fields[name] = _maybe(_date, fields.get(name))
    for name in ("start_time", "end_time"):
        fields[name] = _maybe(_time, fields.get(name))
    fields["weekdays"] = _words(tuple(fields.get("weekdays", ())))
    fields["sessions"] = tuple(
        Session(
            datetime.fromisoformat(each["start_at"]),
            _maybe(datetime.fromisoformat, each.get("end_at")),
        )
        for each in fields.get("sessions", ())
    )
    fields["study_mode"] = _maybe(StudyMode, fields.get("study_mode"))
    fields["patterns"] = _set_of(Pattern, tuple(fields.get("patterns", ())))
    _share(fields, ("cost_text", "concessions", "apply_url"))
    fields["delivery"] = _maybe(Delivery, fields.get("delivery"))
    fields["venue"] = _maybe(_venue, fields.get("venue"))
    fields["cost"] = _maybe(_cost, fields.get("cost"))
    return CourseInstance(**fields)


def _share(fields: dict[str, Any], names: tuple[str, ...]) -> None:
    """Let courses share the words that many of them have."""
    for name in names:
        if name in fields:
            fields[name] = sys.intern(fields[name])


def _venue(fields: dict[str, Any]) -> Venue:
    point = fields.pop("point", None)
    place = (None, None) if point is None else (point["lat"], point["lon"])
    return _the_venue(tuple(fields.items()), *place)


# A city has few venues, dates, prices and subjects, each named by hundreds of courses: they share.
# Types are part of a venue's key, or one at 53 degrees would do for one at 53.0.


@lru_cache(maxsize=4096, typed=True)
def _the_venue(fields: tuple[tuple[str, Any], ...], lat: float | None, lon: float | None) -> Venue:
    point = None if lat is None or lon is None else Point(lat, lon)
    return Venue(**dict(fields), point=point)


@lru_cache(maxsize=4096)
def _words(these: tuple[Any, ...]) -> tuple[Any, ...]:
    return these


@lru_cache(maxsize=256)
def _set_of(kind: Any, names: tuple[str, ...]) -> frozenset[Any]:
    return frozenset(kind(name) for name in names)


@lru_cache(maxsize=4096)
def _date(written: str) -> date:
    return date.fromisoformat(written)


@lru_cache(maxsize=4096)
def _time(written: str) -> time:
    return time.fromisoformat(written)


@lru_cache(maxsize=4096)
def _cost(written: str) -> Decimal:
    return Decimal(written)
