"""Results over the database: each person's own, by cookie or by the address that they made."""

from __future__ import annotations

import pytest

from bot.web.stored_results import StoredResults
from storage import Database, Unit
from tests.support.databases import MovedClock, clock, migrated_sqlite, sqlite_database, sqlite_url

__all__ = ["clock", "migrated_sqlite", "sqlite_database", "sqlite_url"]

ANNA, BEN = "a" * 64, "b" * 64


@pytest.fixture
def results(sqlite_database: Database) -> StoredResults:
    return StoredResults(sqlite_database, "web")


def person(unit: Unit, chat: str) -> str:
    return unit.people.ensure("web", "web", chat, city="manchester").id


def sitting(unit: Unit, chat: str, framework: str = "digcomp3", answer: int = 2) -> str:
    owner = person(unit, chat)
    made = unit.skills.start(owner, "manchester", framework, "3.0-1", "v", "areas", ("1",))
    unit.skills.record(owner, made.id, "1.1.2a", answer, "v")
    return made.id


async def test_a_chat_finds_its_own_and_no_other(
    sqlite_database: Database, results: StoredResults
) -> None:
    key = sqlite_database.write_now(lambda unit: sitting(unit, ANNA))
    sqlite_database.write_now(lambda unit: person(unit, BEN))

    own = await results.own(ANNA, key)

    assert own is not None
    assert own.city == "manchester"
    assert [answer.item for answer in own.told[0].answers] == ["1.1.2a"]
    assert await results.own(BEN, key) is None
    assert await results.own(BEN, "") is None
    assert await results.own("c" * 64, "") is None


async def test_where_one_stands_now_rests_on_all_sittings_oldest_first(
    sqlite_database: Database, results: StoredResults, clock: MovedClock
) -> None:
    first = sqlite_database.write_now(lambda unit: sitting(unit, ANNA))
    clock.move(days=1)
    second = sqlite_database.write_now(lambda unit: sitting(unit, ANNA))

    now = await results.own(ANNA, "")

    assert now is not None
    assert [one.sitting.id for one in now.told] == [first, second]
    assert [one.sitting.id for one in now.others] == [second, first]
    later = await results.own(ANNA, second)
    assert later is not None
    assert [one.sitting.id for one in later.before] == [first]
    earlier = await results.own(ANNA, first)
    assert earlier is not None
    assert earlier.before == ()


async def test_only_a_sitting_of_the_same_framework_is_compared_with(
    sqlite_database: Database, results: StoredResults, clock: MovedClock
) -> None:
    sqlite_database.write_now(lambda unit: sitting(unit, ANNA, "sectors-draft"))
    clock.move(days=1)
    key = sqlite_database.write_now(lambda unit: sitting(unit, ANNA))

    own = await results.own(ANNA, key)

    assert own is not None
    assert own.before == ()


async def test_an_address_shows_one_result_and_says_nothing_of_the_others(
    sqlite_database: Database, results: StoredResults
) -> None:
    key = sqlite_database.write_now(lambda unit: sitting(unit, ANNA))
    sqlite_database.write_now(lambda unit: sitting(unit, ANNA, "sectors-draft"))
    token = await results.share(ANNA, key)
    assert token is not None

    shown = await results.shared(token)

    assert shown is not None
    assert [one.sitting.id for one in shown.told] == [key]
    assert (shown.others, shown.token) == ((), "")
    own = await results.own(ANNA, key)
    assert own is not None
    assert own.token == token


async def test_switched_off_it_is_gone_at_once(
    sqlite_database: Database, results: StoredResults
) -> None:
    key = sqlite_database.write_now(lambda unit: sitting(unit, ANNA))
    token = await results.share(ANNA, key)
    assert token is not None

    await results.unshare(BEN, key)
    assert await results.shared(token) is not None, "nobody else can switch it off"
    await results.unshare(ANNA, key)
    assert await results.shared(token) is None


async def test_what_is_not_theirs_gets_no_address(
    sqlite_database: Database, results: StoredResults
) -> None:
    key = sqlite_database.write_now(lambda unit: sitting(unit, ANNA))
    sqlite_database.write_now(lambda unit: person(unit, BEN))

    assert await results.share(BEN, key) is None
    assert await results.share(BEN, "") is None
    assert await results.share("c" * 64, key) is None


async def test_a_deleted_sitting_has_no_page_any_more(
    sqlite_database: Database, results: StoredResults
) -> None:
    key = sqlite_database.write_now(lambda unit: sitting(unit, ANNA))
    token = await results.share(ANNA, key)
    assert token is not None

    sqlite_database.write_now(lambda unit: unit.skills.delete(person(unit, ANNA), key))

    assert await results.shared(token) is None
    assert await results.own(ANNA, key) is None


async def test_whoever_is_erased_has_no_page_any_more(
    sqlite_database: Database, results: StoredResults
) -> None:
    sqlite_database.write_now(lambda unit: sitting(unit, ANNA))
    token = await results.share(ANNA, "")
    assert token is not None

    owner = sqlite_database.read_now(lambda unit: unit.people.at("web", "web", ANNA))
    assert owner is not None
    await sqlite_database.erase(owner.id)

    assert await results.shared(token) is None
