from __future__ import annotations

import pytest

from tests.support.small_city import SmallCity


def test_an_empty_list_leads_to_finding() -> None:
    chat = SmallCity().chat()

    chat.send("/saved")
    assert chat.last.text_id == "saved.none"
    chat.choose("find")

    assert chat.last.text_id == "discover.ask_wish"


def test_a_saved_course_opens_and_can_be_taken_off() -> None:
    city = SmallCity(saved=["excel", "bread"])
    chat = city.chat()

    chat.send("/saved")
    assert chat.last.values["count"] == 2
    chat.choose("open.excel")
    chat.choose("unsave")
    chat.choose("results")

    assert chat.options == ["open.bread", "find"]


def test_a_long_list_comes_in_pages() -> None:
    chat = SmallCity(saved=["excel", "bread", "esol", "walk"]).chat()

    chat.send("/saved")
    assert chat.last.text_id == "saved.page"
    chat.choose("more")

    assert chat.options == ["open.walk", "find"]
    assert chat.last.text_id == "saved.page"


def test_taking_off_the_last_one_leaves_an_empty_list() -> None:
    chat = SmallCity(saved=["excel"]).chat()

    chat.send("/saved")
    chat.choose("open.excel")
    chat.choose("unsave")
    chat.choose("results")

    assert chat.last.text_id == "saved.none"


def test_what_changed_about_a_course_is_shown_until_it_was_seen() -> None:
    city = SmallCity(saved=["excel", "bread"], moved=["bread"])
    chat = city.chat()

    chat.send("/saved")
    assert [len(card.facts) for card in chat.question.cards] == [1, 2]
    chat.choose("open.excel")
    chat.choose("results")

    assert [len(card.facts) for card in chat.question.cards] == [1, 1]


@pytest.mark.parametrize("saved", [[], ["excel"]])
def test_a_wish_typed_at_the_list_is_searched_for(saved: list[str]) -> None:
    chat = SmallCity(saved=saved).chat()

    chat.send("/saved")
    chat.send("baking bread")

    assert chat.last.text_id == "discover.results"
