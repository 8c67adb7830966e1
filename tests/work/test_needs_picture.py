"""The needs map: for those who answer for the organisation, as it is now."""

from __future__ import annotations

import pytest

from bot.questionnaires import GridCell
from bot.work.pictures import Picture, PictureContext
from bot.work.pictures.needs import needs_map
from storage import Database, Unit
from tests.support.answered_needs import (
    CITY,
    COLLEAGUE,
    EMAIL,
    EXCEL,
    LEAD,
    colleague,
    organisation,
    send,
)
from tests.support.databases import clock, migrated_sqlite, sqlite_database, sqlite_url
from tests.support.drawn_pictures import alt_of, svg_of
from tests.support.told_skills import shipped

__all__ = ["clock", "migrated_sqlite", "sqlite_database", "sqlite_url"]


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    return sqlite_database


@pytest.fixture
def key(database: Database) -> str:
    made = database.write_now(organisation)
    database.write_now(lambda unit: colleague(unit, made))
    database.write_now(lambda unit: send(unit, made, GridCell(EXCEL, 0, 2), people=12))
    return made


def drawn(database: Database, person: str, language: str = "en", **values: str) -> Picture | None:
    content = shipped()

    def draw(unit: Unit) -> Picture | None:
        return needs_map(
            PictureContext(unit, content, language, person, content.cities[CITY], values)
        )

    return database.read_now(draw)


def test_it_shows_what_was_sent(database: Database, key: str) -> None:
    found = drawn(database, LEAD, organisation=key)

    assert found is not None
    assert "Manage information" in svg_of(found)
    assert "12 people" in svg_of(found)
    said = shipped().words.plain(alt_of(found))
    assert "Manage information" in said
    assert "now Not yet, needed Intermediate, 12 people" in said


def test_colleagues_see_the_same_and_what_they_differ_about(database: Database, key: str) -> None:
    database.write_now(
        lambda unit: send(unit, key, GridCell(EXCEL, 1, 3), person=COLLEAGUE, people=12)
    )

    mine, theirs = (drawn(database, one, organisation=key) for one in (LEAD, COLLEAGUE))

    assert mine is not None
    assert mine == theirs
    assert "colleagues do not agree" in shipped().words.plain(alt_of(mine))


@pytest.mark.parametrize("person", ["eve", ""])
def test_a_stranger_sees_nothing(database: Database, key: str, person: str) -> None:
    assert drawn(database, person, organisation=key) is None


def test_who_left_sees_nothing(database: Database, key: str) -> None:
    database.write_now(lambda unit: unit.employers.leave(COLLEAGUE, key))

    assert drawn(database, COLLEAGUE, organisation=key) is None


@pytest.mark.parametrize("values", [{}, {"part": "2"}, {"part": "0"}, {"part": "x"}])
def test_what_is_not_there_is_not_drawn(
    database: Database, key: str, values: dict[str, str]
) -> None:
    named = {"organisation": key} if values else {}

    assert drawn(database, LEAD, **named, **values) is None


def test_nothing_sent_is_no_picture(database: Database) -> None:
    empty = database.write_now(lambda unit: organisation(unit, "cleo"))

    assert drawn(database, "cleo", organisation=empty) is None


def test_each_part_of_a_large_map_is_a_picture(database: Database, key: str) -> None:
    def answer_for_teams(unit: Unit) -> None:
        for at in range(5):
            send(unit, key, GridCell(EMAIL, 0, 1), team=f"Team {at}")

    database.write_now(answer_for_teams)

    first, second = (drawn(database, LEAD, organisation=key, part=str(at)) for at in (1, 2))

    assert first is not None
    assert second is not None
    assert "(2 of 2)" in svg_of(second)
    assert first != second
