"""Where people stood in their talks when a week was over, and what was not understood."""

from __future__ import annotations

from datetime import timedelta

from storage import Database, Unit
from storage.records import SessionState
from storage.repositories import releases_sql as sql
from tests.support.databases import START, MovedClock

WITHIN = (START - timedelta(days=1), START + timedelta(days=1))


def talk(unit: Unit, person: str, frontier: str = "", *, is_ended: bool = False) -> None:
    status = "ended" if is_ended else "live"
    frame = {"frontier": frontier, "looks": {}}
    unit.sessions.save(
        SessionState(unit.new_id(), person, "menu", frame, city="derby", status=status)  # type: ignore[arg-type]
    )


def test_everybody_who_began_a_talk_stands_at_its_end_or_at_the_last_open_question(
    database: Database, clock: MovedClock
) -> None:
    def work(unit: Unit) -> None:
        talk(unit, "anna", is_ended=True)
        talk(unit, "anna", "menu")  # came back: whoever once got to the end did
        talk(unit, "ben", "menu", is_ended=True)  # began anew, and left that too
        talk(unit, "ben", "more.123")
        talk(unit, "cem", "more.123")

    database.write_now(work)
    found = database.read_now(lambda unit: unit.releases.count(sql.STOPS, "derby", *WITHIN))

    assert sorted(found) == [("menu", 0, "more.123", 2), ("menu", 1, "", 1)]


def test_whoever_was_not_understood_counts_once_at_each_question(database: Database) -> None:
    def work(unit: Unit) -> None:
        unit.stops.note_unread("anna", "derby", "menu", "menu", "maybe")
        unit.stops.note_unread("anna", "derby", "menu", "menu", "dunno")
        unit.stops.note_unread("anna", "derby", "menu", "more", "")
        unit.stops.note_unread("ben", "derby", "menu", "menu", "maybe")
        unit.stops.note_unread("cem", "leeds", "menu", "menu", "maybe")

    database.write_now(work)
    found = database.read_now(lambda unit: unit.releases.count(sql.UNREAD, "derby", *WITHIN))

    assert sorted(found) == [("menu", "menu", "maybe", 2), ("menu", "more", "", 1)]
