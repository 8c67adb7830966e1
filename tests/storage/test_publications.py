"""Published content: versions in order, drafts apart, bodies kept once and only while named."""

from __future__ import annotations

import zlib

import pytest

from bot.errors import Conflict, NotFound, Refused
from bot.publishing.records import (
    GONE,
    MOST_FILES,
    MOST_VERSIONS,
    NOTHING,
    Draft,
    DraftFile,
    Published,
    digest_of,
)
from storage import Database, Unit
from storage.repositories.publications import packed
from tests.support.databases import MovedClock

MENU, START = "text/menu.yaml", "text/start.yaml"


def _put(database: Database, by: str, **files: str | None) -> Draft:
    bodies = {
        f"text/{name}.yaml": None
        if words is None
        else (digest_of(words.encode()), packed(words.encode()))
        for name, words in files.items()
    }
    return database.write_now(lambda unit: unit.publications.put(by, bodies))


def _publish(database: Database, by: str, seen: int = NOTHING) -> Published:
    draft = database.read_now(lambda unit: unit.publications.draft(by))
    assert draft is not None

    def act(unit: Unit) -> Published:
        made = unit.publications.publish(
            by, "New words", draft.over(unit.publications.current().files), seen
        )
        unit.publications.drop(by, draft.files)
        return made

    return database.write_now(act)


def _words(database: Database, version: Published) -> dict[str, bytes]:
    kept = database.read_now(lambda unit: unit.publications.bodies(version.files.values()))
    return {path: zlib.decompress(kept[one]) for path, one in version.files.items() if one != GONE}


def test_nothing_is_published_at_first(database: Database) -> None:
    current = database.read_now(lambda unit: unit.publications.current())

    assert (current.number, current.files) == (NOTHING, {})
    assert database.read_now(lambda unit: unit.publications.list_latest()) == []


def test_versions_build_on_each_other(database: Database, clock: MovedClock) -> None:
    _put(database, "anna", menu="one", start="hello")
    first = _publish(database, "anna")
    _put(database, "ben", menu="two")
    second = _publish(database, "ben", first.number)

    assert (second.number, second.by, second.at) == (2, "ben", clock.at)
    assert second.changed == (MENU,)
    assert _words(database, second) == {MENU: b"two", START: b"hello"}
    assert _words(database, first)[MENU] == b"one"
    assert database.read_now(lambda unit: unit.publications.list_latest()) == [second, first]
    assert database.read_now(lambda unit: unit.publications.draft("anna")) is None


def test_two_at_once_do_not_publish_over_each_other(database: Database) -> None:
    _put(database, "anna", menu="one")
    _put(database, "ben", menu="two")
    _publish(database, "anna")
    with pytest.raises(Conflict):
        _publish(database, "ben")

    draft = database.read_now(lambda unit: unit.publications.draft("ben"))
    assert draft is not None
    assert draft.files[MENU].was == GONE, "it was begun before the other was published"
    settled = database.write_now(lambda unit: unit.publications.settle("ben", [MENU]))
    assert settled is not None
    assert settled.files[MENU] == DraftFile(digest_of(b"two"), digest_of(b"one"))


def test_a_draft_is_one_person_s_own(database: Database) -> None:
    _put(database, "anna", menu="one")
    _put(database, "ben", start="hello")
    database.write_now(lambda unit: unit.publications.drop("ben", [MENU, START]))

    draft = database.read_now(lambda unit: unit.publications.draft("anna"))
    assert draft is not None
    assert list(draft.files) == [MENU]


def test_a_file_can_be_taken_away_and_brought_back(database: Database) -> None:
    _put(database, "anna", menu="one")
    first = _publish(database, "anna")
    _put(database, "anna", menu=None)
    second = _publish(database, "anna", first.number)
    back = database.write_now(
        lambda unit: unit.publications.publish("ben", "", first.files, 2, back_to=1)
    )

    assert second.files == {MENU: GONE}
    assert (back.number, back.back_to, back.files) == (3, 1, first.files)


def test_bodies_go_when_nothing_names_them(database: Database) -> None:
    _put(database, "anna", menu="typo")
    _put(database, "anna", menu="one", start="other")
    database.write_now(lambda unit: unit.publications.drop("anna", [START]))
    wanted = [digest_of(words) for words in (b"typo", b"one", b"other")]

    kept = database.read_now(lambda unit: unit.publications.bodies(wanted))
    assert list(kept) == [digest_of(b"one")]


def test_old_versions_go_with_what_only_they_held(database: Database) -> None:
    for number in range(MOST_VERSIONS + 1):
        _put(database, "anna", menu=f"words {number}")
        _publish(database, "anna", number)

    kept = database.read_now(lambda unit: unit.publications.list_latest(1_000))
    assert len(kept) == MOST_VERSIONS
    assert database.read_now(lambda unit: unit.publications.find(1)) is None
    lost = digest_of(b"words 0")
    assert database.read_now(lambda unit: unit.publications.bodies([lost])) == {}


def test_a_draft_has_bounds(database: Database) -> None:
    with pytest.raises(Refused):
        _put(database, "anna", **{f"n{number}": "x" for number in range(MOST_FILES + 1)})
    assert database.read_now(lambda unit: unit.publications.draft("anna")) is None


def test_nothing_is_published_that_is_not_kept(database: Database) -> None:
    with pytest.raises(NotFound):
        database.write_now(
            lambda unit: unit.publications.publish("anna", "", {MENU: digest_of(b"lost")}, 0)
        )


def test_a_forgotten_draft_goes(database: Database, clock: MovedClock) -> None:
    _put(database, "anna", menu="one")
    clock.move(days=200)
    database.write_now(lambda unit: unit.privacy.sweep())
    assert database.read_now(lambda unit: unit.publications.draft("anna")) is None
