"""Badges that were taken back, signed anew or not confirmed: their people hear of it once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.badges.planning import About, about_course, about_itself
from bot.people import Grant, Role, Teacher
from bot.work.confirming import Answered, take_answer
from bot.work.confirming import take_back as unsay
from content.load import Content, load
from storage import Database, Unit
from tests.support.databases import (
    MovedClock,
    clock,
    migrated_sqlite,
    sqlite_database,
    sqlite_url,
)
from tests.support.told_badges import BASE, CITY, World, words

__all__ = ["clock", "migrated_sqlite", "sqlite_database", "sqlite_url"]

EXCEL = about_course("excel", "Excel for work", "Invented College", ())
ABSENT = "classes.reason.absent"


@pytest.fixture(scope="module")
def content() -> Content:
    return load(cities=[CITY])


@pytest.fixture
def world(sqlite_database: Database, clock: MovedClock, content: Content) -> World:
    return World(sqlite_database, clock, content)


async def given(world: World, plan: str = "attendance", about: About = EXCEL) -> str:
    """Give a badge that its holder was told of; return its token."""
    token = world.award(plan, about)
    world.sign()
    await world.news.send_due()
    return token


def take_back(world: World, token: str, reason: str = ABSENT) -> None:
    world.database.write_now(lambda unit: unit.badges.revoke(CITY, token, reason))


def ask(world: World, called: str = "Central Library") -> str:
    """Ask somebody to confirm; return the link's token."""
    about = about_itself(world.content.cities[CITY])

    def run(unit: Unit) -> str:
        token, _ = unit.endorsements.ask(
            world.person, CITY, "champion", about, called=called, narrative="I help."
        )
        return token

    return world.database.write_now(run)


def answer(world: World, token: str, *, is_given: bool) -> None:
    answered = Answered(token, is_given)
    world.database.write_now(lambda unit: take_answer(unit, world.content, answered))


async def test_who_loses_a_badge_is_told_why_whom_to_ask_and_how_to_complain(world: World) -> None:
    token = await given(world)
    take_back(world, token)

    assert await world.news.send_due() == 1
    assert await world.news.send_due() == 0

    _, message = world.out()[-1]
    said = words(message)
    assert "Took part: Excel for work was taken back" in said
    assert "They say that you were not there." in said
    assert "holder" not in said
    assert "no longer counts" in said
    assert "Ask Invented College" in said
    complain, *acts = message.choices
    assert complain.url == f"{BASE}/privacy#complain"
    assert [one.id for one in acts] == ["what", "all"]
    assert message.nonce == f"go.badge.{token}"


async def test_a_reason_that_content_no_longer_has_sends_to_the_team(world: World) -> None:
    token = await given(world, "pledge", about_itself(world.content.cities[CITY]))
    take_back(world, token, "gone.from.content")
    await world.news.send_due()
    said = words(world.out()[-1][1])
    assert "Ask the city's team why." in said
    assert "Ask the city's team, who" in said


async def test_who_was_never_told_of_a_badge_is_not_told_that_it_is_gone(world: World) -> None:
    token = world.award("attendance", EXCEL)
    world.sign()
    take_back(world, token)
    assert await world.news.send_due() == 0
    assert not world.out()


async def test_a_badge_that_is_given_again_says_so(world: World) -> None:
    token = await given(world)
    take_back(world, token)
    await world.news.send_due()

    assert await given(world) != token

    said = words(world.out()[-1][1])
    assert "You have this badge again: Took part: Excel for work" in said


async def test_a_badge_signed_anew_for_a_leaked_key_is_told_of_each_time(world: World) -> None:
    await given(world)
    for time in (1, 2):
        world.clock.at += timedelta(days=1)
        world.database.write_now(lambda unit: unit.badges.sign_again(CITY, "pair"))
        assert await world.news.send_due() == 0, "nothing is told before it is signed"
        world.sign()
        assert await world.news.send_due() == 1
        assert await world.news.send_due() == 0
        assert len(world.out()) == 1 + time
        assert "Please save the badge again" in words(world.out()[-1][1])


async def test_a_badge_that_was_never_told_of_is_new_when_it_is_signed_anew(world: World) -> None:
    world.award("attendance", EXCEL)
    world.sign()
    world.database.write_now(lambda unit: unit.badges.sign_again(CITY, "pair"))
    world.sign()
    await world.news.send_due()
    assert "You have a new badge" in words(world.out()[-1][1])


async def test_who_is_confirmed_hears_by_whom_with_the_badge(world: World) -> None:
    answer(world, ask(world), is_given=True)
    assert await world.news.send_due() == 0
    world.sign()
    assert await world.news.send_due() == 1
    said = words(world.out()[-1][1])
    assert "Central Library confirmed what you told." in said
    assert "Digital champion" in said


async def test_who_is_not_confirmed_hears_it_once_and_can_ask_again(world: World) -> None:
    answer(world, ask(world), is_given=False)
    assert await world.news.send_due() == 1
    assert await world.news.send_due() == 0
    _, message = world.out()[-1]
    assert "Central Library did not confirm" in words(message)
    assert (message.nonce, [one.id for one in message.choices]) == ("go.badges", ["champion"])


