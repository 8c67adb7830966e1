"""Badges in older backpacks: put in by their holder, taken out, gone with the badge."""

from __future__ import annotations

import pytest

from bot.badges.emails import hash_email, is_email
from bot.badges.records import HashedEmail
from bot.errors import NotFound
from storage import Database, Unit
from tests.storage.test_own_badges import CITY, award, owner, sign

EMAIL = "Ada@Example.org"


def held(database: Database) -> str:
    token, _ = database.write_now(award)
    database.write_now(sign)
    return token


def put_in(unit: Unit, badge: str, email: HashedEmail | None = None) -> str:
    return unit.backpack.add(owner(unit), badge, email or hash_email(EMAIL)).token


def test_a_badge_is_found_by_an_address_of_its_own(database: Database) -> None:
    badge = held(database)
    token = database.write_now(lambda unit: put_in(unit, badge))
    assert token != badge, "who reads the one does not learn the other"
    found = database.read_now(lambda unit: unit.backpack.find(token))
    assert found is not None
    twin, kept = found
    assert kept.token == badge
    assert is_email(twin.email, "ada@example.ORG ")
    assert database.read_now(lambda unit: unit.backpack.of(kept.id)) == twin


def test_another_address_takes_the_place_of_the_one_before(database: Database) -> None:
    badge = held(database)
    first = database.write_now(lambda unit: put_in(unit, badge))
    other = hash_email("bob@example.org")
    assert database.write_now(lambda unit: put_in(unit, badge, other)) == first
    found = database.read_now(lambda unit: unit.backpack.find(first))
    assert found is not None
    assert found[0].email == other


def test_taken_out_it_is_gone_for_good(database: Database) -> None:
    badge = held(database)
    token = database.write_now(lambda unit: put_in(unit, badge))
    database.write_now(lambda unit: unit.backpack.remove(owner(unit), badge))
    assert database.read_now(lambda unit: unit.backpack.find(token)) is None
    assert database.read_now(lambda unit: unit.badges.is_gone(token))
    assert database.read_now(lambda unit: unit.badges.find(badge)) is not None
    again = database.write_now(lambda unit: put_in(unit, badge))
    assert again != token, "an address that said gone never comes back"


def test_it_goes_with_its_badge(database: Database) -> None:
    badge = held(database)
    token = database.write_now(lambda unit: put_in(unit, badge))
    database.write_now(lambda unit: unit.badges.forget(owner(unit), 10))
    assert database.read_now(lambda unit: unit.backpack.find(token)) is None
    assert database.read_now(lambda unit: unit.badges.is_gone(token))


def test_nobody_puts_in_or_takes_out_somebody_elses(database: Database) -> None:
    badge = held(database)

    def strange(unit: Unit) -> str:
        return unit.people.ensure("telegram", "7", "2", city=CITY).id

    with pytest.raises(NotFound):
        database.write_now(lambda unit: unit.backpack.add(strange(unit), badge, hash_email(EMAIL)))
    database.write_now(lambda unit: put_in(unit, badge))
    with pytest.raises(NotFound):
        database.write_now(lambda unit: unit.backpack.remove(strange(unit), badge))
