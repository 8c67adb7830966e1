"""Weeks and months are told once they are over, once, and of nobody who would be alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.insights.sheets import SHEETS, Release
from bot.work.releasing import Releasing
from storage import Database
from tests.needs.employers import course
from tests.support.counted_town import CITY, NOW, settle
from tests.support.databases import (
    MovedClock,
    clock,
    migrated_sqlite,
    sqlite_database,
    sqlite_url,
)
from tests.work.test_insight import House, OneCity

__all__ = ["clock", "migrated_sqlite", "sqlite_database", "sqlite_url"]

WEEK, MONTH = date(2027, 1, 4), date(2026, 12, 1)
WELDING = replace(course("welding", title="Welding for beginners"), subjects=("Welding",))
BOOKS = replace(course("books", title="Bookkeeping"), subjects=("Bookkeeping",))


@pytest.fixture
def house(sqlite_database: Database, clock: MovedClock) -> House:
    clock.at = NOW
    return House(sqlite_database, OneCity((WELDING, BOOKS)), clock)


def releasing(house: House) -> Releasing:
    return Releasing(house.database, house.around, house.clock)


def told(house: House, since: date = date(2020, 1, 1)) -> dict[tuple[str, date], Release]:
    found = house.database.read_now(lambda unit: unit.releases.list_of(CITY, since))
    return {(one.sheet, one.starts_on): one for one in found}


async def test_everything_that_is_over_is_told_once(house: House) -> None:
    settle(house.database, 120, courses=("welding", "books"), pathway="digital-start")
    house.write(lambda unit: unit.reach.add_finds(CITY, WEEK, {"welding": 6, "bookkeeping": 4}))
    house.write(lambda unit: unit.reach.add_finds(CITY, date(2027, 1, 10), {"welding": 1}))
    made = await releasing(house).release_due()
    found = told(house)

    assert made == len(found)
    assert {sheet for sheet, _ in found} == set(SHEETS)
    assert await releasing(house).release_due() == 0
    people = found["people", WEEK].of()
    assert people.count == 60
    assert {part: one.count for part, one in people.ways["known"].items()} == {
        "new": 20,
        "back": 40,
    }
    assert found["talks", WEEK].groups.keys() == {"discover", "skills_check", "saved"}
    assert found["checks", MONTH].of().count == 40
    assert found["routes", MONTH].groups.keys() == {"digital-start"}
    assert found["unmet_places", WEEK].of().count == 12
    assert found["unmet", WEEK].groups == {}
    assert found["saved", WEEK].groups["welding"].count == 12
    assert {key: one.count for key, one in found["found", WEEK].groups.items()} == {"welding": 7}
    assert found["evaluation", MONTH].groups["tell"].count == 15


async def test_what_comes_later_changes_nothing(house: House) -> None:
    settle(house.database, 60, courses=("welding",))
    await releasing(house).release_due()
    before = told(house)
    _settle_more(house.database)
    house.clock.move(hours=30)

    assert await releasing(house).release_due() == 0
    assert told(house) == before
    house.clock.move(days=7)
    assert await releasing(house).release_due() > 0
    assert {key: told(house)[key] for key in before} == before


def _settle_more(database: Database) -> None:
    def erase(unit: Any) -> None:
        for person in ("000000000000", "000000000002", "000000000006"):
            unit.privacy.erase(person)

    database.write_now(erase)


async def test_a_stop_in_between_is_carried_on_from(house: House) -> None:
    settle(house.database, 60, courses=("welding",))
    work = releasing(house)
    everything = await work.release_due()
    other = work.made(CITY, SHEETS["people"], date(2026, 11, 2))
    house.write(lambda unit: unit.releases.add(CITY, other))
    house.clock.at = datetime(2027, 1, 18, 0, 30, tzinfo=UTC)

    assert 0 < await releasing(house).release_due() < everything


async def test_supply_counts_courses_as_they_are(house: House) -> None:
    made = releasing(house).made(CITY, SHEETS["supply"], WEEK)

    assert made.of().count == 2
    assert sum(one.count or 0 for one in made.of().ways["level"].values()) == 2
    assert set(made.of().ways) >= {"level", "price", "delivery"}
