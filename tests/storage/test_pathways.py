"""Followed pathways: several at once, one current, marks, leaving and coming back."""

from datetime import timedelta

import pytest

from bot.skills.pathways import Mark
from storage import Database, Unit
from tests.support.databases import MovedClock

DERBY = "derby"


def add_person(database: Database, chat: str = "1") -> str:
    return database.write_now(lambda unit: unit.people.ensure("web", "b", chat, city=DERBY).id)


def follow(database: Database, person: str, *pathways: str) -> None:
    for pathway in pathways:
        database.write_now(lambda unit, p=pathway: unit.pathways.follow(person, DERBY, p, "1"))  # type: ignore[misc]


def followed(database: Database, person: str) -> list[str]:
    found = database.read_now(lambda unit: unit.pathways.list_followed(person))
    return [one.pathway for one in found]


def mark(database: Database, person: str, pathway: str, step: str, said: Mark) -> None:
    database.write_now(lambda unit: unit.pathways.mark(person, DERBY, pathway, step, said))


def marks(database: Database, person: str) -> dict[str, dict[str, Mark]]:
    return database.read_now(lambda unit: unit.pathways.marks(person))


def test_several_are_followed_and_the_last_chosen_is_current(
    database: Database, clock: MovedClock
) -> None:
    follow(database, "anna", "safe")
    clock.move(minutes=1)
    follow(database, "anna", "work")
    assert followed(database, "anna") == ["work", "safe"]

    clock.move(minutes=1)
    assert database.write_now(lambda unit: unit.pathways.choose("anna", "safe"))
    assert followed(database, "anna") == ["safe", "work"]
    assert followed(database, "ben") == []


def test_following_twice_is_following_once(database: Database, clock: MovedClock) -> None:
    follow(database, "anna", "safe", "work")
    clock.move(days=1)

    is_new = database.write_now(lambda unit: unit.pathways.follow("anna", DERBY, "safe", "2"))
    [first, _] = database.read_now(lambda unit: unit.pathways.list_followed("anna"))

    assert not is_new
    # Nobody is moved to another version without being asked.
    assert (first.pathway, first.version) == ("safe", "1")
    assert first.followed_at == clock() - timedelta(days=1)


def test_a_step_is_marked_and_marked_anew(database: Database) -> None:
    follow(database, "anna", "safe")
    mark(database, "anna", "safe", "lock", "done")
    mark(database, "anna", "safe", "keys", "open")
    assert marks(database, "anna") == {"safe": {"lock": "done", "keys": "open"}}

    mark(database, "anna", "safe", "lock", "open")
    assert marks(database, "anna") == {"safe": {"lock": "open", "keys": "open"}}
    assert marks(database, "ben") == {}


def test_a_left_pathway_comes_back_as_it_was(database: Database) -> None:
    follow(database, "anna", "safe")
    mark(database, "anna", "safe", "lock", "done")

    assert database.write_now(lambda unit: unit.pathways.leave("anna", "safe"))
    assert not database.write_now(lambda unit: unit.pathways.leave("anna", "safe"))
    assert not database.write_now(lambda unit: unit.pathways.choose("anna", "safe"))
    assert not database.write_now(lambda unit: unit.pathways.update("anna", "safe", "2"))
    assert followed(database, "anna") == []

    assert database.write_now(lambda unit: unit.pathways.come_back("anna", "safe"))
    assert not database.write_now(lambda unit: unit.pathways.come_back("anna", "safe"))
    assert not database.write_now(lambda unit: unit.pathways.come_back("anna", "unknown"))
    assert followed(database, "anna") == ["safe"]
    assert marks(database, "anna") == {"safe": {"lock": "done"}}


def test_following_anew_takes_the_version_of_the_day(database: Database) -> None:
    follow(database, "anna", "safe")
    database.write_now(lambda unit: unit.pathways.leave("anna", "safe"))

    assert database.write_now(lambda unit: unit.pathways.follow("anna", DERBY, "safe", "2"))
    [one] = database.read_now(lambda unit: unit.pathways.list_followed("anna"))
    assert one.version == "2"


def test_another_version_is_taken_by_choice(database: Database) -> None:
    follow(database, "anna", "safe")

    assert database.write_now(lambda unit: unit.pathways.update("anna", "safe", "2"))
    [one] = database.read_now(lambda unit: unit.pathways.list_followed("anna"))
    assert one.version == "2"


def test_what_was_left_long_ago_is_forgotten(database: Database, clock: MovedClock) -> None:
    follow(database, "anna", "safe", "work")
    for pathway in ("safe", "work"):
        mark(database, "anna", pathway, "lock", "done")
    database.write_now(lambda unit: unit.pathways.leave("anna", "safe"))

    clock.move(days=396)
    database.write_now(lambda unit: unit.privacy.sweep())

    assert not database.write_now(lambda unit: unit.pathways.come_back("anna", "safe"))
    assert marks(database, "anna") == {"work": {"lock": "done"}}
    assert followed(database, "anna") == ["work"]


@pytest.mark.parametrize("is_left", [False, True])
def test_joining_keeps_what_both_sides_follow(
    database: Database, clock: MovedClock, is_left: bool
) -> None:
    older, younger = add_person(database), add_person(database, "2")
    follow(database, older, "safe", "work")
    follow(database, younger, "safe", "money")
    mark(database, older, "safe", "lock", "done")
    mark(database, younger, "safe", "lock", "open")
    mark(database, younger, "safe", "keys", "done")
    if is_left:
        database.write_now(lambda unit: unit.pathways.leave(older, "safe"))

    def join(unit: Unit) -> str:
        token = unit.joins.offer(younger, "web", "b", "2")
        return unit.joins.join(token, older).kept.id

    kept = database.write_now(join)

    assert kept == older
    # A route that one side still follows stays followed.
    assert sorted(followed(database, kept)) == ["money", "safe", "work"]
    assert marks(database, kept) == {"safe": {"lock": "done", "keys": "done"}}
    assert followed(database, younger) == []
    clock.move(days=396)
    database.write_now(lambda unit: unit.privacy.sweep())
    assert marks(database, kept) == {"safe": {"lock": "done", "keys": "done"}}


def test_a_pathway_is_exported_and_erased(database: Database) -> None:
    person = add_person(database)
    follow(database, person, "safe")
    mark(database, person, "safe", "lock", "done")

    exported = database.read_now(lambda unit: unit.privacy.export(person))
    assert [one["pathway"] for one in exported["followed_pathway"]] == ["safe"]
    assert [(one["step"], one["mark"]) for one in exported["pathway_step"]] == [("lock", "done")]

    database.write_now(lambda unit: unit.privacy.erase(person))
    assert followed(database, person) == []
    assert marks(database, person) == {}
