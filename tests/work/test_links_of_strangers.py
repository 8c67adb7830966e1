"""What a link says of itself to somebody who comes for the first time: its city, and what it is."""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest

from bot.people import Role
from bot.work.reads.people import me
from content.load import Content, load
from storage import Database, Unit
from tests.support.databases import clock, migrated_sqlite, sqlite_database, sqlite_url

__all__ = ["clock", "migrated_sqlite", "sqlite_database", "sqlite_url"]


@cache
def content() -> Content:
    return load(cities={"derby", "glasgow", "swansea"})


def seen(database: Database, payload: str) -> Any:
    """What the start looks up for a stranger in a house of ten cities."""

    def read(unit: Unit) -> Any:
        person = SimpleNamespace(id="eve", has_accepted=False, city="", language="en")
        context: Any = SimpleNamespace(
            unit=unit,
            person=person,
            city="",
            language="en",
            content=content(),
            public_url="https://bot.example",
        )
        return me(context, "", payload)

    return database.read_now(read)


def invited(database: Database, *cities: str) -> str:
    return database.write_now(lambda unit: unit.staff.invite(Role.EDITOR, cities))


def test_an_invitation_to_one_city_brings_it_and_says_what_it_is(sqlite_database: Database) -> None:
    found = seen(sqlite_database, f"invite_{invited(sqlite_database, 'derby')}")
    assert (found["city"], found["invited"]["role"]) == ("derby", "editor")


def test_an_invitation_to_more_cities_leaves_the_choice(sqlite_database: Database) -> None:
    found = seen(sqlite_database, f"invite_{invited(sqlite_database, 'derby', 'glasgow')}")
    assert (found["city"], found["invited"]["role"]) == ("", "editor")


def test_a_chat_that_joins_another_takes_its_city(sqlite_database: Database) -> None:
    def offer(unit: Unit) -> str:
        older = unit.people.ensure("telegram", "bot", "1", city="glasgow")
        return unit.joins.offer(older.id, "telegram", "bot", "1")

    token = sqlite_database.write_now(offer)
    assert seen(sqlite_database, f"join_{token}")["city"] == "glasgow"


def test_a_colleagues_link_names_the_organisation_and_its_city(sqlite_database: Database) -> None:
    def invite(unit: Unit) -> str:
        anna = unit.people.ensure("telegram", "bot", "1", city="swansea").id
        made = unit.employers.add(anna, "swansea", {"name": "Care Ltd"})
        return unit.employers.invite(anna, made.id, "Kitchen")

    found = seen(sqlite_database, f"employers_{sqlite_database.write_now(invite)}")
    assert (found["city"], found["invited"]) == ("swansea", {"organisation": "Care Ltd"})


@pytest.mark.parametrize("payload", ["join_old", "invite_old", "employers_old", "employers", ""])
def test_links_that_lead_nowhere_say_nothing(sqlite_database: Database, payload: str) -> None:
    found = seen(sqlite_database, payload)
    assert (found["city"], found["invited"]) == ("", None)
