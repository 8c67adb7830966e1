"""Private addresses of results: made when asked for, gone for good when switched off."""

from __future__ import annotations

from storage import Database, Unit
from storage.records import ResultPage
from storage.repositories.result_pages import TOKEN_BYTES
from tests.support.databases import MovedClock


def test_an_address_is_long_random_and_stays_until_it_is_switched_off(database: Database) -> None:
    first = database.write_now(lambda unit: unit.result_pages.open("anna", "s1"))
    again = database.write_now(lambda unit: unit.result_pages.open("anna", "s1"))

    assert TOKEN_BYTES * 8 >= 128
    assert len(first.token) >= 22
    assert again == first
    assert database.read_now(lambda unit: unit.result_pages.at(first.token)) == first


def test_each_result_of_each_person_has_an_address_of_its_own(database: Database) -> None:
    owners = [("anna", "s1"), ("anna", ""), ("ben", "s1"), ("ben", "")]

    made = database.write_now(lambda unit: [unit.result_pages.open(*one) for one in owners])

    assert len({page.token for page in made}) == len(owners)
    assert [(page.person, page.sitting) for page in made] == owners


def test_what_is_switched_off_is_nowhere_and_comes_back_somewhere_else(database: Database) -> None:
    first = database.write_now(lambda unit: unit.result_pages.open("anna"))

    assert database.write_now(lambda unit: unit.result_pages.close("anna"))
    assert not database.write_now(lambda unit: unit.result_pages.close("anna"))
    assert database.read_now(lambda unit: unit.result_pages.at(first.token)) is None
    assert database.read_now(lambda unit: unit.result_pages.find("anna")) is None
    second = database.write_now(lambda unit: unit.result_pages.open("anna"))
    assert second.token != first.token


async def test_whoever_is_erased_takes_the_address_along(database: Database) -> None:
    def make(unit: Unit) -> tuple[str, ResultPage]:
        person = unit.people.ensure("web", "web", "abc", city="derby").id
        return person, unit.result_pages.open(person)

    person, page = database.write_now(make)

    await database.erase(person)

    assert database.read_now(lambda unit: unit.result_pages.at(page.token)) is None


def test_of_two_chats_that_join_the_kept_address_wins(database: Database) -> None:
    def make(unit: Unit) -> tuple[str, str, str, list[ResultPage]]:
        older = unit.people.ensure("telegram", "b", "1", city="derby").id
        younger = unit.people.ensure("web", "web", "2", city="derby").id
        pages = [
            unit.result_pages.open(older),
            unit.result_pages.open(younger),
            unit.result_pages.open(younger, "s2"),
        ]
        return older, younger, unit.joins.offer(older, "telegram", "b", "1"), pages

    older, younger, offer, pages = database.write_now(make)
    kept = database.write_now(lambda unit: unit.joins.join(offer, younger)).kept.id

    assert kept == older
    found = database.read_now(lambda unit: [unit.result_pages.at(one.token) for one in pages])
    assert [page and page.sitting for page in found] == ["", None, "s2"]
    assert {page.person for page in found if page} == {older}


def test_an_address_has_no_end_of_its_own(database: Database, clock: MovedClock) -> None:
    page = database.write_now(lambda unit: unit.result_pages.open("anna"))

    clock.move(days=4000)
    database.write_now(lambda unit: unit.privacy.sweep())

    assert database.read_now(lambda unit: unit.result_pages.at(page.token)) is not None
