"""The pledge: a promise, a card to share, a badge, and news only for who wants it."""

from __future__ import annotations

import pytest

from bot.people import Purpose
from tests.support.small_city import SmallCity
from tests.support.written_to import RUN


def test_a_promise_is_kept_shown_and_rewarded() -> None:
    city = SmallCity()
    chat = city.chat()

    chat.send("/pledge")
    chat.send("I will learn to bake bread")
    assert city.mail.acts.promise == "I will learn to bake bread"
    assert chat.said == ["pledge.kept"]
    assert chat.last.text_id == "pledge.badge_ask"
    chat.choose("quiet")
    assert city.badges.kept.awards[-1].plan == "pledge"
    assert chat.last.text_id == "pledge.news_ask"
    chat.choose("yes")

    assert city.mail.on() == ["news"]


def test_back_takes_the_promise_back() -> None:
    city = SmallCity()
    chat = city.chat()

    chat.send("/pledge")
    chat.send("I will learn to bake bread")
    chat.back()
    chat.send("I will learn Urdu")

    assert city.mail.acts.promise == "I will learn Urdu"


def test_news_are_asked_about_once_and_a_no_is_a_no() -> None:
    city = SmallCity()
    chat = city.chat()

    chat.send("/pledge")
    chat.send("to swim")
    chat.choose("none")
    chat.choose("no")

    assert city.mail.on() == []
    assert city.badges.kept.awards == []


def test_who_hears_news_already_is_not_asked() -> None:
    city = SmallCity()
    city.mail.turn_on(Purpose.NEWS)
    chat = city.chat()

    chat.send("/pledge")
    chat.send("to swim")
    chat.choose("none")

    assert chat.question is None


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("x", "too_short"),
        ("12345", "too_short"),
        ("see www.example.com", "no_links"),
        ("buy at shop.co.uk", "no_links"),
        ("write to @somebody", "no_links"),
        ("call 0161 496 0000", "no_numbers"),
        ("word " * 30, "too_long"),
    ],
)
def test_what_cannot_stand_on_a_card_is_asked_for_again(typed: str, problem: str) -> None:
    city = SmallCity()
    chat = city.chat()

    chat.send("/pledge")
    chat.send(typed)
    assert chat.last.text_id == f"pledge.{problem}"
    chat.send("to learn 3 songs")

    assert city.mail.acts.promise == "to learn 3 songs"


def test_one_can_leave_and_come_back_another_day() -> None:
    city = SmallCity()
    city.mail.acts.promise = "to swim"
    chat = city.chat()

    chat.send("/pledge")
    assert chat.last.text_id == "pledge.again"
    chat.choose("not_now")

    assert city.mail.acts.promise == "to swim"


def test_a_pledge_counts_for_the_message_that_led_to_it() -> None:
    city = SmallCity()
    city.mail.write()
    chat = city.chat()

    chat.send(f"/start pledge_{RUN}")
    chat.send("to swim")

    assert city.mail.acts.done == [("pledge", "", "")]
