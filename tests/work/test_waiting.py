"""What waits is told to whoever may decide about it, in their own cities."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from bot.insights.stops import FaultState
from bot.people import Grant, Role, Teacher
from bot.work.reads.waiting import staff_waiting
from storage import Database, Unit
from tests.support.databases import clock, migrated_sqlite, sqlite_database, sqlite_url
from tests.support.run_campaigns import plan

__all__ = ["clock", "migrated_sqlite", "sqlite_database", "sqlite_url"]

CITIES = {"manchester": None, "derby": None}


def asked(unit: Unit, *grants: Grant) -> dict[str, tuple[int, int]]:
    person = unit.people.ensure("web", "web", "staff", city="manchester")
    around: Any = SimpleNamespace(
        unit=unit,
        person=person,
        teacher=Teacher(person.id, frozenset(grants)),
        content=SimpleNamespace(cities=CITIES),
    )
    return {one["kind"]: (one["count"], one["late"]) for one in staff_waiting(around)}


@pytest.fixture
def town(sqlite_database: Database) -> Database:
    """A complaint, a report, a fault and two campaigns that wait in Manchester."""

    def work(unit: Unit) -> None:
        anna = unit.people.ensure("web", "web", "anna", city="manchester")
        staff = unit.people.ensure("web", "web", "staff", city="manchester")
        unit.complaints.open(anna.id, "manchester", "Nobody answers")
        unit.stops.note_fault("manchester", "menu", "menu", "KeyError", "a1b2c3")
        for author in ("somebody", unit.people.reference_of(staff.id)):
            made = unit.campaigns.add("manchester", "Open day", plan(), author)
            unit.campaigns.set_state(made.id, "waiting", was=["draft"])

    sqlite_database.write_now(work)
    return sqlite_database


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        (Role.LIAISON, {"complaints"}),
        (Role.APPROVER, {"approvals"}),
        (Role.EDITOR, {"faults"}),
        (Role.ANALYST, set()),
        (Role.PROVIDER, set()),
        (Role.ADMIN, {"complaints", "approvals", "faults"}),
    ],
)
def test_each_role_hears_of_what_it_decides(town: Database, role: Role, kinds: set[str]) -> None:
    own = town.write_now(lambda unit: asked(unit, Grant(role, "manchester")))
    other = town.write_now(lambda unit: asked(unit, Grant(role, "derby")))

    assert set(own) == kinds
    assert other == {}


def test_nobody_is_asked_to_approve_their_own(town: Database) -> None:
    found = town.write_now(lambda unit: asked(unit, Grant(Role.APPROVER, "manchester")))

    assert found["approvals"] == (1, 0)


def test_what_is_overdue_is_told_apart(town: Database, clock: Any) -> None:
    clock.move(days=31)
    found = town.write_now(lambda unit: asked(unit, Grant(Role.LIAISON, "manchester")))

    assert found["complaints"] == (1, 1)


def test_what_was_dealt_with_waits_no_more(town: Database) -> None:
    def work(unit: Unit) -> dict[str, tuple[int, int]]:
        [fault] = unit.stops.list_faults(["manchester"])
        unit.stops.mark(fault.id, ["manchester"], FaultState.SEEN)
        return asked(unit, Grant(Role.EDITOR, "manchester"))

    assert town.write_now(lambda unit: asked(unit, Grant(Role.EDITOR, "manchester"))) == {
        "faults": (1, 0)
    }
    assert town.write_now(work) == {}
