"""One person with reminders in a real database, and all that they are sent."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import select

import bot.work.effects.catalogue
import bot.work.effects.people
import bot.work.effects.reminders
import bot.work.reminders.courses
import bot.work.reminders.own  # noqa: F401 - declares how reminders are told
from bot.conversation.messages import Message
from bot.courses.bodies import body_hash, dump_course
from bot.courses.importing.records import StoredCourse
from bot.courses.records import Course, CourseInstance, Venue
from bot.reminders import Daily, NewReminder, Reminder
from bot.reminders.courses import USUAL_RULES, course_events, signature
from bot.work.catalogue import Catalogue
from bot.work.context import Context, Surroundings
from bot.work.effects import EFFECTS
from bot.work.places import Places
from bot.work.reminders import REMINDERS, ReminderRegistry
from bot.work.reminding import Reminding
from content.load import Content
from storage import Database, Unit
from storage.messages import load_message
from storage.tables.delivery import OutboxRow
from tests.support.databases import MovedClock

LONDON = ZoneInfo("Europe/London")
BOT = "7"
RUN = CourseInstance(
    id="1",
    start_date=date(2027, 2, 2),
    end_date=date(2027, 2, 16),
    weekdays=(1,),
    start_time=time(18, 30),
    end_time=time(20, 30),
    apply_by=date(2027, 1, 29),
    venue=Venue("Hulme Library", "Stretford Road", "Manchester", "M15 5FQ"),
)


class World:
    """One person with reminders, in a real database."""

    def __init__(self, database: Database, clock: MovedClock, content: Content) -> None:
        self.database, self.clock, self.content = database, clock, content
        self.told: list[tuple[str, str]] = []
        catalogue = Catalogue(database, {"manchester": "Europe/London"}, _no_index)
        self.around = Surroundings(
            content, catalogue, Places(content.cities), "https://bot.example"
        )
        self.reminding = self.with_registry(REMINDERS)
        self.anna = self.person("telegram", "1")

    def with_registry(self, registry: ReminderRegistry) -> Reminding:
        return Reminding(self.database, lambda: self.around, registry, self._tell)

    def _tell(self, chats: Collection[tuple[str, str]]) -> None:
        self.told.extend(chats)

    def person(self, channel: str, chat: str) -> str:
        def make(unit: Unit) -> str:
            person = unit.people.ensure(channel, BOT, chat, city="manchester")
            unit.people.accept_notice(person.id, "1", channel)
            return person.id

        return self.database.write_now(make)

    def at(self, month: int, day: int, hour: int = 9, minute: int = 0) -> None:
        """Let it be that time on the clocks of London."""
        self.clock.at = datetime(2027, month, day, hour, minute, tzinfo=LONDON).astimezone(UTC)

    def put(self, kind: str = "own", person: str = "", **fields: Any) -> Reminder:
        values: dict[str, Any] = {
            "rule": Daily(time(9), date(2027, 1, 1)),
            "words": "breathe",
            "zone": "Europe/London",
            "channel": "telegram",
            "city": "manchester",
        }
        new = NewReminder(person=person or self.anna, kind=kind, **(values | fields))
        return self.database.write_now(lambda unit: unit.reminders.put(new))

    def put_course(self, run: CourseInstance = RUN, *, course: str = "c1") -> None:
        made = Course(course, "Hulme College", "Excel for work", "manchester", instances=(run,))
        body = dump_course(made)
        stored = StoredCourse(made, body, body_hash(body))
        self.database.write_now(lambda unit: unit.catalogue.put("manchester", "ours", [stored]))

    def remind_of(self, kind: str, run: CourseInstance = RUN, course: str = "c1") -> Reminder:
        events = course_events(kind, run)
        new = NewReminder(
            self.anna, "manchester", kind, USUAL_RULES[kind], "Europe/London", "telegram",
            subject=course, part=run.id, seen=signature(events),
        )  # fmt: skip
        return self.database.write_now(lambda unit: unit.reminders.put(new, events))

    def apply(self, effect: Any, channel: str = "telegram") -> Any:
        return self.database.write_now(
            lambda unit: EFFECTS.apply(self.context(unit, channel), effect)
        )

    def context(self, unit: Unit, channel: str = "telegram") -> Context:
        return Context(
            unit.people.get(self.anna), "manchester", "en", channel, BOT, "1",
            self.clock().astimezone(LONDON), unit, self.around,
        )  # fmt: skip

    def held(self) -> list[Reminder]:
        return self.database.read_now(lambda unit: unit.reminders.list_of(self.anna))

    def letters(self) -> list[Message]:
        """Everything in the outbox, oldest first."""

        def read(unit: Unit) -> list[Message]:
            rows = unit.orm.exec(select(OutboxRow).order_by(OutboxRow.id)).all()
            return [load_message(row.message) for row in rows]

        return self.database.read_now(read)

    def said(self) -> list[str]:
        return ["".join(span.text for span in one.text) for one in self.letters()]


def _no_index(*_: Any) -> Any:
    raise AssertionError("no search index is needed")
