"""What happens by the clock, and what the program says about itself."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.conversation.messages import Attachment, Message, Span
from bot.courses.bodies import body_hash, dump_course
from bot.courses.importing.records import StoredCourse
from bot.courses.records import Course, CourseInstance
from bot.work.files import Files
from bot.work.health import Health
from bot.work.metrics import Metrics
from bot.work.retention import Retention
from bot.work.ticks import Tick, Ticks
from content.load import Content
from storage import Database, Unit
from storage.records import NewOutgoing
from tests.support.databases import MovedClock

START = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock(START)


@pytest.fixture
def database(tmp_path: Path, clock: MovedClock) -> Database:
    url = f"sqlite:///{tmp_path / 'bot.db'}"
    Database.migrate(url)
    return Database.open(url, clock=clock)


def add_person(unit: Unit) -> str:
    person = unit.people.ensure("telegram", "7", "1", city="manchester")
    unit.people.accept_notice(person.id, "1", "telegram")
    return person.id


async def test_an_erasure_happens_after_its_five_minutes(
    database: Database, clock: MovedClock
) -> None:
    person = database.write_now(add_person)
    database.write_now(lambda unit: unit.privacy.schedule_erasure(person))
    retention = Retention(database)

    assert await retention.erase_due() == 0
    clock.move(minutes=6)
    assert await retention.erase_due() == 1
    assert database.read_now(lambda unit: unit.people.find(person)) is None
    await database.aclose()


async def test_a_stranger_is_forgotten_after_a_day(database: Database, clock: MovedClock) -> None:
    stranger = database.write_now(lambda unit: unit.people.ensure("telegram", "7", "2")).id
    known = database.write_now(add_person)
    clock.move(hours=25)

    assert await Retention(database).erase_due() == 1
    assert database.read_now(lambda unit: unit.people.find(stranger)) is None
    assert database.read_now(lambda unit: unit.people.find(known)) is not None
    assert await Retention(database).sweep() >= 0
    await database.aclose()


async def test_an_old_reply_makes_it_unready(database: Database, clock: MovedClock) -> None:
    health = Health(database, Metrics(), clock, tuple)
    health.is_started = True
    assert (await health.readiness()).is_ready

    person = database.write_now(add_person)
    row = NewOutgoing(person, "telegram", "7", "1", Message((Span("hello"),)), "key")
    database.write_now(lambda unit: unit.outbox.add_many([row]))
    clock.move(minutes=10)
    readiness = await health.readiness()

    assert not readiness.is_ready
    assert readiness.problems == ("A reply has waited for 600 seconds to be sent.",)
    assert b"bot_outbox_oldest_seconds 600.0" in health.metrics()
    await database.aclose()


async def test_what_is_wrong_with_a_channel_is_told(database: Database, clock: MovedClock) -> None:
    health = Health(database, Metrics(), clock, lambda: ("Telegram refuses the token.",))

    problems = (await health.readiness()).problems

    assert problems == ("Telegram refuses the token.", "The bot is starting.")
    await database.aclose()


async def test_files_are_made_when_they_are_sent(
    database: Database, clock: MovedClock, content: Content
) -> None:
    person = database.write_now(add_person)
    instance = CourseInstance(id="run1", start_date=(START + timedelta(days=30)).date())
    course = Course(
        id="abc", provider="Ours", title="Excel", city="manchester", instances=(instance,)
    )
    body = dump_course(course)
    stored = StoredCourse(course, body, body_hash(body))
    database.write_now(lambda unit: unit.catalogue.put("manchester", "ours", [stored]))
    files = Files(database, lambda: content, "https://bot.example", clock)

    calendar = await files.make(Attachment("calendar", {"course": "abc", "instance": "run1"}))
    mine = await files.make(
        Attachment("document", {"source": "my_data", "person": person, "name": "mine.json"})
    )
    gone = await files.make(Attachment("calendar", {"course": "nothing"}))
    other = await files.make(Attachment("document", {"source": "/etc/passwd", "name": "x"}))

    assert calendar is not None
    assert b"BEGIN:VCALENDAR" in calendar.content
    assert mine is not None
    assert mine.name == "mine.json"
    assert person.encode() in mine.content
    assert gone is None
    assert other is None
    await database.aclose()


async def test_a_tick_that_is_seldom_may_come_soon_the_first_time() -> None:
    came = asyncio.Event()

    async def work() -> None:
        came.set()

    ticks = Ticks((Tick("test", 3_600, work, first=0.02),))
    ticks.start()
    async with asyncio.timeout(5):
        await came.wait()
    ticks.stop()


async def test_a_tick_that_raises_comes_again() -> None:
    calls: list[int] = []
    came_again = asyncio.Event()

    async def work() -> None:
        calls.append(1)
        if len(calls) > 1:
            came_again.set()
        raise ValueError("on purpose")

    ticks = Ticks((Tick("test", 0.02, work),))
    ticks.start()
    async with asyncio.timeout(5):
        await came_again.wait()
    ticks.stop()
