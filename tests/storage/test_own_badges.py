"""What holders do with their badges: deleting one, earning one anew before it ends."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.badges.held import NewAward, SignedBadge
from bot.badges.planning import About
from bot.badges.records import Signed
from bot.errors import NotFound
from content.badges import Stands
from storage import Database, Unit
from tests.support.databases import MovedClock

CITY = "manchester"
ABOUT = About(
    "digcomp3.1.2",
    {"area": "Finding things"},
    (Stands(framework="digcomp3", competence="1.1", level="2"),),
)


def award(unit: Unit, months: int = 12) -> tuple[str, bool]:
    person = unit.people.ensure("telegram", "7", "1", city=CITY).id
    return unit.badges.award(NewAward(person, CITY, "skills-check", ABOUT, months=months))


def sign(unit: Unit) -> None:
    for job in unit.badges.claim(10, unit.now + timedelta(minutes=5)):
        signed = Signed(b'{"a": 1}', "a.b.c", "pair")
        unit.badges.store([SignedBadge(job.id, signed, "skills-check", "1", "en", False)])


def owner(unit: Unit) -> str:
    return unit.people.ensure("telegram", "7", "1", city=CITY).id


def test_a_badge_remembers_what_it_is_about(database: Database) -> None:
    token, _ = database.write_now(award)
    held = database.read_now(lambda unit: unit.badges.find(token))
    assert held is not None
    assert held.what == ABOUT


def test_one_is_deleted_and_says_that_it_is_gone(database: Database) -> None:
    token, _ = database.write_now(award)
    database.write_now(sign)
    database.write_now(lambda unit: unit.badges.erase(owner(unit), token))
    assert database.read_now(lambda unit: unit.badges.find(token)) is None
    assert database.read_now(lambda unit: unit.badges.is_gone(token))
    lists = database.read_now(lambda unit: unit.status_lists.list_due(unit.now))
    assert [len(one.revoked) for one in lists] == [1], "it is revoked as well"
    _, is_new = database.write_now(award)
    assert is_new, "it can be earned again"


def test_nobody_deletes_somebody_elses(database: Database) -> None:
    token, _ = database.write_now(award)

    def by_another(unit: Unit) -> None:
        other = unit.people.ensure("telegram", "7", "2", city=CITY).id
        unit.badges.erase(other, token)

    with pytest.raises(NotFound):
        database.write_now(by_another)
    assert database.read_now(lambda unit: unit.badges.find(token)) is not None


def test_one_that_ends_soon_is_earned_anew_and_once(database: Database, clock: MovedClock) -> None:
    token, _ = database.write_now(award)
    clock.move(days=300)
    assert database.write_now(award) == (token, False)
    clock.move(days=40)
    newer, is_new = database.write_now(award)
    assert is_new
    assert newer != token
    assert database.write_now(award) == (newer, False)
