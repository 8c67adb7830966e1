"""A year after an employer answered, whoever still answers for it is asked what has changed."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

import bot.work.reminders.employers as told
from bot.needs.records import Organisation
from bot.reminders import Once, Reminder
from bot.reminders.kinds import STILL_TRUE
from bot.work.reminders import Due, Lost, Told
from tests.support.asked_employers import CITY, UnitInMemory

TODAY = datetime(2028, 1, 4, 10, tzinfo=UTC)


@pytest.fixture
def unit() -> UnitInMemory:
    return UnitInMemory()


@pytest.fixture
def care(unit: UnitInMemory) -> Organisation:
    return unit.employers.add("anna", CITY, {"name": "Care Ltd"})


def due(unit: Any, organisation: str, person: str = "anna") -> Due:
    rule = Once(TODAY.date(), TODAY.time())
    reminder = Reminder(
        "r", person, CITY, STILL_TRUE, rule, "Europe/London", "web", subject=organisation
    )
    nobody: Any = SimpleNamespace()
    return Due(reminder, nobody, unit, nobody, TODAY)


def test_who_answers_is_asked_and_led_to_the_organisation(
    unit: UnitInMemory, care: Organisation
) -> None:
    found = told.still_true(due(unit, care.id))
    assert isinstance(found, Told)
    assert found.text.id == "employers.still_true"
    assert found.text.values == {"name": "Care Ltd"}
    opens = told._open(due(unit, care.id).reminder)
    assert (opens.flow, opens.args) == ("employers", {"organisation": care.id})
    assert told._about(due(unit, care.id)).values == {"name": "Care Ltd"}


def test_who_left_is_not_asked(unit: UnitInMemory, care: Organisation) -> None:
    unit.employers.leave("anna", care.id)
    assert told.still_true(due(unit, care.id)) == Lost()


def test_nobody_is_asked_about_what_is_others(unit: UnitInMemory, care: Organisation) -> None:
    assert told.still_true(due(unit, care.id, person="eve")) == Lost()
    assert told._about(due(unit, care.id, person="eve")).values == {"name": ""}
