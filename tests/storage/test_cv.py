"""CVs: off at first, at an address that cannot be guessed, and gone when they are switched off."""

from __future__ import annotations

import pytest

from bot.badges.held import NewAward, SignedBadge
from bot.badges.planning import About
from bot.badges.records import Signed
from bot.cv.records import MOST_EXPERIENCES, Experience
from bot.errors import NotFound
from storage import Database, Unit
from storage.repositories.cv import TOKEN_BYTES
from tests.support.databases import MovedClock

CITY = "manchester"


def experience(situation: str = "My gran was ill", experience: str = "") -> Experience:
    return Experience(experience, situation, "I cared for her", "To stay calm", "caring", "2024")


def badge(unit: Unit, person: str, plan: str = "pledge") -> str:
    """Give a signed badge; return its token."""
    token, _ = unit.badges.award(NewAward(person, CITY, plan, About("x", {})))
    held = unit.badges.get(person, token)
    signed = Signed(document=b"{}", jws="j", keys="1")
    unit.badges.store([SignedBadge(held.id, signed, "a", "1", "en", is_sample=True)])
    return token


def test_it_is_off_until_it_is_switched_on(database: Database) -> None:
    database.write_now(lambda unit: unit.cvs.say("anna", CITY, "name", "Anna"))

    kept = database.read_now(lambda unit: unit.cvs.find("anna"))

    assert kept is not None
    assert not kept.is_on
    assert kept.token == ""
    assert database.read_now(lambda unit: unit.cvs.at("")) is None


def test_switched_off_nobody_finds_it_and_on_again_it_is_where_it_was(database: Database) -> None:
    made = database.write_now(lambda unit: unit.cvs.switch("anna", CITY, is_on=True))
    assert TOKEN_BYTES * 8 >= 128
    assert len(made.token) >= 22
    assert database.read_now(lambda unit: unit.cvs.at(made.token)) == made

    database.write_now(lambda unit: unit.cvs.switch("anna", CITY, is_on=False))
    assert database.read_now(lambda unit: unit.cvs.at(made.token)) is None

    again = database.write_now(lambda unit: unit.cvs.switch("anna", CITY, is_on=True))
    assert again.token == made.token


def test_a_new_address_ends_the_one_before_for_good(database: Database) -> None:
    first = database.write_now(lambda unit: unit.cvs.switch("anna", CITY, is_on=True))

    second = database.write_now(lambda unit: unit.cvs.renew("anna", CITY))

    assert second.is_on
    assert second.token != first.token
    assert database.read_now(lambda unit: unit.cvs.at(first.token)) is None
    assert database.read_now(lambda unit: unit.cvs.at(second.token)) == second


def test_a_new_address_while_it_is_off_leaves_it_off(database: Database) -> None:
    first = database.write_now(lambda unit: unit.cvs.switch("anna", CITY, is_on=True))
    database.write_now(lambda unit: unit.cvs.switch("anna", CITY, is_on=False))

    renewed = database.write_now(lambda unit: unit.cvs.renew("anna", CITY))

    assert not renewed.is_on
    assert renewed.token == ""
    on = database.write_now(lambda unit: unit.cvs.switch("anna", CITY, is_on=True))
    assert on.token != first.token


def test_pages_of_chosen_badges_are_open_while_the_cv_is_on(database: Database) -> None:
    def make(unit: Unit) -> tuple[str, str]:
        mine, open_one = badge(unit, "anna"), badge(unit, "anna", "champion")
        unit.badges.show("anna", open_one, is_shown=True)
        ids = [one.id for one in unit.badges.list_of("anna")]
        unit.cvs.choose("anna", CITY, "badges", ids)
        return mine, open_one

    mine, open_one = database.write_now(make)

    def shown(unit: Unit) -> list[bool]:
        found = (unit.badges.get("anna", mine), unit.badges.get("anna", open_one))
        return [one.is_shown for one in found]

    assert database.read_now(shown) == [False, True], "off: nothing changes"
    database.write_now(lambda unit: unit.cvs.switch("anna", CITY, is_on=True))
    assert database.read_now(shown) == [True, True]
    database.write_now(lambda unit: unit.cvs.switch("anna", CITY, is_on=False))
    assert database.read_now(shown) == [False, True], "what was open before stays open"
    database.write_now(lambda unit: unit.cvs.switch("anna", CITY, is_on=True))
    database.write_now(lambda unit: unit.cvs.choose("anna", CITY, "badges", []))
    assert database.read_now(shown) == [False, True]


