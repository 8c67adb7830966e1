"""Complaints: opened, added to, answered, decided; their clock; what is left of them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.errors import NotFound, Refused
from bot.people.complaints import (
    DECIDED_WITHIN,
    LONGEST_WORDS,
    MOST_LINES,
    Backlog,
    Complaint,
    Outcome,
    State,
)
from storage import Database
from tests.support.databases import MovedClock

CITIES = ("manchester",)


def _made(database: Database, words: str = "Nobody answers", who: str = "anna") -> Complaint:
    return database.write_now(lambda unit: unit.complaints.open(who, "manchester", words))


def _found(database: Database, reference: str) -> Complaint | None:
    return database.read_now(lambda unit: unit.complaints.find(reference, CITIES))


def test_a_complaint_is_kept_under_a_reference(database: Database, clock: MovedClock) -> None:
    made = _made(database, " " + "x" * 5_000)
    found = _found(database, made.reference)

    assert found == made
    assert made.reference.startswith("C-")
    assert len(made.lines[0].words) == LONGEST_WORDS
    assert made.due_at == clock.at + DECIDED_WITHIN
    assert database.read_now(lambda unit: unit.complaints.find(made.reference, ("derby",))) is None


def test_it_is_added_to_and_ended_by_its_person_alone(database: Database) -> None:
    made = _made(database)
    with pytest.raises(NotFound):
        database.write_now(lambda unit: unit.complaints.add("mallory", made.id, "no"))
    with pytest.raises(NotFound):
        database.write_now(lambda unit: unit.complaints.withdraw("mallory", made.id))
    added = database.write_now(lambda unit: unit.complaints.add("anna", made.id, "And more"))
    assert [one.words for one in added.lines] == ["Nobody answers", "And more"]
    ended = database.write_now(lambda unit: unit.complaints.withdraw("anna", made.id))
    assert ended.state is State.WITHDRAWN
    with pytest.raises(NotFound):
        database.write_now(lambda unit: unit.complaints.add("anna", made.id, "Too late"))


def test_it_is_answered_and_then_decided(database: Database, clock: MovedClock) -> None:
    made = _made(database)
    told = database.write_now(
        lambda unit: unit.complaints.answer(made.reference, CITIES, "We look into it")
    )
    assert (told.state, told.lines[-1].is_staff) == (State.OPEN, True)
    decided = database.write_now(
        lambda unit: unit.complaints.answer(made.reference, CITIES, "Sorry", Outcome.PUT_RIGHT)
    )
    assert (decided.state, decided.outcome) == (State.CLOSED, Outcome.PUT_RIGHT)
    assert decided.closed_at == clock.at
    with pytest.raises(NotFound):
        database.write_now(lambda unit: unit.complaints.answer(made.reference, CITIES, "Again"))


def test_only_so_many_are_open_and_only_so_long(database: Database) -> None:
    made = [_made(database) for _ in range(3)]
    with pytest.raises(Refused, match="full"):
        _made(database)
    for _ in range(MOST_LINES - 1):
        database.write_now(lambda unit: unit.complaints.add("anna", made[0].id, "x"))
    with pytest.raises(Refused, match="long"):
        database.write_now(lambda unit: unit.complaints.add("anna", made[0].id, "x"))


def test_the_clock_runs_until_it_is_decided(database: Database, clock: MovedClock) -> None:
    made = _made(database)
    assert made.days_left(clock.at) == 30
    clock.at += DECIDED_WITHIN
    assert database.read_now(lambda unit: unit.complaints.backlog(CITIES)) == Backlog(1, 0)
    clock.at += timedelta(seconds=1)
    assert made.days_left(clock.at) < 0
    assert database.read_now(lambda unit: unit.complaints.backlog()) == Backlog(1, 1)
    assert database.read_now(lambda unit: unit.complaints.backlog(("derby",))) == Backlog(0, 0)
    database.write_now(
        lambda unit: unit.complaints.answer(made.reference, CITIES, "Sorry", Outcome.PARTLY)
    )
    assert database.read_now(lambda unit: unit.complaints.backlog()) == Backlog(0, 0)


def test_open_ones_come_by_age_and_closed_ones_newest_first(
    database: Database, clock: MovedClock
) -> None:
    made = []
    for _ in range(3):
        made.append(_made(database))
        clock.move(minutes=1)
    for one in made[:2]:
        database.write_now(lambda unit, it=one.id: unit.complaints.withdraw("anna", it))  # type: ignore[misc]
        clock.move(minutes=1)
    made.append(_made(database))

    def listed(is_open: bool) -> list[str]:
        return database.read_now(
            lambda unit: [one.id for one in unit.complaints.list_of_cities(CITIES, is_open=is_open)]
        )

    assert listed(True) == [made[2].id, made[3].id]
    assert listed(False) == [made[1].id, made[0].id]


def test_what_is_left_when_somebody_is_erased(database: Database) -> None:
    person = database.write_now(lambda unit: unit.people.ensure("web", "web", "a")).id
    waiting = _made(database, "Open words", person)
    decided = _made(database, "Closed words", person)
    database.write_now(
        lambda unit: unit.complaints.answer(decided.reference, CITIES, "No", Outcome.NOT_AGREED)
    )
    while not database.write_now(lambda unit: unit.privacy.erase(person)):
        pass

    assert _found(database, waiting.reference) is None
    left = _found(database, decided.reference)
    assert left is not None
    assert (left.lines, left.outcome) == ((), Outcome.NOT_AGREED)
    assert left.person != person


def test_a_closed_one_goes_after_two_years(database: Database, clock: MovedClock) -> None:
    waiting, ended = _made(database), _made(database)
    database.write_now(lambda unit: unit.complaints.withdraw("anna", ended.id))
    clock.move(days=731)
    while any(database.write_now(lambda unit: unit.privacy.sweep()).values()):
        pass

    assert _found(database, ended.reference) is None
    assert _found(database, waiting.reference) is not None
