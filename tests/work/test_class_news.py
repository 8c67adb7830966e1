"""Those who teach hear once of everybody who used their codes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.badges.planning import about_course
from bot.people import Purpose, Role, Teacher
from bot.work.badge_news import GATHERED_FOR
from content.load import Content, load
from storage import Database, Unit
from tests.support.databases import (
    MovedClock,
    clock,
    migrated_sqlite,
    sqlite_database,
    sqlite_url,
)
from tests.support.told_badges import CITY, World, words

__all__ = ["clock", "migrated_sqlite", "sqlite_database", "sqlite_url"]


@pytest.fixture(scope="module")
def content() -> Content:
    return load(cities=[CITY])


@pytest.fixture
def world(sqlite_database: Database, clock: MovedClock, content: Content) -> World:
    found = World(sqlite_database, clock, content)
    sqlite_database.write_now(
        lambda unit: unit.staff.grant(found.person, Role.PROVIDER, [CITY], provider="College")
    )
    return found


def make(world: World, course: str, *, needs_approval: bool = True) -> str:
    def run(unit: Unit) -> str:
        number = unit.class_codes.count_open(world.person) + 10
        code = unit.class_codes.make(
            world.person, CITY, "attendance", about_course(course, course, "College"),
            lambda: f"maple-otter-{number}", course=course, provider="College",
            needs_approval=needs_approval,
        )  # fmt: skip
        return code.token

    return world.database.write_now(run)


def use(world: World, token: str, *chats: str) -> None:
    def run(unit: Unit) -> None:
        for chat in chats:
            who = unit.people.ensure("web", "web", chat, city=CITY).id
            unit.class_codes.use(Teacher(who, frozenset()), CITY, token, chat)

    world.database.write_now(run)


async def test_a_class_is_one_message(world: World) -> None:
    token = make(world, "Excel")
    use(world, token, "ann", "bob", "cara")
    assert await world.news.send_due() == 0, "claims are gathered first"
    world.clock.at += GATHERED_FOR
    use(world, token, "dev")
    assert await world.news.send_due() == 1
    assert await world.news.send_due() == 0
    ((_, message),) = world.out()
    assert "4 people used your code for Excel. 4 people wait for you." in words(message)
    assert [one.id for one in message.choices] == ["see", "quiet"]
    assert message.nonce.startswith("go.teach.")
    use(world, token, "eve")
    world.clock.at += GATHERED_FOR - timedelta(seconds=1)
    assert await world.news.send_due() == 0
    world.clock.at += timedelta(seconds=1)
    assert await world.news.send_due() == 1


async def test_several_codes_are_one_message_too(world: World) -> None:
    use(world, make(world, "Excel"), "ann")
    use(world, make(world, "Art", needs_approval=False), "ann", "bob")
    world.clock.at += GATHERED_FOR
    assert await world.news.send_due() == 1
    ((_, message),) = world.out()
    said = words(message)
    assert "1 person used your code for Excel. 1 person waits for you." in said
    assert "2 people used your code for Art." in said
    assert message.nonce == "go.teach.all"


async def test_who_wants_no_such_messages_gets_none(world: World) -> None:
    token = make(world, "Excel")
    for number, quiet in enumerate(("asked", "stopped")):
        if quiet == "asked":
            world.database.write_now(lambda unit: unit.staff.set_told(world.person, False))
        else:
            world.database.write_now(lambda unit: unit.staff.set_told(world.person, True))
            world.database.write_now(
                lambda unit: unit.people.record_consent(
                    world.person, Purpose.REMINDERS, False, "telegram", "stop"
                )
            )
        use(world, token, f"learner {number}")
        world.clock.at += GATHERED_FOR
        assert await world.news.send_due() == 0
    assert world.out() == []
