"""What is kept about badges and CVs is told, handed over, and gone when it is asked to go."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from bot.badges.addresses import Addresses
from bot.badges.codes import new_words
from bot.badges.emails import hash_email
from bot.badges.planning import about_course, about_itself
from bot.cv.records import Experience
from bot.web.badge_port import Absent, FoundBadge, Hosted
from bot.web.stored_badges import StoredBadges
from bot.web.stored_cvs import StoredCvs
from bot.work.context import Context, Surroundings
from bot.work.places import Places
from bot.work.reads.people import COUNTED, my_data
from bot.work.retention import Retention
from content.load import Content, load
from storage import Database, Unit
from storage.privacy.holdings import HOLDINGS
from storage.tables import badges as badge_tables
from storage.tables import cv as cv_tables
from tests.support.databases import (
    MovedClock,
    clock,
    migrated_sqlite,
    sqlite_database,
    sqlite_url,
)
from tests.support.told_badges import BASE, CITY, World

__all__ = ["clock", "migrated_sqlite", "sqlite_database", "sqlite_url"]

TOLD = {
    *("badge", "badge_twin", "badge_endorsement", "badge_claim", "badge_code"),
    *("cv", "cv_experience"),
}
"""What a person put there; what else is kept about badges belongs to nobody."""


@pytest.fixture(scope="module")
def content() -> Content:
    return load(cities=[CITY])


@pytest.fixture
def world(sqlite_database: Database, clock: MovedClock, content: Content) -> World:
    return World(sqlite_database, clock, content)


class Kept:
    """A person of whom everything is kept that there is about badges and CVs."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.badge = world.pledge()
        world.sign()
        world.database.write_now(self._fill)
        self.works: Any = SimpleNamespace(
            addresses=Addresses(BASE),
            fetch=None,
            pages=SimpleNamespace(ring=None, endorser=None),
            verifying=SimpleNamespace(verify=None),
            records=SimpleNamespace(signed=None),
        )

    def _fill(self, unit: Unit) -> None:
        person, words = self.world.person, self.world.content.code_words
        assert words is not None
        about = about_itself(self.world.content.cities[CITY])
        self.link, _ = unit.endorsements.ask(
            person, CITY, "champion", about, called="Central Library", narrative="I help."
        )
        course = about_course("excel", "Excel", "College")
        unit.class_codes.make(
            person,
            CITY,
            "attendance",
            course,
            lambda: new_words(words, lambda _: 3),
            course="excel",
        )
        unit.class_codes.note_miss(person, CITY)
        unit.cvs.write(person, CITY, Experience("", "I lost my job", "I asked", "To ask", "caring"))
        self.twin = unit.backpack.add(person, self.badge, hash_email("ada@example.org")).token
        held = unit.badges.get(person, self.badge)
        unit.cvs.choose(person, CITY, "badges", [held.id])
        unit.cvs.say(person, CITY, "name", "Amira")
        self.cv = unit.cvs.switch(person, CITY, is_on=True).token

    async def badge_page(self) -> FoundBadge | Absent:
        return await StoredBadges(self.world.database, "web", self.works).at(self.badge, "")

    async def hosted(self) -> Hosted | Absent:
        return await StoredBadges(self.world.database, "web", self.works).hosted(self.twin)

    async def has_cv_page(self) -> bool:
        return await StoredCvs(self.world.database, "web").shared(self.cv) is not None

    def told(self) -> set[str]:
        """The lines of what is kept."""

        def look(unit: Unit) -> Any:
            person = unit.people.get(self.world.person)
            catalogue: Any = None
            content = self.world.content
            around = Surroundings(content, catalogue, Places(content.cities), BASE)
            now = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)
            return my_data(Context(person, CITY, "en", "telegram", "7", "1", now, unit, around))

        return set(COUNTED) & set(json.dumps(self.world.database.read_now(look)).split('"'))

    def export(self) -> dict[str, list[dict[str, Any]]]:
        return self.world.database.read_now(lambda u: u.privacy.export(self.world.person))


def test_every_table_with_something_of_a_persons_is_named_in_their_data() -> None:
    kept = {
        table.__tablename__
        for module in (badge_tables, cv_tables)
        for table in vars(module).values()
        if hasattr(table, "__table__") and _has_owner(str(table.__tablename__))
    }
    labels = {"claim_label"}  # a teacher's own words beside a code that they made
    assert kept - labels == TOLD
    assert set(COUNTED.values()) >= TOLD


def _has_owner(table: str) -> bool:
    holding = HOLDINGS.get(table)
    return holding is not None and bool(holding.person)


def test_all_of_it_is_told_and_handed_over(world: World) -> None:
    kept = Kept(world)
    assert kept.told() >= {name for name, table in COUNTED.items() if table in TOLD}
    export = kept.export()
    assert {table for table in TOLD if export.get(table)} == TOLD
    written = json.dumps(export, default=str)
    assert all(words in written for words in ("Central Library", "I lost my job", "Amira"))
    assert kept.cv not in written, "the address opens the page, so it is not in a file"


async def test_whoever_is_erased_leaves_a_bit_and_an_address_that_says_so(world: World) -> None:
    kept = Kept(world)
    assert isinstance(await kept.badge_page(), FoundBadge), "the CV that is on opens it"
    assert await kept.has_cv_page()

    world.database.write_now(lambda unit: unit.privacy.schedule_erasure(world.person))
    world.clock.at += timedelta(minutes=6)
    assert await Retention(world.database).erase_due() == 1

    assert await kept.badge_page() == Absent(is_gone=True), "410, not 404"
    assert await kept.hosted() == Absent(is_gone=True), "in backpacks too"
    assert not await kept.has_cv_page()
    (due,) = world.database.read_now(lambda unit: unit.status_lists.list_due(unit.now))
    assert len(due.revoked) == 1
    assert world.database.read_now(lambda unit: unit.endorsements.find(kept.link)) is None
    assert not any(kept.export().get(table) for table in TOLD)
