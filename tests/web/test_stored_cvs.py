"""CVs over the database: by the address that is on, or by the person's own chat, and no other."""

from __future__ import annotations

import pytest

from bot.cv.records import Experience
from bot.web.stored_cvs import StoredCvs
from storage import Database, Unit
from tests.support.databases import clock, migrated_sqlite, sqlite_database, sqlite_url

__all__ = ["clock", "migrated_sqlite", "sqlite_database", "sqlite_url"]

ANNA, BEN = "a" * 64, "b" * 64
CITY = "manchester"


@pytest.fixture
def cvs(sqlite_database: Database) -> StoredCvs:
    return StoredCvs(sqlite_database, "web")


def make(unit: Unit, chat: str) -> str:
    """Make a CV that is on; return its token."""
    person = unit.people.ensure("web", "web", chat, city=CITY).id
    unit.cvs.write(person, CITY, Experience("", f"of {chat[0]}", "d", "l", "caring"))
    return unit.cvs.switch(person, CITY, is_on=True).token


def off(unit: Unit, chat: str) -> None:
    person = unit.people.ensure("web", "web", chat, city=CITY).id
    unit.cvs.switch(person, CITY, is_on=False)


async def test_each_address_shows_one_persons_own(
    sqlite_database: Database, cvs: StoredCvs
) -> None:
    tokens = [sqlite_database.write_now(lambda unit, c=chat: make(unit, c)) for chat in (ANNA, BEN)]  # type: ignore[misc]

    shown = [await cvs.shared(token) for token in tokens]

    assert [one and one.experiences[0].situation for one in shown] == ["of a", "of b"]
    assert await cvs.shared("x" * 22) is None


async def test_off_only_the_chat_of_its_person_sees_it(
    sqlite_database: Database, cvs: StoredCvs
) -> None:
    token = sqlite_database.write_now(lambda unit: make(unit, ANNA))
    sqlite_database.write_now(lambda unit: unit.people.ensure("web", "web", BEN, city=CITY))
    sqlite_database.write_now(lambda unit: off(unit, ANNA))

    own = await cvs.own(ANNA)

    assert await cvs.shared(token) is None
    assert own is not None
    assert own.experiences[0].situation == "of a"
    assert await cvs.own(BEN) is None
    assert await cvs.own("c" * 64) is None
