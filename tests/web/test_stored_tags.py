"""Corrections of skills tags over the database."""

from __future__ import annotations

import pytest

from bot.courses.records import Course
from bot.skills.tagging import Correction, Origin, shipped_rules, tags_of
from bot.web.stored import StoredCatalogue
from bot.web.stored_tags import StoredTagDesk
from storage import Database, Unit
from tests.storage.factories import stored_course
from tests.support.databases import clock, migrated_sqlite, sqlite_database, sqlite_url

__all__ = ["clock", "migrated_sqlite", "sqlite_database", "sqlite_url"]

CITY, HERE, ELSEWHERE = "manchester", ("manchester",), ("derby",)


@pytest.fixture
def eve(sqlite_database: Database) -> str:
    person = sqlite_database.write_now(
        lambda unit: unit.people.ensure("web", "web", "e" * 64, city=CITY, language="en")
    )
    return person.id


@pytest.fixture
def desk(sqlite_database: Database) -> StoredTagDesk:
    course = stored_course("c1", "Excel for work", city=CITY, reference="EXC-1").course
    other = stored_course("c2", "Excel elsewhere", city="derby", reference="EXC-1").course

    def put(unit: Unit) -> None:
        for one in (course, other):
            stored = stored_course(one.id, one.title, city=one.city, reference=one.reference)
            unit.catalogue.put(one.city, "ours", [stored])
            unit.tags.put(one.city, {one.id: tags_of(one)})

    sqlite_database.write_now(put)

    def search(city: str, words: str) -> list[Course]:
        found = sqlite_database.read_now(lambda unit: unit.catalogue.page(city))
        return [one for one in found if words.casefold() in one.title.casefold()]

    return StoredTagDesk(sqlite_database, shipped_rules, search)


async def tags(desk: StoredTagDesk) -> list[tuple[str, int, Origin]]:
    tagged = await desk.course("c1", HERE)
    assert tagged is not None
    return [(tag.competence, tag.level, tag.origin) for tag in tagged.tags]


async def test_a_correction_counts_at_once_and_is_audited(
    sqlite_database: Database, desk: StoredTagDesk, eve: str
) -> None:
    assert [origin for _, _, origin in await tags(desk)] == [Origin.INFERRED]
    before = sqlite_database.read_now(lambda unit: unit.catalogue.stamp(CITY))

    assert await desk.correct("c1", HERE, Correction("1.3", None), eve)
    assert await desk.correct("c1", HERE, Correction("4.1", 3), eve)

    assert await tags(desk) == [("4.1", 3, Origin.STAFF)]
    assert sqlite_database.read_now(lambda unit: unit.catalogue.stamp(CITY)) != before
    listing = await StoredCatalogue(sqlite_database, {}).course("c1")
    assert listing is not None
    assert [tag.competence for tag in listing.tags] == ["4.1"]
    first, second = sqlite_database.read_now(lambda unit: unit.audit.list_latest(CITY, 2))
    assert (first.action, first.subject, dict(first.facts)) == (
        "tags.corrected",
        "c1",
        {"competence": "4.1", "level": "3"},
    )
    assert dict(second.facts) == {"competence": "1.3", "level": ""}
    assert first.actor != eve
    assert sqlite_database.read_now(lambda unit: unit.audit.verify()).is_whole


async def test_undo_brings_back_what_the_text_tells(
    sqlite_database: Database, desk: StoredTagDesk, eve: str
) -> None:
    was = await tags(desk)
    await desk.correct("c1", HERE, Correction("1.3", None), eve)
    tagged = await desk.course("c1", HERE)
    assert tagged is not None
    [standing] = tagged.corrections

    assert await desk.undo("c1", HERE, standing.id, eve)
    assert await tags(desk) == was
    assert not await desk.undo("c1", HERE, standing.id, eve)
    [entry] = sqlite_database.read_now(lambda unit: unit.audit.list_latest(CITY, 1))
    assert entry.action == "tags.undone"


async def test_nothing_of_another_city_is_seen_or_changed(
    sqlite_database: Database, desk: StoredTagDesk, eve: str
) -> None:
    assert await desk.course("c1", ELSEWHERE) is None
    assert await desk.course("c1", ()) is None
    assert not await desk.correct("c1", ELSEWHERE, Correction("1.3", None), eve)
    assert not await desk.correct("none", HERE, Correction("1.3", None), eve)
    await desk.correct("c1", HERE, Correction("1.3", None), eve)
    tagged = await desk.course("c1", HERE)
    assert tagged is not None
    assert not await desk.undo("c1", ELSEWHERE, tagged.corrections[0].id, eve)
    assert not await desk.undo("c2", ELSEWHERE, tagged.corrections[0].id, eve)
    actions = sqlite_database.read_now(lambda unit: unit.audit.list_latest())
    assert [entry.action for entry in actions] == ["tags.corrected"]


async def test_a_withdrawn_course_has_its_correction_when_it_is_back(
    sqlite_database: Database, desk: StoredTagDesk, eve: str
) -> None:
    sqlite_database.write_now(lambda unit: unit.catalogue.withdraw(CITY, ["c1"]))
    tagged = await desk.course("c1", HERE)
    assert tagged is not None
    assert tagged.is_withdrawn
    assert await desk.correct("c1", HERE, Correction("1.3", 4), eve)
    assert await tags(desk) == []


@pytest.mark.parametrize(
    "words",
    ["EXC-1", " EXC-1 ", "c1", "https://bot.example/courses/c1", "/courses/c1?lang=cy", "excel"],
)
async def test_a_course_is_found_by_reference_address_or_words(
    desk: StoredTagDesk, words: str
) -> None:
    assert [one.id for one in await desk.find(words, HERE)] == ["c1"]


async def test_what_is_not_there_is_not_found(desk: StoredTagDesk) -> None:
    for words in ("", "   ", "falconry", "https://bot.example/courses/c2", "c2"):
        assert list(await desk.find(words, HERE)) == [], words
