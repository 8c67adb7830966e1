"""Watched searches hear of every new course that fits them, once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.courses.bodies import body_hash, dump_course
from bot.courses.importing import StoredCourse
from bot.courses.records import Course
from bot.work.alerts import Alerts
from bot.work.catalogue import Catalogue, indexer
from bot.work.tagging import put_courses
from content.load import load
from storage import Database, Unit
from tests.support.databases import START, MovedClock

CITY = "manchester"


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock(START)


@pytest.fixture
async def database(tmp_path: Path, clock: MovedClock) -> AsyncIterator[Database]:
    url = f"sqlite:///{tmp_path / 'bot.db'}"
    Database.migrate(url)
    made = Database.open(url, clock=clock)
    yield made
    await made.aclose()


@pytest.fixture
def shelf(database: Database) -> Catalogue:
    content = load(cities=frozenset({CITY}))
    return Catalogue(database, {CITY: "Europe/London"}, indexer(lambda: content))


def watch(database: Database, words: str, **request: object) -> str:
    def store(unit: Unit) -> str:
        person = unit.people.ensure("telegram", "7", words or "skill", city=CITY).id
        unit.wishes.add_search(person, CITY, words, {"text": words, **request})
        return person

    return database.write_now(store)


def put(database: Database, *courses: tuple[str, str]) -> None:
    def stored(id_: str, title: str) -> StoredCourse:
        course = Course(id_, "Hub", title, CITY, summary="Come and learn.")
        body = dump_course(course)
        return StoredCourse(course, body, body_hash(body))

    put_all = put_courses(CITY, "ours", [stored(*one) for one in courses])
    database.write_now(put_all)


def told(database: Database, person: str) -> list[str]:
    due = database.read_now(lambda unit: unit.wishes.list_due_notices(person, limit=500))
    return [notice.course for notice in due]


async def test_a_new_course_far_down_the_list_is_told_too(
    database: Database, shelf: Catalogue, clock: MovedClock
) -> None:
    put(database, *((f"a{number:03}", "Welding for beginners") for number in range(230)))
    person = watch(database, "welding for beginners")
    clock.move(minutes=1)
    put(database, ("z", "Welding for beginners"))
    await shelf.refresh(clock())

    assert await Alerts(database, shelf).note(CITY) == 1
    assert told(database, person) == ["z"]


async def test_news_are_told_once_and_what_was_there_is_no_news(
    database: Database, shelf: Catalogue, clock: MovedClock
) -> None:
    put(database, ("old", "Welding"))
    person = watch(database, "welding")
    alerts = Alerts(database, shelf)
    await shelf.refresh(clock())
    assert await alerts.note(CITY) == 0

    clock.move(minutes=1)
    put(database, ("new", "Welding in the evening"), ("other", "Baking bread"))
    await shelf.refresh(clock())

    assert [await alerts.note(CITY) for _ in range(2)] == [1, 0]
    assert told(database, person) == ["new"]


async def test_who_waited_is_told_in_a_while_once_for_all(
    database: Database, shelf: Catalogue, clock: MovedClock
) -> None:
    person = watch(database, "welding")
    alerts = Alerts(database, shelf)
    for number in range(2):
        clock.move(minutes=1)
        put(database, *((f"new{one}", f"Welding part {one}") for one in range(number + 1)))
        await shelf.refresh(clock())
        assert await alerts.note(CITY) == 1

    [reminder] = database.read_now(lambda unit: unit.reminders.list_of(person))
    assert (reminder.kind, reminder.is_nudge) == ("new_courses", True)
    assert reminder.next_at == START + timedelta(minutes=11)


async def test_nobody_is_told_at_night(
    database: Database, shelf: Catalogue, clock: MovedClock
) -> None:
    person = watch(database, "welding")
    clock.move(hours=13)
    put(database, ("new", "Welding"))
    await shelf.refresh(clock())
    await Alerts(database, shelf).note(CITY)

    [reminder] = database.read_now(lambda unit: unit.reminders.list_of(person))
    assert reminder.next_at == START + timedelta(hours=23)


async def test_a_watched_skill_hears_of_a_course_that_teaches_it(
    database: Database, shelf: Catalogue, clock: MovedClock
) -> None:
    person = watch(database, "", filters={"skills": ["1.3:2"]})
    beginner = watch(database, "entry", filters={"skills": ["1.3:4"]})
    clock.move(minutes=1)
    put(database, ("excel", "Excel spreadsheets"), ("bread", "Baking bread"))
    await shelf.refresh(clock())

    assert await Alerts(database, shelf).note(CITY) == 1
    assert told(database, person) == ["excel"]
    assert told(database, beginner) == []


async def test_nothing_is_asked_of_a_city_that_is_not_there(
    database: Database, shelf: Catalogue
) -> None:
    assert await Alerts(database, shelf).note("nowhere") == 0
