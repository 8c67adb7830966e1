from __future__ import annotations

import pytest

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


@pytest.mark.parametrize(
    ("option", "flow"),
    [("pathways", "pathways"), ("worth", "worth"), ("reminders", "reminders")],
)
def test_what_it_names_is_one_press_away(option: str, flow: str) -> None:
    chat = SmallCity().chat()

    chat.send("/help")
    chat.choose(option)

    assert chat.session is not None
    assert chat.session.flow == flow
