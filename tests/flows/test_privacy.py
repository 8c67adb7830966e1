from __future__ import annotations

import pytest

from tests.support.small_city import SmallCity


@pytest.mark.parametrize(("option", "leads_to"), [("mydata", "menu.ask"), ("forget", "forget.ask")])
def test_seeing_and_deleting_are_one_press_away(option: str, leads_to: str) -> None:
    chat = SmallCity().chat()

    chat.send("/privacy")
    assert chat.last.text_id == "privacy.text"
    chat.choose(option)

    assert chat.last.text_id == leads_to


def test_the_whole_notice_is_a_link() -> None:
    chat = SmallCity().chat()

    chat.send("/privacy")

    assert chat.buttons[2].url == "http://127.0.0.1/privacy"
