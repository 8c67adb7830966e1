"""What the city wrote, seen again."""

from __future__ import annotations

from dataclasses import replace

import orjson

from bot.campaigns.content import Button, CampaignContent, Wording
from bot.people import Purpose
from tests.support.small_city import SmallCity
from tests.support.written_to import RUN


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


def test_the_longest_addresses_fit_what_a_look_returns() -> None:
    city = SmallCity()
    city.mail.write()
    address = "https://city.example/" + "a" * 178
    links = tuple(Button(f"link-{number}", "link", address) for number in range(8))
    labels = {one.id: "\N{ARABIC LETTER ALEF}" * 24 for one in links}
    content = CampaignContent({"en": Wording("Look", labels)}, links)
    city.mail.plan = replace(city.mail.plan, content=content)

    found = city.chat().reads.look("message_buttons", (RUN, "1"))

    assert len(orjson.dumps(found)) <= 2048
    assert [one[0] for one in found] == ["link-0", "link-1", "link-2", "link-3", "off"]
