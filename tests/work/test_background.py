"""Long work beside the chat, and indexes that are replaced while it goes on."""

from __future__ import annotations

import gc
import sys
import threading
import weakref
from collections.abc import AsyncIterator, Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.courses import Course, CourseIndex
from bot.courses.bodies import body_hash, dump_course
from bot.courses.importing import Origin, Source, template_csv
from bot.courses.importing.records import StoredCourse
from bot.work import background, catalogue
from bot.work.alerts import Alerts
from bot.work.background import in_background, making_what_stays
from bot.work.catalogue import Catalogue, Taught
from bot.work.imports import import_into
from storage import Database, Unit
from tests.support.databases import MovedClock

START = datetime.fromisoformat("2026-11-02T09:00:00+00:00")


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


def build(city: str, courses: Iterable[Course], today: date, taught: Taught) -> CourseIndex:
    del city, taught
    return CourseIndex.build(courses, today)


@pytest.fixture
def shelf(database: Database) -> Catalogue:
    return Catalogue(database, {"manchester": "Europe/London"}, build)


def put(database: Database, *titles: str) -> None:
    def store(unit: Unit) -> None:
        for title in titles:
            course = Course(id=title, provider="Ours", title=title, city="manchester")
            body = dump_course(course)
            stored = StoredCourse(course, body, body_hash(body))
            unit.catalogue.put("manchester", "ours", [stored])

    database.write_now(store)


async def test_it_returns_and_raises_what_the_work_does() -> None:
    def fail() -> None:
        raise LookupError("no")

    assert await in_background(divmod, 7, 2) == (3, 1)
    with pytest.raises(LookupError):
        await in_background(fail)


async def test_the_interpreter_is_given_away_sooner_and_only_meanwhile() -> None:
    usual = sys.getswitchinterval()

    seen, thread = await in_background(
        lambda: (sys.getswitchinterval(), threading.current_thread())
    )

    assert seen == pytest.approx(background.SWITCH_SECONDS, abs=1e-6)
    assert thread.daemon
    assert sys.getswitchinterval() == usual


def test_the_collector_is_kept_out_meanwhile_only() -> None:
    with making_what_stays():
        assert not gc.isenabled()

    assert gc.isenabled()


async def test_an_old_index_is_freed_without_the_collector(
    database: Database, shelf: Catalogue
) -> None:
    put(database, "Welding")
    await shelf.refresh(START)
    index = shelf.index("manchester")
    assert index is not None
    old = weakref.ref(index)
    del index

    gc.disable()
    try:
        put(database, "Weaving")
        assert await shelf.refresh(START) == ("manchester",)
        assert old() is None
    finally:
        gc.enable()
    assert len(shelf.index("manchester") or ()) == 2


async def test_an_index_waits_for_the_end_of_an_import(
    database: Database, shelf: Catalogue
) -> None:
    await shelf.refresh(START)
    put(database, "Welding")
    run = database.write_now(lambda unit: unit.imports.start("manchester", "Ours"))

    assert await shelf.refresh(START) == ()
    database.write_now(lambda unit: unit.imports.finish(run, {}))
    assert await shelf.refresh(START) == ("manchester",)


async def test_an_index_does_not_wait_for_ever(
    database: Database, shelf: Catalogue, clock: MovedClock
) -> None:
    await shelf.refresh(START)
    put(database, "Welding")
    database.write_now(lambda unit: unit.imports.start("manchester", "Ours"))
    assert await shelf.refresh(START) == ()

    clock.move(minutes=10)
    database.write_now(lambda unit: unit.imports.start("manchester", "Ours"))
    late = START + catalogue.LONGEST_WAIT + timedelta(seconds=1)
    assert await shelf.refresh(late) == ("manchester",)


async def test_an_import_beside_the_bot_reaches_its_index_and_the_watchers(
    database: Database, shelf: Catalogue, clock: MovedClock, tmp_path: Path
) -> None:
    def watch(unit: Unit) -> str:
        person = unit.people.ensure("telegram", "7", "1", city="manchester").id
        unit.wishes.add_search(person, "manchester", "excel", {"text": "excel"})
        return person

    person = database.write_now(watch)
    await shelf.refresh(START)
    clock.move(minutes=1)
    sheet = tmp_path / "courses.csv"
    template_csv(sheet)
    beside = Database.open(f"sqlite:///{tmp_path / 'bot.db'}", is_alone=False, clock=clock)
    origin = Origin("manchester", "College")
    source = Source(sheet, sheet.name)
    import_into(beside, source, origin, say=lambda phrase: phrase.id, now=clock())
    beside.close()

    assert await shelf.refresh(clock()) == ("manchester",)
    assert await Alerts(database, shelf).note("manchester") == 1
    index = shelf.index("manchester")
    assert index is not None
    (course,) = index
    (notice,) = database.read_now(lambda unit: unit.wishes.list_due_notices(person))
    assert notice.course == course.id
