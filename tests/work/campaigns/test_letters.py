"""A campaign as somebody reads it: who sends it, and one press out of it, whatever was written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.campaigns.content import Button, CampaignContent, Wording
from bot.campaigns.links import number_of
from bot.campaigns.records import Plan
from bot.conversation.messages import Message, Press
from bot.handlers.callbacks import pack
from bot.people import Purpose
from bot.work.campaigns.letters import addresses_of, links_of, message_of, numbered
from storage import Database
from tests.support.run_campaigns import begin, plan
from tests.support.told_skills import shipped
from tests.work.campaigns.grounds import CITY

BUTTONS = (Button("site", "link", "https://city.example/a"), Button("yes-or-maybe", "pledge"))
MANCHESTER = shipped().cities[CITY]


def said(message: Message) -> str:
    return "".join(span.text for span in message.text)


def written(made: Plan, language: str = "en") -> Message:
    return message_of(shipped(), MANCHESTER, made, language)


def test_it_says_who_sends_it_and_how_to_have_no_more() -> None:
    message = written(plan("**Come** along.", *BUTTONS))

    assert (
        said(message) == "Come along.\n\nFrom \u2068Manchester\u2069"
        or said(message) == "Come along.\n\nFrom Manchester"
    )
    assert message.text[0].style == "bold"
    assert [one.id for one in message.choices] == ["site", "yes-or-maybe", "off"]


def test_the_citys_own_name_for_itself_is_used() -> None:
    city = replace_operator("Manchester Adult Education")
    message = message_of(shipped(), city, plan("Hello"), "en")
    assert "Manchester Adult Education" in said(message)


def replace_operator(name: str):  # type: ignore[no-untyped-def]  # a record of content
    return MANCHESTER.model_copy(update={"operator": name})


def test_a_service_message_has_nothing_to_leave() -> None:
    message = written(plan("The class is moved.", kind="service", topic=None))
    assert message.choices == ()


def test_each_reads_it_in_their_language_or_the_first_one() -> None:
    wordings = {"en": Wording("Come"), "ur": Wording("آئیں")}
    made = replace(plan(), content=CampaignContent(wordings))
    assert (said(written(made, "ur"))[:3], written(made, "ur").language) == ("آئی", "ur")
    assert (said(written(made, "cy"))[:4], written(made, "cy").language) == ("Come", "en")


def test_the_picture_goes_with_it() -> None:
    made = replace(plan(), content=replace(plan().content, picture="pledge"))
    (picture,) = written(made).attachments
    assert picture.values == {"source": "campaign", "name": "pledge"}


def test_every_button_fits_what_telegram_carries() -> None:
    longest = Button("a" * 12, "pledge")
    message = numbered(written(plan("Hello", longest)), "f" * 32, 999_999, {})
    for choice in message.choices:
        assert pack(Press(message.nonce, choice.id))


def test_each_delivery_carries_addresses_of_its_own(sqlite_database: Database) -> None:
    made = plan("Look", *BUTTONS)
    run = sqlite_database.write_now(lambda unit: begin(unit, made))
    links = sqlite_database.write_now(lambda unit: links_of(unit, run, made))
    assert links == sqlite_database.write_now(lambda unit: links_of(unit, run, made))

    addresses = addresses_of(links, "https://bot.example", 7)
    message = numbered(written(made), run.id, 7, addresses)

    site, pledge, off = message.choices
    assert site.url.startswith("https://bot.example/go/")
    assert number_of(links["site"], site.url.rpartition("/")[2]) == 7
    assert (pledge.url, off.url) == ("", "")
    assert message.nonce.endswith(f"{run.id}.7")


@pytest.mark.parametrize("topic", [Purpose.NEWS, Purpose.SURVEYS])
def test_words_that_cannot_be_drawn_are_shown_as_they_stand(topic: Purpose) -> None:
    assert said(written(plan("**open {x}", topic=topic))).startswith("**open {x}")
