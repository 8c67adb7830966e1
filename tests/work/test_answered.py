"""What was answered to a city's own questionnaire is counted once a day, in steps of five."""

from __future__ import annotations

import pytest

from bot.insights.answers import Results, load_results, name_of
from bot.questionnaires import Filled, Key
from bot.questionnaires.responses import State
from bot.work.answered import Answered
from bot.work.context import Surroundings
from bot.work.places import Places
from storage import Database, Unit
from tests.support.databases import (
    MovedClock,
    clock,
    migrated_sqlite,
    sqlite_database,
    sqlite_url,
)
from tests.support.told_skills import shipped

__all__ = ["clock", "migrated_sqlite", "sqlite_database", "sqlite_url"]

CITY, ASKED = "manchester", "provision"


def around() -> Surroundings:
    content = shipped()
    return Surroundings(content, None, Places(content.cities))  # type: ignore[arg-type]


@pytest.fixture
def answered(sqlite_database: Database, clock: MovedClock) -> Answered:
    return Answered(sqlite_database, around, clock)


def send(unit: Unit, number: int, version: int = 1, city: str = CITY, place: str = "M15") -> str:
    filled = Filled(ASKED, version, {Key("place"): place, Key("sectors"): ("care",)})
    begun = unit.responses.begin(f"p{number}", city, "provider", filled)
    return unit.responses.send(f"p{number}", begun.id, filled).id


def results(database: Database, city: str = CITY) -> tuple[Results, ...]:
    kept = database.read_now(lambda unit: unit.insights.find_figures(city, name_of(ASKED)))
    return load_results(kept[1]) if kept else ()


def told(found: Results, question: str) -> dict[str, int]:
    (one,) = [split for split in found.splits if split.question == question]
    return {part: count for part, count in one.parts.items() if count}


async def test_a_city_is_counted_once_a_day(answered: Answered, sqlite_database: Database) -> None:
    sqlite_database.write_now(lambda unit: [send(unit, number) for number in range(60)])
    sqlite_database.write_now(lambda unit: send(unit, 90, city="belfast"))

    assert CITY in await answered.count_due()
    assert await answered.count_due() == ()
    (found,) = results(sqlite_database)
    assert (found.version, found.sent) == (1, 60)
    assert told(found, "sectors") == {"care": 60}
    assert told(found, "place") == {"Hulme": 60}
    assert results(sqlite_database, "belfast") == ()


async def test_figures_wait_for_five(
    answered: Answered, sqlite_database: Database, clock: MovedClock
) -> None:
    sqlite_database.write_now(lambda unit: [send(unit, number) for number in range(4)])
    await answered.count(CITY)
    assert results(sqlite_database) == ()

    sqlite_database.write_now(lambda unit: send(unit, 4))
    await answered.count(CITY)
    (first,) = results(sqlite_database)
    clock.move(days=1)
    sqlite_database.write_now(lambda unit: [send(unit, number) for number in range(5, 9)])
    await answered.count(CITY)
    assert results(sqlite_database) == (first,)

    sqlite_database.write_now(lambda unit: send(unit, 9))
    await answered.count(CITY)
    assert results(sqlite_database)[0].sent == 10


async def test_what_is_taken_back_goes_with_the_next_five(
    answered: Answered, sqlite_database: Database, clock: MovedClock
) -> None:
    ids = sqlite_database.write_now(lambda unit: [send(unit, number) for number in range(10)])
    await answered.count(CITY)
    sqlite_database.write_now(lambda unit: unit.responses.withdraw("p0", ids[0]))
    await answered.count(CITY)
    assert results(sqlite_database)[0].sent == 10

    clock.move(days=1)
    sqlite_database.write_now(lambda unit: [send(unit, number) for number in range(20, 25)])
    await answered.count(CITY)
    assert results(sqlite_database)[0].sent == 10  # fourteen, in fives


async def test_what_is_begun_and_other_versions_are_not_mixed_in(
    answered: Answered, sqlite_database: Database
) -> None:
    def act(unit: Unit) -> None:
        for number in range(20):
            version = 1 if number < 10 else 7
            send(unit, number, version=version)
        for number in range(30, 36):
            unit.responses.begin(f"p{number}", CITY, "provider", Filled(ASKED, 1, {}))

    sqlite_database.write_now(act)
    await answered.count(CITY)

    (found,) = results(sqlite_database)
    assert (found.version, found.began, found.sent) == (1, 15, 10)


def test_a_slice_is_of_one_state(sqlite_database: Database) -> None:
    def act(unit: Unit) -> tuple[int, int]:
        send(unit, 1)
        unit.responses.begin("p2", CITY, "provider", Filled(ASKED, 1, {}))
        find = unit.responses.list_in_city
        return (len(find(CITY, "provider")), len(find(CITY, "provider", state=State.WORK)))

    assert sqlite_database.write_now(act) == (1, 1)
