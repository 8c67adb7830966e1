from __future__ import annotations

import pytest

from tests.support.small_city import SmallCity


@pytest.mark.parametrize(("option", "said"), [("messages", "stop.messages"), ("keep", "stop.kept")])
def test_what_to_stop_is_asked(option: str, said: str) -> None:
    chat = SmallCity().chat()

    chat.send("stop")
    assert chat.last.text_id == "stop.ask"
    chat.choose(option)

    assert chat.said == [said]


def test_leaving_a_question_leads_to_the_menu() -> None:
    chat = SmallCity().chat()

    chat.send("/find")
    chat.send("stop")
    chat.choose("leave")

    assert chat.last.text_id == "menu.ask"
