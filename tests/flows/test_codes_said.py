"""Codes of classes: scanned, asked for, and typed wherever somebody happens to be."""

from __future__ import annotations

import pytest

from bot.people.age import AgeBand
from tests.support.scripted_chat import ScriptedChat
from tests.support.small_city import SmallCity

SAID = "Maple otter 47"
WRONG = "maple otter 48"


def claim(chat: ScriptedChat) -> list[str]:
    assert chat.last.text_id == "my_badges.called"
    chat.send("Amira")
    return chat.said


def test_a_code_is_scanned_and_says_what_it_is_for() -> None:
    city = SmallCity()
    chat = city.chat()
    chat.send("/start claim_maple-otter-47")
    assert chat.last.values == {"name": "Excel for work", "by": "Invented College"}
    assert "my_badges.claim.waiting" in claim(chat)
    assert city.badges.codes.called == ["Amira"]


@pytest.mark.parametrize("first", ["", SAID])
def test_a_newcomers_code_tells_the_city_too(first: str) -> None:
    city = SmallCity(accepted=False, city="")
    chat = city.chat()
    chat.start("start", wish=first)
    assert chat.said == (["start.code_seen"] if first else [])
    chat.choose("english")
    if not first:
        assert chat.last.text_id == "start.city"
        chat.send(SAID)
    assert city.city == "manchester"
    assert "my_badges.claim.waiting" in claim(chat)


def test_a_newcomers_code_typed_at_the_notice_is_read_too() -> None:
    city = SmallCity(accepted=False, city="")
    chat = city.chat()
    chat.start("start")
    chat.send(SAID)
    assert city.city == "manchester"
    assert "my_badges.claim.waiting" in claim(chat)


def test_a_newcomers_code_that_no_city_has_is_a_try_and_then_a_wish() -> None:
    city = SmallCity(accepted=False, city="")
    chat = city.chat()
    chat.start("start")
    chat.choose("english")
    chat.send(WRONG)
    assert chat.last.text_id == "start.city"
    assert city.badges.codes.misses == 1
    chat.choose("derby")
    assert city.requests[-1] == {"text": "maple otter 48"}


def test_who_has_no_badge_hears_that_one_waits_for_a_yes() -> None:
    chat = SmallCity().chat()
    chat.send("/start claim_maple-otter-47")
    claim(chat)
    assert (chat.last.text_id, chat.last.values) == ("my_badges.none_yet", {"count": 1})


def test_a_code_is_asked_for_and_used_without_a_name() -> None:
    city = SmallCity()
    chat = city.chat()
    chat.send("/badges")
    chat.choose("code")
    chat.send(SAID)
    chat.choose("no_name")
    assert "my_badges.claim.waiting" in chat.said
    assert city.badges.codes.called == [""]


def test_a_code_whose_badge_came_says_so() -> None:
    city = SmallCity()
    city.badges.codes.stands = "had"
    chat = city.chat()
    chat.send("/start claim_maple-otter-47")
    assert chat.said == ["my_badges.had"]
    assert not city.badges.codes.called


def test_a_code_of_another_course_is_left_alone() -> None:
    city = SmallCity()
    chat = city.chat()
    chat.send("/start claim_maple-otter-47")
    chat.choose("wrong_code")
    assert chat.said == ["my_badges.not_claimed"]
    assert not city.badges.codes.called


@pytest.mark.parametrize("begin", ["/menu", "/find excel", "/skills", "/badges", "/cv", "/help"])
def test_code_words_are_heard_wherever_no_words_are_asked_for(begin: str) -> None:
    city = SmallCity()
    chat = city.chat()
    chat.send(begin)
    chat.send(SAID)
    assert "my_badges.claim.waiting" in claim(chat)
    assert city.badges.codes.called == ["Amira"]


@pytest.mark.parametrize("begin", ["", "/find"])
def test_code_words_are_heard_where_something_to_learn_is_asked_for(begin: str) -> None:
    chat = SmallCity().chat()
    if begin:
        chat.send(begin)
    chat.send(SAID)
    assert "my_badges.claim.waiting" in claim(chat)


def test_code_words_are_heard_before_anybody_is_known() -> None:
    chat = SmallCity(accepted=False, city="").chat()
    chat.send("/start")
    chat.start("start", wish=SAID)
    chat.choose("english")
    assert "my_badges.claim.waiting" in claim(chat)


def test_a_question_that_wants_words_gets_them() -> None:
    city = SmallCity()
    chat = city.chat()
    chat.start("badges", payload="badges_pledge")
    chat.send(SAID)
    assert chat.last.text_id == "my_badges.pledge_show"
    assert chat.last.values["words"] == SAID
    assert not city.badges.codes.misses


@pytest.mark.parametrize("begin", ["/menu", "/find", "/badges", "/find excel"])
def test_words_that_are_no_code_are_searched_for_and_count_as_a_try(begin: str) -> None:
    city = SmallCity()
    chat = city.chat()
    chat.send(begin)
    chat.send(WRONG)
    assert chat.session.flow == "search"
    assert city.requests[-1]["text"] == WRONG
    assert city.badges.codes.misses == 1


def test_whoever_tries_many_learns_nothing_more() -> None:
    city = SmallCity()
    city.badges.codes.misses = 10
    chat = city.chat()
    for words in (SAID, WRONG):
        chat.send("/menu")
        chat.send(words)
        assert city.requests[-1]["text"] == words.casefold()
    chat.send("/badges")
    chat.choose("code")
    chat.send(SAID)
    assert "badges.code.too_many" in chat.said
    assert not city.badges.codes.called


def test_a_wrong_code_that_was_asked_for_says_what_to_do() -> None:
    city = SmallCity()
    chat = city.chat()
    chat.send("/badges")
    chat.choose("code")
    chat.send("maple oter 47")
    assert "badges.code.unknown" in chat.said
    assert city.badges.codes.misses == 1


def test_children_claim_nothing() -> None:
    city = SmallCity()
    city.badges.context.person.age_band = AgeBand.UNDER_13
    chat = city.chat()
    chat.send("/menu")
    chat.send(SAID)
    assert "badges.under_13" in chat.said
    assert not city.badges.codes.called
