"""What figures are counted from: people, each once, of one city and period; told once."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.insights.sheets import Release
from bot.insights.telling import Told
from storage import Database
from storage.repositories import releases_sql as sql
from storage.statements import Statement
from tests.support.counted_town import CITY, settle

WEEK = (datetime(2027, 1, 4, tzinfo=UTC), datetime(2027, 1, 11, tzinfo=UTC))
MONTH = (datetime(2026, 12, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
LATER = (datetime(2027, 2, 1, tzinfo=UTC), datetime(2027, 3, 1, tzinfo=UTC))
ALL = {name: one for name, one in vars(sql).items() if isinstance(one, Statement)}
RELEASE = Release("people", date(2027, 1, 4), {"": Told(12, {"known": {"new": Told(None)}})})


@pytest.fixture
def town(database: Database) -> Database:
    settle(database, 60)
    return database


def rows(
    database: Database, statement: Statement, within: tuple[datetime, datetime], city: str = CITY
) -> list[tuple[Any, ...]]:
    return database.read_now(lambda unit: unit.releases.count(statement, city, *within))


def test_people_are_counted_once_by_each_way(town: Database) -> None:
    came = rows(town, sql.PEOPLE, WEEK)

    assert sum(row[3] for row in came) == 30
    assert sum(row[3] for row in came if row[0] == "ur") == 15
    assert sum(row[3] for row in came if row[1] == "both") == 6
    assert sum(row[3] for row in came if row[2] == "new") == 10
    assert dict(rows(town, sql.TALKS, WEEK)) == {"discover": 10, "skills_check": 10, "saved": 10}
    assert dict(rows(town, sql.ROUTES, MONTH)) == {"p": 9}
    assert dict(rows(town, sql.STEPS, MONTH)) == {"p": 5}
    _see_checks(town)


def _see_checks(town: Database) -> None:
    changes: Counter[str] = Counter()
    found = rows(town, sql.CHECKS, MONTH)
    for _, _, before, after, count in found:
        changes["first" if before is None else str(int(after) - int(before))] += count

    assert changes == {"first": 10, "-1": 4, "0": 3, "1": 3}
    assert sum(row[4] for row in found if row[0] == "ardwick") == 10
    assert sum(row[4] for row in found if row[0] == "") == 10
    assert {row[1] for row in found} == {0, 1, 2, 3, 4}
    assert {row[0]: row[2] for row in rows(town, sql.LEVELS, MONTH)} == {"1.1": 4}
    assert sum(row[2] for row in rows(town, sql.LEVELS, MONTH)) == 20
    assert sum(row[4] for row in rows(town, sql.FEELINGS, MONTH)) == 20


def test_what_was_looked_for_saved_and_answered_is_read(town: Database) -> None:
    unmet = town.read_now(lambda unit: list(unit.releases.list_sought("unmet", CITY, *WEEK)))
    watched = town.read_now(lambda unit: list(unit.releases.list_sought("watched", CITY, *WEEK)))
    saved = town.read_now(lambda unit: unit.releases.list_saved(CITY, *WEEK))
    told = town.read_now(lambda unit: list(unit.releases.list_evaluations(CITY, *MONTH)))

    assert (len(unmet), len(watched), len(saved), len(told)) == (6, 4, 12, 8)
    assert unmet[0][1]["text"] == "welding"
    assert {str(value) for one in told for value in one.answers.values()} == {"no"}


def test_other_cities_and_other_times_have_nothing(town: Database) -> None:
    for name, statement in ALL.items():
        assert rows(town, statement, WEEK, "belfast") == [], name
        assert rows(town, statement, LATER) == [], name


def test_what_was_told_once_is_never_told_otherwise(database: Database) -> None:
    other = Release("people", date(2027, 1, 4), {"": Told(99)})

    assert database.write_now(lambda unit: unit.releases.add(CITY, RELEASE))
    assert not database.write_now(lambda unit: unit.releases.add(CITY, other))
    assert database.read_now(lambda unit: unit.releases.list_of(CITY, date(2027, 1, 4))) == [
        RELEASE
    ]
    assert database.read_now(lambda unit: unit.releases.list_of(CITY, date(2027, 1, 5))) == []
    assert database.read_now(lambda unit: unit.releases.list_of("belfast", date(2020, 1, 1))) == []
    told = database.read_now(lambda unit: unit.releases.list_days(CITY))
    assert told == {("people", date(2027, 1, 4))}


def told_since(database: Database, day: date, city: str = CITY) -> list[Release]:
    return database.read_now(lambda unit: unit.releases.list_of(city, day))


def test_periods_are_in_order(database: Database) -> None:
    for weeks in (2, 0, 1):
        one = Release("people", date(2027, 1, 4) + timedelta(weeks=weeks), {})
        database.write_now(lambda unit, one=one: unit.releases.add(CITY, one))  # type: ignore[misc]
    found = database.read_now(lambda unit: unit.releases.list_of(CITY, date(2027, 1, 1)))

    assert [one.starts_on.day for one in found] == [4, 11, 18]
