"""Claims whose learners have to be told how they stand, and the city of a newcomer's code."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from bot.badges.held import Claim
from storage import Database, Unit
from tests.storage.test_badge_claims import COURSE, learner, make_code, teacher, words
from tests.storage.test_badges import person
from tests.support.databases import MovedClock


def test_learners_whom_nobody_helped_are_found_until_they_are_told(
    database: Database, clock: MovedClock
) -> None:
    provider, ann, bob = (person(database, chat) for chat in "123")
    code = make_code(database, provider)
    claims = [database.write_now(partial(use, who=who)).id for who in (ann, bob)]
    assert database.read_now(lambda unit: unit.class_codes.count_waiting_of(ann)) == 1
    hour, week = timedelta(hours=1), timedelta(days=7)

    def unhelped() -> list[str]:
        return [
            one.id
            for one in database.read_now(
                lambda unit: unit.class_codes.list_unhelped(hour, week, 10)
            )
        ]

    def refuse(claim: str) -> None:
        database.write_now(
            lambda unit: unit.class_codes.decide(
                teacher(provider), code, [claim], is_approved=False
            )
        )

    refuse(claims[0])
    assert database.read_now(lambda unit: unit.class_codes.count_waiting_of(ann)) == 0
    assert not unhelped(), "whoever refused may think better of it"
    clock.at += hour
    assert unhelped() == [claims[0]]
    database.write_now(lambda unit: unit.class_codes.mark_told([claims[0]]))
    assert not unhelped()

    database.write_now(lambda unit: unit.class_codes.reopen(teacher(provider), code, claims[0]))
    clock.at += week
    assert unhelped() == claims, "both have waited for long"
    database.write_now(lambda unit: unit.class_codes.mark_told(claims))
    refuse(claims[0])
    clock.at += hour
    assert unhelped() == [claims[0]], "a no after a long wait is told too"


def use(unit: Unit, *, who: str) -> Claim:
    return unit.class_codes.use(learner(who), "derby", "maple-otter-10")


def test_the_city_of_open_code_words_is_found_where_it_is_the_only_one(
    database: Database, clock: MovedClock
) -> None:
    provider = person(database, "1")
    code = make_code(database, provider)
    token = database.read_now(lambda unit: unit.class_codes.get(teacher(provider), code)).token

    def found(typed: str, *cities: str) -> str:
        served = cities or ("bristol", "derby")
        return database.read_now(lambda unit: unit.class_codes.find_city(served, typed))

    assert found("Maple Otter 10") == found(token) == "derby"
    assert not found("maple otter 11")
    assert not found("maple otter 10", "bristol"), "that city is not served"
    database.write_now(
        lambda unit: unit.class_codes.make(
            provider, "bristol", "attendance", COURSE, words(), course="course-1"
        )
    )
    assert not found("maple otter 10"), "two cities have these words"
    clock.at += timedelta(hours=13)
    assert not found(token), "its time is over"
