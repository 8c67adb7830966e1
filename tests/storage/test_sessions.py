from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import Conflict
from storage import Database, Unit
from storage.records import Question, SessionState
from tests.support.databases import MovedClock

ACTS = ({"key": "wish", "value": "excel"}, {"key": "place", "value": {"name": "Hulme"}})


def state(session: str = "s1", **fields: object) -> SessionState:
    made = SessionState(session, "anna", "discover", {"version": 1}, ACTS, city="manchester")
    return replace(made, **fields)  # type: ignore[arg-type]  # fields of the record


def save(database: Database, *states: SessionState) -> None:
    def unit_function(unit: Unit) -> None:
        for each in states:
            unit.sessions.save(each)

    database.write_now(unit_function)


def load(database: Database, person: str = "anna") -> list[SessionState]:
    return database.read_now(lambda unit: unit.sessions.load(person))


def test_a_session_comes_back_with_its_log(database: Database, clock: MovedClock) -> None:
    save(database, state())
    [loaded] = load(database)
    assert loaded == state(kept=2, started_at=clock(), touched_at=clock())


def test_acts_are_appended(database: Database, clock: MovedClock) -> None:
    save(database, state())
    [loaded] = load(database)
    clock.move(minutes=1)
    save(database, replace(loaded, acts=(*loaded.acts, {"key": "x", "value": 1})))
    [again] = load(database)
    assert again.acts == (*ACTS, {"key": "x", "value": 1})
    assert (again.started_at, again.touched_at) == (loaded.started_at, clock())


def test_acts_that_were_dropped_are_replaced(database: Database) -> None:
    save(database, state())
    [loaded] = load(database)
    other = {"key": "place", "value": "Moss Side"}
    save(database, replace(loaded, acts=(ACTS[0], other), kept=1))
    assert load(database)[0].acts == (ACTS[0], other)


def test_the_stack_has_its_top_first_and_only_what_is_live(database: Database) -> None:
    save(database, state("low", position=1), state("top", position=2), state("old", position=0))
    until = database.now() + timedelta(days=30)
    database.write_now(lambda unit: unit.sessions.park("low", until))
    database.write_now(lambda unit: unit.sessions.end("old"))
    assert [each.id for each in load(database)] == ["top"]
    parked = database.read_now(lambda unit: unit.sessions.find("low"))
    assert parked is not None
    assert (parked.status, parked.acts, parked.parked_until) == ("parked", ACTS, until)
    ended = database.read_now(lambda unit: unit.sessions.find("old"))
    assert ended is not None
    assert ended.status == "ended"


def test_a_session_never_changes_hands(database: Database) -> None:
    save(database, state())
    with pytest.raises(Conflict):
        save(database, state(person="mallory"))
    assert load(database, "mallory") == []


def test_a_question_is_found_by_its_person_alone(database: Database, clock: MovedClock) -> None:
    asked = Question("nonce", "anna", "s1", "discover", "wish")
    database.write_now(lambda unit: unit.sessions.ask(asked))
    found = replace(asked, asked_at=clock())
    read = database.read_now
    assert read(lambda unit: unit.sessions.question("anna", "nonce")) == found
    assert read(lambda unit: unit.sessions.question("mallory", "nonce")) is None
    assert read(lambda unit: unit.sessions.questions("anna", "s1")) == [found]
