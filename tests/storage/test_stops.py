"""Unread answers and faults, on both databases."""

from __future__ import annotations

from datetime import timedelta

from bot.insights.stops import FaultState
from storage import Database, Unit
from tests.support.databases import MovedClock

PLACE = ("derby", "menu", "menu", "KeyError")


def note(database: Database, reference: str, city: str = "derby") -> None:
    database.write_now(lambda unit: unit.stops.note_fault(city, *PLACE[1:], reference))


def test_a_fault_counts_each_chat_once_and_keeps_the_newest_references(
    database: Database, clock: MovedClock
) -> None:
    for reference in ("aaaaaa", "aaaaaa", *(f"{number:06x}" for number in range(6))):
        note(database, reference)
        clock.move(minutes=1)
    [fault] = database.read_now(lambda unit: unit.stops.list_faults(["derby"]))

    assert fault.chats == 7
    assert fault.references == ("000005", "000004", "000003", "000002", "000001")
    assert fault.last_at - fault.first_at == timedelta(minutes=7)
    assert fault.state is FaultState.NEW


def test_a_mended_fault_that_happens_again_is_back(database: Database) -> None:
    note(database, "aaaaaa")
    [fault] = database.read_now(lambda unit: unit.stops.list_faults(["derby"]))

    def mark(unit: Unit, state: FaultState) -> FaultState | None:
        marked = unit.stops.mark(fault.id, ["derby"], state)
        return marked.state if marked else None

    assert database.write_now(lambda unit: mark(unit, FaultState.SEEN)) is FaultState.SEEN
    note(database, "bbbbbb")
    assert database.read_now(lambda unit: unit.stops.list_faults(["derby"]))[0].state == "seen"
    assert database.write_now(lambda unit: mark(unit, FaultState.MENDED)) is FaultState.MENDED
    note(database, "cccccc")
    assert database.read_now(lambda unit: unit.stops.list_faults(["derby"]))[0].state == "back"


def test_faults_of_other_cities_are_not_there(database: Database) -> None:
    note(database, "aaaaaa")
    note(database, "aaaaaa", "swansea")

    def look(unit: Unit) -> tuple[int, bool, bool]:
        own = unit.stops.list_faults(["swansea"])
        found = unit.stops.find_fault("aaaaaa", ["swansea"])
        return (
            len(own),
            found == own[0],
            unit.stops.mark(own[0].id, ["derby"], FaultState.SEEN) is None,
        )

    assert database.write_now(look) == (1, True, True)
    assert database.read_now(lambda unit: unit.stops.find_fault("aaaaaa", ["leeds"])) is None


def test_faults_and_unread_answers_go_when_their_time_is_over(
    database: Database, clock: MovedClock
) -> None:
    note(database, "aaaaaa")
    database.write_now(
        lambda unit: unit.stops.note_unread("anna", "derby", "menu", "menu", "maybe")
    )

    def left(unit: Unit) -> dict[str, int]:
        tables = ("unread_answer", "fault", "fault_reference")
        return {
            name: unit.connection.exec_driver_sql(f"SELECT COUNT(*) FROM {name}").scalar_one()
            for name in tables
        }

    clock.move(days=31)
    database.write_now(lambda unit: unit.privacy.sweep())
    assert database.read_now(left) == {"unread_answer": 0, "fault": 1, "fault_reference": 1}
    clock.move(days=60)
    database.write_now(lambda unit: unit.privacy.sweep())
    assert database.read_now(left) == {"unread_answer": 0, "fault": 1, "fault_reference": 0}
    clock.move(days=90)
    database.write_now(lambda unit: unit.privacy.sweep())
    assert database.read_now(left)["fault"] == 0
