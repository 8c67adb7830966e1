"""Reminders kept in memory, with the real looks and effects of reminders over them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import bot.work.effects.reminders as effects
import bot.work.reads.reminders as reads
import bot.work.reminders.courses
import bot.work.reminders.own  # noqa: F401 - declares how reminders are told
from bot.courses import Course, CourseInstance
from bot.people import Contact, Purpose
from bot.people.consent import Consent
from bot.reminders import Event, NewReminder, Reminder, Rule, kind_of, next_occurrence
from bot.work.reads.course_kinds import possible_kinds
from tests.support.told_skills import PERSON, shipped

LONDON = ZoneInfo("Europe/London")
EVENING_CLASS = CourseInstance(
    id="1",
    start_date=date(2027, 2, 2),
    end_date=date(2027, 3, 9),
    weekdays=(1,),
    start_time=time(18, 30),
    end_time=time(20, 30),
    apply_by=date(2027, 1, 29),
)
OVER = ("ended", "stopped")


class RemindersInMemory:
    """What `unit.reminders` does, in a dictionary."""

    def __init__(self) -> None:
        self.held: dict[str, Reminder] = {}
        self.now = datetime(2027, 1, 4, 9, 30, tzinfo=UTC)

    def put(self, new: NewReminder, events: Sequence[Event] = ()) -> Reminder:
        same = [
            one
            for one in self.list_of(new.person)
            if kind_of(new.kind).is_only
            and (one.kind, one.subject, one.part) == (new.kind, new.subject, new.part)
        ]
        key = same[0].id if same else f"reminder{len(self.held) + 1}"
        values = {name: getattr(new, name) for name in NewReminder.__dataclass_fields__}
        made = Reminder(key, **values, created_at=self.now)
        made = self._moved(made, self._next(made, events))
        if made.next_at is not None:
            self.held[key] = made
        return made

    def find(self, person: str, reminder: str) -> Reminder | None:
        return self.held.get(reminder)

    def list_of(self, person: str) -> list[Reminder]:
        return [one for one in self.held.values() if one.state not in OVER]

    def list_stopped(self, person: str) -> list[Reminder]:
        return [one for one in reversed(self.held.values()) if one.state == "stopped"]

    def list_about(self, person: str, subject: str) -> list[Reminder]:
        return [one for one in self.list_of(person) if one.subject == subject]

    def change(
        self, person: str, reminder: str, rule: Rule, events: Sequence[Event] = ()
    ) -> Reminder | None:
        known = replace(self.held[reminder], rule=rule, is_set_by_person=True)
        return self._keep(self._moved(known, self._next(known, events)))

    def snooze(self, person: str, reminder: str, until: datetime) -> bool:
        self._keep(replace(self._moved(self.held[reminder], until), is_snoozed=True))
        return True

    def resume(self, person: str, reminder: str, events: Sequence[Event] = ()) -> Reminder | None:
        known = replace(self.held[reminder], is_snoozed=False)
        return self._keep(self._moved(known, self._next(known, events)))

    def stop(self, person: str, reminder: str) -> bool:
        if reminder not in self.held:
            return False
        self._keep(replace(self.held[reminder], state="stopped"))
        return True

    def take_back(self, person: str, reminder: str) -> bool:
        self._keep(replace(self.held[reminder], state="ended"))
        return True

    def mute(self, person: str) -> None:
        for one in self.list_of(person):
            self._keep(replace(one, state="muted"))

    def _keep(self, reminder: Reminder) -> Reminder:
        self.held[reminder.id] = reminder
        return reminder

    def _next(self, reminder: Reminder, events: Sequence[Event]) -> datetime | None:
        return next_occurrence(
            reminder.rule, reminder.zone, self.now, events=events, is_nudge=reminder.is_nudge
        )

    @staticmethod
    def _moved(reminder: Reminder, next_at: datetime | None) -> Reminder:
        return replace(reminder, next_at=next_at, state="ended" if next_at is None else "active")


class _People:
    """Decisions about reminders, the newest of each channel."""

    def __init__(self) -> None:
        self.decided: dict[Any, Consent] = {}

    def consents(self, person: str) -> dict[Any, Consent]:
        return self.decided

    def record_consent(self, person: str, purpose: Purpose, *told: Any) -> None:
        is_given, channel, version = told
        at = datetime(2027, 1, 4, 9, 30 + len(self.decided), tzinfo=UTC)
        self.decided[purpose, channel] = Consent(purpose, channel, is_given, version, at)


class SetReminders:
    """The looks and effects of reminders for one person of a scripted chat."""

    def __init__(self, titles: dict[str, str], watched: dict[str, Any], skills: Any, ways: Any):
        self.kept = RemindersInMemory()
        self.people = _People()
        self.clock: Callable[[], datetime] = lambda: self.kept.now
        self._titles = titles
        self._unit = SimpleNamespace(
            reminders=self.kept,
            people=self.people,
            skills=skills,
            pathways=ways,
            catalogue=SimpleNamespace(find=self._course),
            wishes=SimpleNamespace(list_searches=lambda person: list(watched)),
            contacts=SimpleNamespace(list_of=lambda person: [Contact("test", "1", "1", person)]),
        )

    @property
    def context(self) -> Any:
        """The turn, at the chat's time."""
        now = self.clock().astimezone(LONDON)
        self.kept.now = now.astimezone(UTC)
        return SimpleNamespace(
            person=SimpleNamespace(id=PERSON),
            city="manchester",
            language="en",
            channel="test",
            now=now,
            content=shipped(),
            public_url="http://127.0.0.1",
            unit=self._unit,
        )

    def reminds(self, course: str) -> str:
        """What the card of a course says of reminders."""
        context, entry = self.context, self._course(course)
        if self.kept.list_about(PERSON, course):
            return "on"
        return "can" if entry and "course_start" in possible_kinds(context, entry.course) else ""

    def looks(self) -> dict[str, Callable[..., Any]]:
        """The real looks."""
        found = (
            *(reads.reminders, reads.reminder, reads.read, reads.say_rule),
            *(reads.stopped_reminders, reads.reminders_meant),
        )
        named: dict[str, Any] = {one.__name__: one for one in found}
        named["read_reminder"] = named.pop("read")
        named["course_reminders"] = reads.course_reminders
        return {name: self._bound(one) for name, one in named.items()}

    def effects(self) -> dict[str, Callable[[Any], Any]]:
        """What applies the effects."""
        found: dict[str, Any] = {
            "SetReminder": effects.set_reminder,
            "RemindOfCourse": effects.remind_of_course,
            "ChangeReminder": effects.change_reminder,
            "SnoozeReminder": effects.snooze_reminder,
            "UnsnoozeReminder": effects.unsnooze_reminder,
            "StopReminders": effects.stop_reminders,
            "BringRemindersBack": effects.bring_reminders_back,
            "TakeReminderBack": effects.take_reminder_back,
            "WantReminders": effects.want_reminders,
        }
        return {name: self._bound(one) for name, one in found.items()}

    def _bound(self, function: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *args: function(self.context, *args)

    def _course(self, course: str) -> Any:
        """Return a course: Excel has dates, the walk is withdrawn, the others have none."""
        if course not in self._titles:
            return None
        runs = (EVENING_CLASS,) if course == "excel" else (CourseInstance(id="1"),)
        made = Course(course, "Invented College", self._titles[course], instances=runs)
        return SimpleNamespace(course=made, status="withdrawn" if course == "walk" else "active")
