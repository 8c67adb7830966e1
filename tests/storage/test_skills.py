"""Sittings and their answers, on both databases."""

from __future__ import annotations

from typing import Any

from bot.skills.sittings import Feeling, Sitting
from storage import Database, Unit
from storage.repositories.skills import MOST_ANSWERS
from tests.support.databases import MovedClock


def begin(database: Database, person: str = "anna", **fields: Any) -> str:
    """Begin a sitting and return its id."""
    values: dict[str, Any] = {"mode": "areas", "parts": ("1", "4")} | fields
    return database.write_now(
        lambda unit: (
            unit.skills.start(
                person, "derby", "digcomp3", "3.0-1", "content-1", values["mode"], values["parts"]
            ).id
        )
    )


def answer(
    database: Database, sitting: str, item: str, said: int | None, person: str = "anna"
) -> bool:
    return database.write_now(
        lambda unit: unit.skills.record(person, sitting, item, said, "content-1")
    )


def pairs(database: Database, sitting: str, person: str = "anna") -> list[tuple[str, int | None]]:
    return database.read_now(
        lambda unit: [one.pair for one in unit.skills.answers_of(person, sitting)]
    )


def sitting_of(database: Database, sitting: str) -> Sitting:
    found = database.read_now(lambda unit: unit.skills.find_sitting("anna", sitting))
    assert found is not None
    return found


def test_a_sitting_is_kept_with_what_it_is_about(database: Database, clock: MovedClock) -> None:
    sitting = begin(database)
    answer(database, sitting, "1.1.2a", 2)
    found = sitting_of(database, sitting)
    assert (found.framework, found.version, found.mode) == ("digcomp3", "3.0-1", "areas")
    assert (found.parts, found.city, found.content_version) == (("1", "4"), "derby", "content-1")
    assert (found.started_at, found.finished_at, found.count) == (clock(), None, 1)


def test_answers_stay_in_the_order_of_the_questions(database: Database, clock: MovedClock) -> None:
    sitting = begin(database)
    given = [("1.1.2a", 2), ("1.2.3a", None), ("1.3.1a", 0), ("k1.1a", 3)]
    for item, said in given:
        assert answer(database, sitting, item, said)
        clock.move(seconds=5)
    answer(database, sitting, "1.1.2a", 0)
    assert pairs(database, sitting) == [("1.1.2a", 0), *given[1:]]
    newest = database.read_now(lambda unit: unit.skills.list_answers("anna"))[-1]
    assert newest.pair == ("1.1.2a", 0)


def test_the_same_answer_again_changes_nothing(database: Database, clock: MovedClock) -> None:
    sitting = begin(database)
    answer(database, sitting, "1.1.2a", 2)
    [before] = database.read_now(lambda unit: unit.skills.answers_of("anna", sitting))
    clock.move(minutes=5)
    answer(database, sitting, "1.1.2a", 2)
    assert database.read_now(lambda unit: unit.skills.answers_of("anna", sitting)) == [before]


def test_nobody_reads_or_changes_somebody_elses(database: Database) -> None:
    sitting = begin(database)
    answer(database, sitting, "1.1.2a", 2)

    def others(unit: Unit) -> list[object]:
        skills = unit.skills
        return [
            skills.record("mallory", sitting, "1.1.2a", 0, "x"),
            skills.feel("mallory", sitting, "before", Feeling(1, 1)),
            skills.finish("mallory", sitting),
            skills.delete("mallory", sitting),
            skills.find_sitting("mallory", sitting) is not None,
            bool(skills.answers_of("mallory", sitting)),
            bool(skills.list_answers("mallory")),
        ]

    assert database.write_now(others) == [False] * 7
    assert database.read_now(lambda unit: unit.skills.find_sitting("mallory", sitting)) is None
    assert pairs(database, sitting) == [("1.1.2a", 2)]


def test_it_is_finished_and_gone_on_with(database: Database) -> None:
    sitting = begin(database)
    answer(database, sitting, "1.1.2a", 2)
    database.write_now(lambda unit: unit.skills.finish("anna", sitting))
    answer(database, sitting, "1.1.2a", 1)
    found = sitting_of(database, sitting)
    assert found.finished_at is not None
    answer(database, sitting, "1.1.3a", 1)
    found = sitting_of(database, sitting)
    assert found.finished_at is None


def test_feelings_are_kept_before_and_after(database: Database) -> None:
    sitting = begin(database)
    database.write_now(
        lambda unit: (
            unit.skills.feel("anna", sitting, "before", Feeling(2, None)),
            unit.skills.feel("anna", sitting, "after", Feeling(4, 5)),
        )
    )
    found = sitting_of(database, sitting)
    assert (found.before, found.after) == (Feeling(2, None), Feeling(4, 5))


def test_only_sittings_with_answers_are_listed_newest_first(
    database: Database, clock: MovedClock
) -> None:
    first = begin(database)
    answer(database, first, "1.1.2a", 2)
    clock.move(days=30)
    begin(database)
    second = begin(database, mode="quick", parts=())
    answer(database, second, "1.1.2a", 3)
    listed = database.read_now(lambda unit: unit.skills.list_sittings("anna"))
    assert [one.id for one in listed] == [second, first]
    every = database.read_now(lambda unit: unit.skills.list_answers("anna"))
    assert [one.sitting for one in every] == [first, second]


def test_a_deleted_one_can_be_brought_back_for_five_minutes(
    database: Database, clock: MovedClock
) -> None:
    sitting = begin(database)
    answer(database, sitting, "1.1.2a", 2)

    def delete(unit: Unit) -> bool:
        return unit.skills.delete("anna", sitting)

    assert database.write_now(delete)
    assert not database.write_now(delete)
    assert pairs(database, sitting) == []
    assert database.read_now(lambda unit: unit.skills.list_answers("anna")) == []
    assert not answer(database, sitting, "1.1.3a", 2)
    assert not database.write_now(lambda unit: unit.skills.bring_back("mallory", sitting))
    assert database.write_now(lambda unit: unit.skills.bring_back("anna", sitting))
    assert pairs(database, sitting) == [("1.1.2a", 2)]

    database.write_now(delete)
    clock.move(minutes=5, seconds=1)
    swept = database.write_now(lambda unit: unit.privacy.sweep())
    assert (swept["sitting"], swept["sitting_answer"]) == (1, 1)
    assert not database.write_now(lambda unit: unit.skills.bring_back("anna", sitting))


def test_retention_leaves_what_was_not_deleted(database: Database, clock: MovedClock) -> None:
    sitting = begin(database)
    answer(database, sitting, "1.1.2a", 2)
    clock.move(days=700)
    assert "sitting" not in database.write_now(lambda unit: unit.privacy.sweep())
    assert pairs(database, sitting) == [("1.1.2a", 2)]


def test_one_sitting_holds_so_many_answers_and_no_more(database: Database) -> None:
    sitting = begin(database)

    def fill(unit: Unit) -> None:
        for number in range(MOST_ANSWERS):
            assert unit.skills.record("anna", sitting, f"item{number}", 1, "x")

    database.write_now(fill)
    assert not answer(database, sitting, "one too many", 1)
    assert answer(database, sitting, "item7", 3)
