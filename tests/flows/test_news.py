"""What the city wrote, seen again."""

from __future__ import annotations

from bot.people import Purpose
from tests.support.small_city import SmallCity


def test_who_was_not_written_to_may_choose_messages() -> None:
    chat = SmallCity().chat()

    chat.send("/news")
    assert chat.last.text_id == "citynews.none"
    chat.choose("topics")

    assert chat.last.text_id == "topics.ask"


def test_a_message_is_opened_again_with_its_buttons() -> None:
    city = SmallCity()
    city.mail.turn_on(Purpose.NEWS)
    city.mail.write()
    chat = city.chat()

    chat.send("/news")
    assert chat.last.text_id == "citynews.recent"
    chat.choose("open.0")
    assert chat.said == ["citynews.shown"]
    assert "do.site" not in chat.options
    chat.choose("do.off")

    assert chat.last.text_id == "citynews.left"
    assert city.mail.on() == []


def test_from_the_list_one_chooses_messages() -> None:
    city = SmallCity()
    city.mail.write()
    chat = city.chat()

    chat.send("/news")
    chat.choose("topics")

    assert chat.last.text_id == "topics.ask"