async def test_who_gets_no_answer_hears_that_the_link_has_ended(world: World) -> None:
    token = ask(world)
    world.clock.at += timedelta(days=29)
    assert await world.news.send_due() == 0
    world.clock.at += timedelta(days=2)
    assert await world.news.send_due() == 1
    assert await world.news.send_due() == 0
    assert "did not answer" in words(world.out()[-1][1])
    assert world.database.read_now(lambda unit: unit.endorsements.find(token)) is None


def unsay_it(world: World, token: str) -> None:
    reason = "my_badges.unconfirmed.untrue"
    world.database.write_now(lambda unit: unsay(unit, world.content, token, reason))


async def test_who_is_confirmed_no_longer_hears_why_and_can_ask_again(world: World) -> None:
    link = ask(world)
    answer(world, link, is_given=True)
    world.sign()
    await world.news.send_due()

    unsay_it(world, link)

    assert await world.news.send_due() == 1
    assert await world.news.send_due() == 0
    _, message = world.out()[-1]
    said = words(message)
    assert "Digital champion was taken back: Central Library no longer confirms it" in said
    assert "The reason: It was not as they first thought." in said
    assert [one.id for one in message.choices if not one.url] == ["again", "what", "all"]


async def test_a_yes_taken_back_before_its_badge_came_is_a_no(world: World) -> None:
    link = ask(world)
    answer(world, link, is_given=True)
    unsay_it(world, link)
    world.sign()
    assert await world.news.send_due() == 1
    assert await world.news.send_due() == 0
    assert "Central Library did not confirm" in words(world.out()[-1][1])


async def test_who_else_confirmed_the_same_stands_in_a_new_badge(world: World) -> None:
    library, club = ask(world), ask(world, "Chess club")
    for link in (library, club):
        answer(world, link, is_given=True)
    world.sign()
    await world.news.send_due()
    assert len(world.out()) == 1, "there is one badge, from who came first"

    unsay_it(world, library)
    world.sign()
    await world.news.send_due()

    told = [words(message) for _, message in world.out()[-2:]]
    assert any("Chess club confirmed what you told." in one for one in told)
    assert any("Central Library no longer confirms it" in one for one in told)
    unsay_it(world, club)
    await world.news.send_due()
    assert "Chess club no longer confirms it" in words(world.out()[-1][1])


def claim(world: World) -> tuple[Teacher, str, str]:
    """Claim with the code of a class; return its teacher, the code and the claim."""

    def run(unit: Unit) -> tuple[Teacher, str, str]:
        made_by = unit.people.ensure("telegram", "7", "2", city=CITY).id
        teacher = Teacher(made_by, frozenset({Grant(Role.PROVIDER, CITY, "Invented College")}))
        code = unit.class_codes.make(
            made_by, CITY, "attendance", EXCEL, lambda: "maple-otter-47",
            course="excel", provider="Invented College",
        )  # fmt: skip
        claimed = unit.class_codes.use(Teacher(world.person, frozenset()), CITY, code.words)
        return teacher, code.id, claimed.id

    return world.database.write_now(run)


def decide(world: World, made: tuple[Teacher, str, str], *, is_approved: bool) -> None:
    teacher, code, one = made
    world.database.write_now(
        lambda unit: unit.class_codes.decide(teacher, code, [one], is_approved=is_approved)
    )


async def test_who_is_refused_in_class_hears_it_once_and_whom_to_ask(world: World) -> None:
    made = claim(world)
    decide(world, made, is_approved=False)
    assert await world.news.send_due() == 0, "whoever teaches may think better of it"
    world.clock.at += timedelta(minutes=10)
    assert await world.news.send_due() == 1
    assert await world.news.send_due() == 0
    _, message = world.out()[-1]
    said = words(message)
    assert "Invented College did not say yes to your badge Took part: Excel for work" in said
    assert "they can still say yes" in said
    complain, earn = message.choices
    assert (complain.url, earn.id, message.nonce) == (
        f"{BASE}/privacy#complain", "earn", "go.badges",
    )  # fmt: skip


async def test_a_no_that_was_thought_better_of_is_never_told(world: World) -> None:
    teacher, code, one = made = claim(world)
    decide(world, made, is_approved=False)
    world.database.write_now(lambda unit: unit.class_codes.reopen(teacher, code, one))
    world.clock.at += timedelta(minutes=10)
    told = await world.news.send_due()
    assert told == len(world.out()) == 0


async def test_who_waits_for_a_week_hears_that_nobody_answered(world: World) -> None:
    made = claim(world)
    world.clock.at += timedelta(days=7)
    await world.news.send_due()
    assert "Invented College has not answered for a week" in words(world.out()[-1][1])
    before = len(world.out())
    assert await world.news.send_due() == 0
    decide(world, made, is_approved=False)
    world.clock.at += timedelta(minutes=10)
    await world.news.send_due()
    assert "did not say yes" in words(world.out()[-1][1])
    assert len(world.out()) == before + 1


async def test_nobody_is_told_who_left(world: World) -> None:
    token = await given(world)
    take_back(world, token)
    answer(world, ask(world), is_given=False)
    before = len(world.out())
    world.database.write_now(lambda unit: unit.contacts.set_reachable("telegram", "7", "1", False))
    assert await world.news.send_due() == 0
    assert len(world.out()) == before
