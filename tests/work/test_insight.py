"""A city's figures and cohorts are made once a day from what was sent, and tell of no few."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.courses import Course, CourseIndex
from bot.insights.rollup import NAME, CityFigures, load_figures
from bot.insights.suppression import LEAST
from bot.questionnaires import Filled, GridCell, Key
from bot.skills.tagging import Tag
from bot.work.context import Surroundings
from bot.work.insight import Insight, compared
from bot.work.overviews import overview_of
from bot.work.places import Places
from storage import Database, Unit
from tests.needs.employers import course
from tests.support.answered_needs import CITY, EXCEL, organisation, send
from tests.support.databases import (
    MovedClock,
    clock,
    migrated_sqlite,
    sqlite_database,
    sqlite_url,
)
from tests.support.employing_city import settle
from tests.support.generated_city import CODES, generated_city
from tests.support.told_skills import shipped

__all__ = ["clock", "migrated_sqlite", "sqlite_database", "sqlite_url"]

TODAY = date(2026, 11, 23)


@dataclass
class OneCity:
    """The catalogue of one city."""

    courses: tuple[Course, ...] = ()

    def index(self, city: str) -> CourseIndex | None:
        return CourseIndex.build(self.courses, TODAY) if city == CITY else None


@dataclass
class House:
    """Figures over a database."""

    database: Database
    catalogue: Any
    clock: MovedClock

    def around(self) -> Surroundings:
        content = shipped()
        return Surroundings(content, self.catalogue, Places(content.cities))

    @property
    def insight(self) -> Insight:
        return Insight(self.database, self.around, self.clock)

    def figures(self) -> CityFigures:
        kept = self.database.read_now(lambda unit: unit.insights.find_figures(CITY, NAME))
        assert kept is not None
        return load_figures(kept[1])

    def write(self, act: Any) -> Any:
        return self.database.write_now(act)


@pytest.fixture
def house(sqlite_database: Database, clock: MovedClock) -> House:
    return House(sqlite_database, OneCity(), clock)


def answer(unit: Unit, number: int, now: int = 0, should: int = 2, sector: str = "care") -> str:
    made = organisation(unit, f"p{number}", name=f"Home {number}", sector=sector)
    send(unit, made, GridCell(EXCEL, now, should), person=f"p{number}", people=3)
    return made


async def test_the_figures_are_those_counted_by_hand(house: House) -> None:
    """Through storage, questionnaires, needs and suppression: as one counts heads."""
    city = generated_city(5, 700)
    settle(house.database, city)

    await house.insight.roll_up(CITY, TODAY)

    shown = 0
    for row in house.figures().figures:
        at = CODES.index(row["competence"])
        short = [
            one
            for one in city.short(at)
            if row["level"] in ("", city.wanted[one.organisation][at])
            and row["sector"] in ("", one.sector)
        ]
        organisations = len({one.organisation for one in short})
        if row["organisations"] is None:
            assert organisations
            continue
        assert row["organisations"] == organisations
        assert organisations == 0 or organisations >= LEAST
        assert row["people"] == len(short)
        shown += bool(organisations)
    assert shown > 20


async def test_a_city_is_rolled_up_once_a_day(house: House) -> None:
    house.write(lambda unit: [answer(unit, number) for number in range(6)])
    assert await house.insight.roll_up_due() == (CITY,)
    assert await house.insight.roll_up_due() == ()
    house.clock.move(days=1)
    assert await house.insight.roll_up_due() == (CITY,)


async def test_one_newcomer_does_not_show_the_next_day(house: House) -> None:
    house.write(lambda unit: [answer(unit, number) for number in range(6)])
    await house.insight.roll_up(CITY, TODAY)
    before = house.figures().figures
    house.write(lambda unit: answer(unit, 6))
    await house.insight.roll_up(CITY, TODAY + timedelta(days=1))
    assert house.figures().figures == before


async def test_courses_offers_and_unmet_searches_stand_beside_needs(house: House) -> None:
    one = course("excel")
    house.catalogue.courses = (one,)
    filled = Filled(
        "provision",
        1,
        {
            Key("name"): "A college",
            Key("roles"): ("driver",),
            Key("levels", "driver"): (GridCell(EXCEL, 1, 3),),
            Key("places", "driver"): Decimal(20),
        },
    )

    def write(unit: Unit) -> None:
        unit.tags.put(CITY, {one.id: (Tag("1.3", 2),)})
        begun = unit.responses.begin("tutor", CITY, "provider", filled)
        unit.responses.send("tutor", begun.id, filled)
        for number in range(6):
            answer(unit, number)
            unit.wishes.record_unmet(f"w{number}", CITY, "welding", {})
        unit.wishes.record_unmet("w0", CITY, "my debts", {})

    house.write(write)
    await house.insight.roll_up(CITY, TODAY)
    found = house.figures()
    rows = {(row["level"], row["sector"]): row for row in found.figures}
    assert (rows[2, ""]["organisations"], rows[2, ""]["people"]) == (6, 18)
    assert (rows[2, ""]["courses"], rows[2, ""]["could"]) == (1, 1)
    assert rows[3, ""]["could"] == 1
    assert [(row["words"], row["people"]) for row in found.unmet] == [("welding", 5)]


class TestComparing:
    async def test_six_together_are_compared(self, house: House) -> None:
        made = house.write(lambda unit: [answer(unit, number, now=1) for number in range(6)])
        assert self.seen(house, made[0]) == ()
        await house.insight.roll_up(CITY, TODAY)
        (found,) = self.seen(house, made[0])
        assert (found.now, found.should) == (1, 2)
        assert found.sector is not None
        assert (found.sector.now, found.sector.should, found.sector.others) == (1.0, 2.0, 6)
        assert found.city == found.sector

    async def test_five_are_not(self, house: House) -> None:
        made = house.write(lambda unit: [answer(unit, number) for number in range(5)])
        await house.insight.roll_up(CITY, TODAY)
        assert self.seen(house, made[0]) == ()

    async def test_an_answer_that_changes_changes_nothing_that_is_shown(self, house: House) -> None:
        made = house.write(lambda unit: [answer(unit, number) for number in range(6)])
        await house.insight.roll_up(CITY, TODAY)
        before = self.seen(house, made[0])
        house.write(lambda unit: send(unit, made[5], GridCell(EXCEL, 3, 4), person="p5"))
        house.write(lambda unit: answer(unit, 6, now=3))
        await house.insight.roll_up(CITY, TODAY + timedelta(days=1))
        assert self.seen(house, made[0]) == before

    async def test_an_answer_counts_once_whatever_cohorts_end(self, house: House) -> None:
        made = house.write(lambda unit: [answer(unit, number) for number in range(6)])
        await house.insight.roll_up(CITY, TODAY)
        later = TODAY + timedelta(days=500)
        await house.insight.roll_up(CITY, later)
        assert self.seen(house, made[0], later) == ()

    @staticmethod
    def seen(house: House, key: str, today: date = TODAY) -> tuple[Any, ...]:
        def look(unit: Unit) -> tuple[Any, ...]:
            around = house.around()
            found = unit.employers.find(key, CITY)
            assert found is not None
            reader = around.matching.reader(around.content)
            overview = overview_of(unit, around.content, found, around.places, reader)
            return compared(unit, overview, today)

        return house.database.read_now(look)
