"""The dates of a course that reminders are reckoned from."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, time, timedelta

from bot.courses.calendar import sittings
from bot.courses.records import Course, CourseInstance
from bot.reminders.kinds import APPLY_BY, COURSE_START, HOW_WAS_IT, SESSION
from bot.reminders.occurrence import Event
from bot.reminders.rules import Lead, Relative, Rule

BEFORE_START: Rule = Relative((Lead(1, "days", time(18)), Lead(2, "hours")))
BEFORE_APPLYING: Rule = Relative((Lead(3, "days", time(10)), Lead(1, "days", time(10))))
BEFORE_SESSION: Rule = Relative((Lead(2, "hours"),))
AFTER_COURSE: Rule = Relative((Lead(1, "days", time(17), is_after=True),))

USUAL_RULES: dict[str, Rule] = {
    COURSE_START: BEFORE_START,
    APPLY_BY: BEFORE_APPLYING,
    SESSION: BEFORE_SESSION,
    HOW_WAS_IT: AFTER_COURSE,
}
"""By kind: when people are reminded of a course who do not say when."""
_LONGEST_SEEN = 100


def run_of(course: Course, part: str) -> CourseInstance | None:
    """Return the run of a course with that id."""
    return next((one for one in course.instances if one.id == part), None)


def course_events(kind: str, instance: CourseInstance) -> tuple[Event, ...]:
    """Return the dates that reminders of a kind are reckoned from, in order."""
    if kind == APPLY_BY:
        return (instance.apply_by,) if instance.apply_by else ()
    found = sittings(instance)
    if not found:
        return ()
    if kind == COURSE_START:
        return (found[0].start,)
    if kind == SESSION:
        return tuple(one.start for one in found)
    last = found[-1]
    if instance.end_date is not None and last.start == found[0].start:
        return (max(instance.end_date, _day(last.start)),)
    return (last.start if last.end is None else _last_moment(last.start, last.end),)


def signature(events: Sequence[Event]) -> str:
    """Return what differs whenever the dates do."""
    written = " ".join(one.isoformat() for one in events)
    if len(written) <= _LONGEST_SEEN:
        return written
    return hashlib.blake2b(written.encode(), digest_size=16).hexdigest()


def _day(event: Event) -> Event:
    return event.date() if isinstance(event, datetime) else event


def _last_moment(start: Event, end: Event) -> Event:
    """Return the end; of whole days it is the last of them, not the day after."""
    if isinstance(end, datetime):
        return end
    return end - timedelta(days=1) if end > start else start
