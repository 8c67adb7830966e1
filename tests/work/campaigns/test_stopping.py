"""All that goes out, looked at and stopped from the chat."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from bot.campaigns.effects import LetGoOn, StopEverything
from bot.errors import Refused
from bot.people import Grant, Role, Teacher
from bot.work.effects.sending import let_go_on, stop_all
from bot.work.reads.sending import staff_sending
from storage import Database, Unit
from tests.support.run_campaigns import run_for
from tests.support.told_skills import shipped

EDITOR = Grant(Role.EDITOR, "manchester")


def context(unit: Unit, *grants: Grant) -> Any:
    person = unit.people.ensure("web", "web", "e", city="manchester")
    teacher = Teacher(person.id, frozenset(grants))
    return SimpleNamespace(unit=unit, person=person, teacher=teacher, content=shipped())


def test_an_editor_stops_it_and_lets_it_go_on(sqlite_database: Database) -> None:
    def stop(unit: Unit) -> Any:
        stop_all(context(unit, EDITOR), StopEverything("wrong_words"))
        return staff_sending(context(unit, EDITOR))

    found = sqlite_database.write_now(stop)
    assert (found["stopped"], found["reason"]) == (True, "the words are wrong")

    def go_on(unit: Unit) -> Any:
        let_go_on(context(unit, EDITOR), LetGoOn())
        return unit.campaigns.stopped(), [one.action for one in unit.audit.list_latest()]

    assert sqlite_database.write_now(go_on) == (None, ["outbound.resumed", "outbound.stopped"])


@pytest.mark.parametrize("role", [Role.ANALYST, Role.LIAISON, Role.PROVIDER])
def test_others_neither_see_nor_stop_it(sqlite_database: Database, role: Role) -> None:
    grant = Grant(role, "manchester")

    def refused(unit: Unit) -> Any:
        with pytest.raises(Refused):
            stop_all(context(unit, grant), StopEverything("fault"))
        with pytest.raises(Refused):
            let_go_on(context(unit, grant), LetGoOn())
        return staff_sending(context(unit, grant)), unit.campaigns.stopped()

    found, stop = sqlite_database.write_now(refused)
    assert (found["may"], found["runs"], stop) == (False, [], None)


def test_a_reason_that_nobody_offers_stops_nothing(sqlite_database: Database) -> None:
    def stop(unit: Unit) -> Any:
        with pytest.raises(Refused):
            stop_all(context(unit, EDITOR), StopEverything("<b>"))
        return unit.campaigns.stopped()

    assert sqlite_database.write_now(stop) is None


@pytest.mark.parametrize(("city", "count"), [("manchester", 1), ("", 1), ("belfast", 0)])
def test_only_runs_of_their_own_cities_are_told(
    sqlite_database: Database, city: str, count: int
) -> None:
    run_for(sqlite_database, 2)
    found = sqlite_database.write_now(
        lambda unit: staff_sending(context(unit, Grant(Role.EDITOR, city)))
    )
    assert len(found["runs"]) == count
    assert all(
        (one["state"], one["done"], one["size"]) == ("running", 0, 2) for one in found["runs"]
    )
