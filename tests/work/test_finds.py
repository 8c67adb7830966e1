"""Searches that found something are counted by subject, and nothing of them is kept."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from bot.courses import CourseIndex
from bot.work.catalogue import Catalogue
from bot.work.reads.catalogue import find_courses
from storage import Database
from tests.storage.factories import stored_course
from tests.support.databases import (
    MovedClock,
    clock,
    migrated_sqlite,
    sqlite_database,
    sqlite_url,
)

__all__ = ["clock", "migrated_sqlite", "sqlite_database", "sqlite_url"]

CITY = "manchester"


@pytest.fixture
async def catalogue(sqlite_database: Database) -> Catalogue:
    course = stored_course("weld", title="Welding for beginners", subjects=("Welding",))
    sqlite_database.write_now(lambda unit: unit.catalogue.put(CITY, "x", [course]))
    made = Catalogue(
        sqlite_database,
        {CITY: "Europe/London"},
        lambda _city, courses, today, _taught: CourseIndex.build(courses, today),
    )
    await made.refresh(sqlite_database.now())
    return made


def search(catalogue: Catalogue, person: str, text: str, page: int = 0) -> None:
    context: Any = SimpleNamespace(
        catalogue=catalogue, city=CITY, person=SimpleNamespace(id=person),
        now=catalogue._db.now(),
    )  # fmt: skip
    find_courses(context, {"text": text}, page)


async def test_people_count_once_by_what_they_found(
    catalogue: Catalogue, clock: MovedClock
) -> None:
    search(catalogue, "anna", "welding")
    search(catalogue, "anna", "my name is anna and I want welding")
    search(catalogue, "ben", "welding")
    search(catalogue, "ben", "welding", page=1)
    search(catalogue, "cara", "xyzzy")
    search(catalogue, "dan", "")
    await catalogue.refresh(clock.at)

    day = clock.at.date()
    found = await catalogue._db.read(
        lambda unit: unit.reach.finds(CITY, day, date.fromordinal(day.toordinal() + 1))
    )
    assert found == {"welding": 2}


async def test_what_a_city_that_is_gone_counted_is_dropped(
    catalogue: Catalogue, clock: MovedClock
) -> None:
    catalogue.finds.count("gone", "anna", "welding")
    await catalogue.refresh(clock.at)
    assert catalogue.finds.take(clock.at.date()) == {}
