"""What an employer is told of others in the chat."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.insights.cohorts import MIXED, Cohort, Formed
from bot.people import Person
from bot.questionnaires import GridCell
from bot.work.context import Context, Surroundings
from bot.work.places import Places
from bot.work.reads.comparison import MOST_COMPARED, needs_compared
from storage import Database, Unit
from tests.support.answered_needs import CITY, EMAIL, EXCEL, LEAD, organisation, send
from tests.support.databases import clock, migrated_sqlite, sqlite_database, sqlite_url
from tests.support.told_skills import shipped

__all__ = ["clock", "migrated_sqlite", "sqlite_database", "sqlite_url"]

TODAY = date(2026, 11, 23)


@pytest.fixture
def key(sqlite_database: Database) -> str:
    made = sqlite_database.write_now(organisation)
    cells = (GridCell(EXCEL, 0, 1), GridCell(EMAIL, 0, 3))
    sqlite_database.write_now(lambda unit: send(unit, made, *cells))
    return made


def told(database: Database, key: str, person: str = LEAD) -> Any:
    def look(unit: Unit) -> Any:
        content, catalogue = shipped(), None
        around = Surroundings(content, catalogue, Places(content.cities))  # type: ignore[arg-type]
        now = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/London"))
        who = Person(person, CITY)
        return needs_compared(
            Context(who, CITY, "en", "telegram", "bot", "1", now, unit, around), key
        )

    return database.read_now(look)


def form(database: Database, code: str, sector: str) -> None:
    cohort = Cohort(("digcomp3", code), sector, 6, 9, 15, TODAY)
    database.write_now(lambda unit: unit.insights.add_cohort(CITY, Formed(cohort, ()), {}))


def test_before_enough_answered_there_is_nothing(sqlite_database: Database, key: str) -> None:
    assert told(sqlite_database, key) == []


def test_what_is_most_wanted_comes_first(sqlite_database: Database, key: str) -> None:
    form(sqlite_database, "1.3", MIXED)
    form(sqlite_database, "2.1", "care")
    means = {"now": 1.5, "should": 2.5, "organisations": 6}
    assert told(sqlite_database, key) == [
        {
            "framework": "digcomp3",
            "competence": code,
            "now": 0.0,
            "should": should,
            "sector": sector,
            "city": means,
        }
        for code, should, sector in (("2.1", 3.0, means), ("1.3", 1.0, None))
    ]
    assert MOST_COMPARED >= 2


def test_a_stranger_is_told_nothing(sqlite_database: Database, key: str) -> None:
    form(sqlite_database, "1.3", "care")
    assert told(sqlite_database, key, "eve") == []
    assert told(sqlite_database, "no such one") == []