def test_an_experience_is_kept_changed_hidden_and_brought_back(
    database: Database, clock: MovedClock
) -> None:
    key = database.write_now(lambda unit: unit.cvs.write("anna", CITY, experience()))
    database.write_now(lambda unit: unit.cvs.write("anna", CITY, experience("Changed", key)))
    database.write_now(lambda unit: unit.cvs.show_experience("anna", key, is_shown=False))

    kept = database.read_now(lambda unit: unit.cvs.list_experiences("anna"))
    assert [(one.situation, one.is_shown) for one in kept] == [("Changed", False)]

    assert database.write_now(lambda unit: unit.cvs.delete_experience("anna", key))
    assert database.read_now(lambda unit: unit.cvs.list_experiences("anna")) == []
    assert database.write_now(lambda unit: unit.cvs.bring_experience_back("anna", key))
    database.write_now(lambda unit: unit.cvs.delete_experience("anna", key))
    clock.move(minutes=6)
    database.write_now(lambda unit: unit.privacy.sweep())
    assert not database.write_now(lambda unit: unit.cvs.bring_experience_back("anna", key))


def test_nobody_touches_somebody_elses_experience(database: Database) -> None:
    key = database.write_now(lambda unit: unit.cvs.write("anna", CITY, experience()))

    with pytest.raises(NotFound):
        database.write_now(lambda unit: unit.cvs.write("ben", CITY, experience("Mine", key)))
    with pytest.raises(NotFound):
        database.write_now(lambda unit: unit.cvs.show_experience("ben", key, is_shown=False))
    assert not database.write_now(lambda unit: unit.cvs.delete_experience("ben", key))
    assert database.read_now(lambda unit: unit.cvs.list_experiences("ben")) == []
    [kept] = database.read_now(lambda unit: unit.cvs.list_experiences("anna"))
    assert kept.situation == "My gran was ill"


def test_there_is_room_for_a_dozen(database: Database) -> None:
    def fill(unit: Unit) -> list[str]:
        return [unit.cvs.write("anna", CITY, experience()) for _ in range(MOST_EXPERIENCES + 1)]

    keys = database.write_now(fill)

    assert all(keys[:-1])
    assert keys[-1] == ""


async def test_whoever_is_erased_takes_it_along(database: Database) -> None:
    def make(unit: Unit) -> tuple[str, str]:
        person = unit.people.ensure("web", "web", "abc", city="derby").id
        unit.cvs.write(person, "derby", experience())
        return person, unit.cvs.switch(person, "derby", is_on=True).token

    person, token = database.write_now(make)
    exported = database.read_now(lambda unit: unit.privacy.export(person))
    assert "My gran was ill" in str(exported)
    assert token not in str(exported)

    await database.erase(person)

    assert database.read_now(lambda unit: unit.cvs.at(token)) is None
    assert database.read_now(lambda unit: unit.cvs.list_experiences(person)) == []


@pytest.mark.parametrize("kept_has_one", [True, False])
def test_of_two_chats_that_join_one_cv_stays(database: Database, *, kept_has_one: bool) -> None:
    def make(unit: Unit) -> tuple[str, str, str, str]:
        older = unit.people.ensure("telegram", "b", "1", city="derby").id
        younger = unit.people.ensure("web", "web", "2", city="derby").id
        mine = badge(unit, younger)
        ids = [one.id for one in unit.badges.list_of(younger)]
        unit.cvs.choose(younger, "derby", "badges", ids)
        unit.cvs.write(younger, "derby", experience())
        token = unit.cvs.switch(younger, "derby", is_on=True).token
        if kept_has_one:
            unit.cvs.say(older, "derby", "interests", "Trains")
        return older, unit.joins.offer(older, "telegram", "b", "1"), younger, f"{token} {mine}"

    older, offer, younger, made = database.write_now(make)
    token, mine = made.split()

    assert database.write_now(lambda unit: unit.joins.join(offer, younger)).kept.id == older

    found = database.read_now(lambda unit: unit.cvs.at(token))
    kept = database.read_now(lambda unit: unit.badges.get(older, mine))
    assert (found is None) is kept_has_one
    assert kept.is_shown is not kept_has_one, "a page that the dropped CV opened is closed with it"
    assert len(database.read_now(lambda unit: unit.cvs.list_experiences(older))) == 1
    assert database.read_now(lambda unit: unit.cvs.find(younger)) is None
