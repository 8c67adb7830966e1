"""What others are asked to confirm: once, in time, and never of the whole city."""

from __future__ import annotations

import pytest

from bot.errors import NotFound, Refused
from storage import Database
from tests.storage.test_badges import ABOUT, person
from tests.support.databases import MovedClock


def ask(database: Database, who: str) -> str:
    return database.write_now(
        lambda unit: unit.endorsements.ask(
            who, "derby", "informal", ABOUT, called="Library", narrative="I helped six people."
        )[0]
    )


def test_somebody_confirms_once(database: Database) -> None:
    who = person(database)
    token = ask(database, who)
    found = database.read_now(lambda unit: unit.endorsements.find(token))
    assert found is not None
    assert (found.called, found.narrative, found.about) == (
        "Library",
        "I helped six people.",
        ABOUT,
    )

    def answer(is_given: bool) -> str:
        return database.write_now(
            lambda unit: (
                unit.endorsements.answer(
                    token, is_given=is_given, called="Central Library", comment="Seen"
                ).state
            )
        )

    assert answer(True) == "given"
    with pytest.raises(Refused, match=r"badges\.endorsement\.answered"):
        answer(False)
    assert database.read_now(lambda unit: unit.endorsements.find(token)) is None
    (listed,) = database.read_now(lambda unit: unit.endorsements.list_of(who))
    assert (listed.called, listed.comment) == ("Central Library", "Seen")


def test_a_request_ends_and_can_be_taken_back(database: Database, clock: MovedClock) -> None:
    who, other = person(database, "1"), person(database, "2")
    token, second = ask(database, who), ask(database, who)
    request = database.read_now(lambda unit: unit.endorsements.find(second))
    assert request is not None
    with pytest.raises(NotFound):
        database.write_now(lambda unit: unit.endorsements.withdraw(other, request.id))
    database.write_now(lambda unit: unit.endorsements.withdraw(who, request.id))
    with pytest.raises(Refused, match=r"badges\.endorsement\.unknown"):
        database.write_now(lambda unit: unit.endorsements.answer(second, is_given=True))
    clock.move(days=31)
    assert database.read_now(lambda unit: unit.endorsements.find(token)) is None
    with pytest.raises(Refused, match=r"badges\.endorsement\.over"):
        database.write_now(lambda unit: unit.endorsements.answer(token, is_given=True))


def test_who_is_refused_or_not_answered_is_told_once(database: Database, clock: MovedClock) -> None:
    who = person(database)
    for is_given in (True, False):
        answered = ask(database, who)
        database.write_now(
            lambda unit, token=answered, yes=is_given: unit.endorsements.answer(  # type: ignore[misc]
                token, is_given=yes
            )
        )
    ask(database, who)
    (refused,) = database.read_now(lambda unit: unit.endorsements.list_untold())
    assert refused.state == "refused"
    database.write_now(lambda unit: unit.endorsements.mark_told([refused.id]))
    assert database.read_now(lambda unit: unit.endorsements.list_untold()) == []
    clock.move(days=31)
    (silent,) = database.read_now(lambda unit: unit.endorsements.list_untold())
    assert silent.state == "asked"
    database.write_now(lambda unit: unit.endorsements.mark_told([silent.id]))
    assert database.read_now(lambda unit: unit.endorsements.list_untold()) == []


def test_who_confirmed_is_found_by_the_badge(database: Database) -> None:
    who, other = person(database, "1"), person(database, "2")
    token = ask(database, who)
    ask(database, who)
    assert (
        database.read_now(lambda u: u.endorsements.find_given(who, "informal", ABOUT.key)) is None
    )
    database.write_now(lambda unit: unit.endorsements.answer(token, is_given=True, called="Anna"))
    found = database.read_now(lambda u: u.endorsements.find_given(who, "informal", ABOUT.key))
    assert found is not None
    assert found.called == "Anna"
    for asked in (
        (other, "informal", ABOUT.key),
        (who, "in-work", ABOUT.key),
        (who, "informal", "x"),
    ):
        assert database.read_now(lambda u, a=asked: u.endorsements.find_given(*a)) is None  # type: ignore[misc]


def test_requests_that_are_over_hold_nobody_up(database: Database, clock: MovedClock) -> None:
    who = person(database)
    for _ in range(10):
        ask(database, who)
    with pytest.raises(Refused, match=r"badges\.endorsement\.too_many"):
        ask(database, who)
    clock.move(days=31)
    assert ask(database, who)


def test_nobody_can_ask_the_whole_city(database: Database) -> None:
    who = person(database)
    for _ in range(10):
        ask(database, who)
    with pytest.raises(Refused, match=r"badges\.endorsement\.too_many"):
        ask(database, who)
