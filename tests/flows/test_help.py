from __future__ import annotations

from tests.support.small_city import SmallCity


def test_help_says_how_and_leads_on() -> None:
    chat = SmallCity().chat()

    chat.send("help")
    assert chat.last.text_id == "help.text"
    chat.choose("discover")

    assert chat.last.text_id == "discover.ask_wish"


def test_a_wish_typed_at_help_is_searched_for() -> None:
    chat = SmallCity().chat()

    chat.send("/help")
    chat.send("excel")

    assert chat.last.text_id == "discover.results"
