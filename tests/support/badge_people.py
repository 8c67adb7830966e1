"""People in chats whose effects on badges run over a database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.badges.held import Claim, HeldBadge
from bot.courses.bodies import body_hash, dump_course
from bot.courses.importing.records import StoredCourse
from bot.courses.records import Course, CourseInstance
from bot.errors import Refused
from bot.people import Grant, Role, Teacher
from bot.work.confirming import give
from bot.work.context import Context, Surroundings
from bot.work.effects import EFFECTS
from bot.work.effects import badges as _appliers
from bot.work.effects import classes as _class_appliers
from bot.work.effects import my_badges as _own_appliers
from bot.work.places import Places
from content.load import Content, load
from storage import Database, Unit
from tests.support.databases import clock, migrated_sqlite, sqlite_database, sqlite_url

__all__ = [
    "CITY",
    "Someone",
    "_appliers",
    "_class_appliers",
    "_own_appliers",
    "ann",
    "claims",
    "clock",
    "content",
    "hand_out",
    "migrated_sqlite",
    "provider",
    "sqlite_database",
    "sqlite_url",
    "teacher",
]

CITY = "manchester"
COURSE = Course(
    id="excel",
    city=CITY,
    provider="City College",
    title="Spreadsheets for beginners",
    instances=(CourseInstance(id="monday"),),
)


@pytest.fixture(scope="module")
def content() -> Content:
    return load(cities=[CITY])


class Someone:
    """A person in a chat, whose effects run in units of their own."""

    def __init__(self, database: Database, content: Content, chat: str) -> None:
        self.database, self.content, self.chat, self.city = database, content, chat, CITY

    def does(self, effect: object) -> Any:
        return self.database.write_now(lambda unit: EFFECTS.apply(self.context(unit), effect))

    def is_refused(self, effect: object) -> str:
        with pytest.raises(Refused) as refused:
            self.does(effect)
        return refused.value.text_id

    def badges(self) -> list[HeldBadge]:
        return self.database.write_now(
            lambda unit: unit.badges.list_of(self.context(unit).person.id)
        )

    def runs(self, work: Callable[[Unit, str], object]) -> Any:
        return self.database.write_now(lambda unit: work(unit, self.context(unit).person.id))

    def context(self, unit: Unit) -> Context:
        catalogue: Any = None  # effects on badges do not search
        around = Surroundings(
            self.content, catalogue, Places(self.content.cities), "https://bot.example"
        )
        person = unit.people.ensure("telegram", "bot", self.chat, city=CITY)
        now = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)
        return Context(person, self.city, "en", "telegram", "bot", self.chat, now, unit, around)


@pytest.fixture
def ann(sqlite_database: Database, content: Content) -> Someone:
    return Someone(sqlite_database, content, "ann")


@pytest.fixture
def provider(sqlite_database: Database, content: Content) -> Someone:
    someone = Someone(sqlite_database, content, "provider")
    someone.runs(
        lambda unit, who: unit.staff.grant(who, Role.PROVIDER, (CITY,), provider="City  COLLEGE")
    )

    def put(unit: Unit) -> None:
        body = dump_course(COURSE)
        unit.catalogue.put(CITY, "college", [StoredCourse(COURSE, body, body_hash(body))])

    sqlite_database.write_now(put)
    return someone


def teacher(person: str) -> Teacher:
    """Somebody of the college whose course it is."""
    return Teacher(person, frozenset({Grant(Role.PROVIDER, CITY, "City College")}))


def hand_out(someone: Someone) -> None:
    """Do what the tick does for approved claims."""

    def run(unit: Unit) -> None:
        for claim in unit.class_codes.list_due(50):
            give(unit, someone.content, claim)

    someone.database.write_now(run)


def claims(provider: Someone, code: str) -> list[Claim]:
    found: list[Claim] = provider.runs(
        lambda unit, who: unit.class_codes.list_claims(teacher(who), code)
    )
    return found
