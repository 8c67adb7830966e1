"""Reminders of courses: they follow its dates, and end where it is no longer offered."""

from __future__ import annotations

from datetime import datetime

from bot.conversation.messages import Attachment, Text, Value
from bot.courses import Course, CourseInstance, wording
from bot.reminders import Event, Reminder
from bot.reminders.courses import course_events, run_of
from bot.reminders.kinds import APPLY_BY, COURSE_START, HOW_WAS_IT, SESSION
from bot.reminders.occurrence import begin_of
from bot.reminders.wording import moment_words
from bot.reminders.zones import zone_of
from bot.work.reminders import Dates, Due, Lost, Opens, Told, remind
from bot.work.reminders.texts import text_of

MOST_TITLE = 80
GONE = Lost()


def about(due: Due) -> Text:
    """Name the course."""
    return Text(f"reminders.about.{due.reminder.kind}", {"title": _title(due)})


def opens(reminder: Reminder) -> Opens:
    """Lead to the course's own page."""
    args = {"payload": f"course_{reminder.subject}"}
    return Opens("course", args, Text("reminders.open_course.button"))


def dates(due: Due) -> Dates | Lost:
    """Return the dates of the run that the reminder is about."""
    found = _run(due)
    if isinstance(found, Lost):
        return found
    course, run = found
    events = course_events(due.reminder.kind, run)
    if not events:
        return Lost(Text("reminders.lost.no_date", {"title": _cut(course.title)}))
    when = _when(events[0], due)
    return Dates(events, _moved(due, course, when))


def _moved(due: Due, course: Course, when: Text) -> Text | None:
    if due.reminder.kind == HOW_WAS_IT:
        return None
    kind = "sessions" if due.reminder.kind == SESSION else due.reminder.kind
    return Text(f"reminders.moved.{kind}", {"title": _cut(course.title), "when": when})


def _run(due: Due) -> tuple[Course, CourseInstance] | Lost:
    entry = due.unit.catalogue.find(due.reminder.subject)
    if entry is None:
        return GONE
    course, title = entry.course, _cut(entry.course.title)
    is_over = due.reminder.kind == HOW_WAS_IT
    if entry.status != "active" and not is_over:
        return Lost(Text("reminders.lost.withdrawn", {"title": title}))
    run = run_of(course, due.reminder.part)
    if run is None:
        return GONE if is_over else Lost(Text("reminders.lost.run", {"title": title}))
    return course, run


def _title(due: Due) -> str:
    entry = due.unit.catalogue.find(due.reminder.subject)
    return _cut(entry.course.title) if entry else ""


def _cut(words: str) -> str:
    return words if len(words) <= MOST_TITLE else words[: MOST_TITLE - 1].rstrip() + "…"


def _when(event: Event, due: Due) -> Text:
    """Say a date as people do, with its time where there is one."""
    if not isinstance(event, datetime):
        return Text("reminders.day", {"day": event})
    local = event if event.tzinfo is None else event.astimezone(zone_of(due.reminder.zone))
    return text_of(moment_words(local, due.now.date()))


def _told(due: Due, event: Event) -> Told | Lost:
    found = _run(due)
    if isinstance(found, Lost):
        return found
    course, run = found
    begins = begin_of(event, zone_of(due.reminder.zone))
    if begins is not None and begins < due.now:
        return GONE
    values: dict[str, Value] = {
        "title": _cut(course.title),
        "when": _when(event, due),
        "where": _where(run),
        "provider": _cut(course.provider),
    }
    calendar = Attachment("calendar", {"course": course.id, "instance": run.id})
    return Told(Text(f"reminders.tell.{due.reminder.kind}", values), (calendar,))


def _where(run: CourseInstance) -> Text:
    """Say where, with the whole address where there is one."""
    venue = run.venue
    parts = (venue.name, venue.address, venue.town, venue.postcode) if venue else ()
    known = tuple(dict.fromkeys(part for part in parts if part))
    if known:
        return Text("reminders.address", {"parts": known})
    return text_of(wording.where(run))


def _coming(due: Due) -> Event | None:
    """Return the first date that is still to come."""
    found = dates(due)
    zone = zone_of(due.reminder.zone)
    events = found.events if isinstance(found, Dates) else ()
    for event in events:
        begins = begin_of(event, zone)
        if begins is not None and begins >= due.now:
            return event
    return None


@remind(COURSE_START, dates=dates, about=about, opens=opens)
def course_start(due: Due) -> Told | Lost:
    """Say when and where a course starts, with the calendar file."""
    event = _coming(due)
    return GONE if event is None else _told(due, event)


@remind(SESSION, dates=dates, about=about, opens=opens)
def session(due: Due) -> Told | Lost:
    """Say when and where the next session is."""
    event = _coming(due)
    return GONE if event is None else _told(due, event)


@remind(APPLY_BY, dates=dates, about=about, opens=opens)
def apply_by(due: Due) -> Told | Lost:
    """Say until when one can apply."""
    event = _coming(due)
    if event is None:
        return GONE
    told = _told(due, event)
    return told if isinstance(told, Lost) else Told(told.text)


@remind(HOW_WAS_IT, dates=dates, about=about, opens=opens)
def how_was_it(due: Due) -> Told | Lost:
    """Ask how a course went."""
    title = _title(due)
    return Told(Text("reminders.tell.how_was_it", {"title": title})) if title else GONE
