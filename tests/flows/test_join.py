from __future__ import annotations

from tests.support.small_city import SmallCity


def test_a_link_for_the_other_channel_is_made_when_asked_for() -> None:
    chat = SmallCity().chat()

    chat.send("/join")
    assert chat.options == ["yes", "no"]
    outcome = chat.choose("yes")

    assert outcome.screen.says[0].links[0].url == "http://127.0.0.1/join/abc"


def test_without_another_channel_nothing_is_offered() -> None:
    chat = SmallCity(joins_to="").chat()

    chat.send("/join")

    assert chat.last.text_id == "menu.ask"


def test_taking_up_a_link_is_confirmed_first() -> None:
    chat = SmallCity().chat()

    chat.send("/start join_good")
    assert chat.last.text_id == "join.confirm"
    assert chat.applied == []
    chat.choose("yes")

    assert [type(effect).__name__ for effect in chat.applied] == ["JoinPerson"]


def test_an_old_link_says_so() -> None:
    chat = SmallCity().chat()
    chat.registry._flows.pop("menu")

    chat.send("/start join_old")
    chat.choose("yes")

    assert chat.said == ["join.used"]
