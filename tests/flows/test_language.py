from __future__ import annotations

from tests.support.small_city import SmallCity


def test_a_language_is_chosen_by_its_own_name() -> None:
    city = SmallCity()
    chat = city.chat()

    chat.send("/language")
    chat.send("cymraeg")

    assert city.language == "cy"
    assert chat.last.text_id == "menu.ask"
