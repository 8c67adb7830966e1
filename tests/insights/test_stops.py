"""What is kept of a conversation that stopped says nothing of who it was."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.insights.stops import (
    Fault,
    FaultState,
    as_reference,
    fault_id,
    few_words,
    in_order,
    step_of,
)


@pytest.mark.parametrize(
    ("key", "step"),
    [
        ("menu", "menu"),
        ("what.3172843216", "what"),
        ("q.mon.hours.2", "q.mon.hours"),
        ("sure.0199feedfacefeedfacefeedfacefeed", "sure"),
        ("group.123.route", "group.route"),
        ("one.two.three.four", "one.two.three"),
        ("123", "question"),
        ("", ""),
    ],
)
def test_a_step_is_a_question_without_anybodys_numbers(key: str, step: str) -> None:
    assert step_of(key) == step


@pytest.mark.parametrize(
    "typed", ["Maybe", "  not  sure ", "dim yn gwybod", "نہیں جی", "don't know"]
)
def test_a_few_plain_words_are_kept_as_others_type_them(typed: str) -> None:
    assert few_words(typed) == " ".join(typed.casefold().split())


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "M1 1AA",
        "07700 900123",
        "anna@example.org",
        "my name is Anna",
        "https://example.org",
        "Wolverhamptonians-everywhere",
        "four words of mine",
        "/menu",
    ],
)
def test_what_may_tell_of_somebody_is_not_kept(typed: str) -> None:
    assert few_words(typed) == ""


def test_a_reference_is_read_as_people_type_it() -> None:
    assert as_reference(" A1B2C3 ") == "a1b2c3"
    assert as_reference("a1b2c3d4") == as_reference("xyzxyz") == ""


def test_the_same_place_and_way_are_the_same_fault() -> None:
    assert fault_id("derby", "menu", "menu", "KeyError") == fault_id(
        "derby", "menu", "menu", "KeyError"
    )
    assert fault_id("derby", "menu", "menu", "KeyError") != fault_id(
        "derby", "menu", "menumenu", "KeyError"
    )


def test_open_faults_come_before_mended_ones_and_new_before_old() -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)

    def made(key: str, hours: int, state: FaultState) -> Fault:
        at = now - timedelta(hours=hours)
        return Fault(key, "derby", "menu", "menu", "KeyError", at, at, 1, state)

    faults = [
        made("mended", 0, FaultState.MENDED),
        made("old", 9, FaultState.NEW),
        made("back", 3, FaultState.BACK),
    ]
    assert [one.id for one in in_order(faults)] == ["back", "old", "mended"]
