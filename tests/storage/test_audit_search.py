"""Finding entries of the audit log."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.people import AuditWanted
from storage import Database
from tests.support.databases import MovedClock

TWO = ("manchester", "")


@pytest.fixture
def written(database: Database, clock: MovedClock) -> Database:
    for day, action, actor, subject, city in (
        (1, "staff.granted", "aaaa1111", "", "manchester"),
        (2, "person.exported", "bbbb2222", "aaaa1111", ""),
        (3, "staff.granted", "cccc3333", "", "belfast"),
        (4, "staff.revoked", "aaXa1111", "100%_", "manchester"),
    ):
        clock.at = datetime(2027, 1, day, 23, 59, tzinfo=UTC)
        database.write_now(
            lambda unit, said=(action, actor, subject, city): unit.audit.record(  # type: ignore[misc]
                said[0], actor=said[1], subject=said[2], city=said[3]
            )
        )
    return database


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (AuditWanted(), [4, 2, 1]),
        (AuditWanted(action="staff.granted"), [1]),
        (AuditWanted(who="aaaa"), [2, 1]),
        (AuditWanted(who="aaa"), [4, 2, 1]),
        (AuditWanted(who="100%"), [4]),
        (AuditWanted(who="aa_a"), []),
        (AuditWanted(first=date(2027, 1, 2)), [4, 2]),
        (AuditWanted(first=date(2027, 1, 2), last=date(2027, 1, 2)), [2]),
        (AuditWanted(before=4), [2, 1]),
    ],
)
def test_entries_are_found(written: Database, wanted: AuditWanted, found: list[int]) -> None:
    entries = written.read_now(lambda unit: unit.audit.search(wanted, TWO, 10))

    assert [one.number for one in entries] == found


def test_only_kinds_of_these_cities_are_offered(written: Database) -> None:
    kinds = written.read_now(lambda unit: unit.audit.actions(("manchester",)))

    assert kinds == ["staff.granted", "staff.revoked"]
