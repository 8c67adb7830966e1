"""An employer tells an opportunity, changes it, sees who said yes, and writes to them once."""

from __future__ import annotations

import pytest

from bot.people import AgeBand
from bot.talent.records import Answer, Shared
from tests.support.invited_people import SHOP
from tests.support.scripted_chat import ScriptedChat
from tests.support.small_city import SmallCity
from tests.support.told_skills import PERSON


@pytest.fixture
def city() -> SmallCity:
    city = SmallCity()
    city.mail.age = AgeBand.ADULT
    return city


def tell(chat: ScriptedChat, kind: str = "job") -> None:
    """Answer everything that is asked of a new one."""
    chat.choose("new")
    chat.choose("go")
    chat.choose(kind)
    chat.send("Shop assistant")
    chat.send("You serve people in our shop and keep the list of what we have.")
    chat.choose("n.0")
    chat.choose("n.2")
    chat.choose("n.1")
    chat.choose("enough")
    chat.choose("there")
    chat.send("Hulme")
    chat.choose("part-time")


def finish(chat: ScriptedChat) -> None:
    chat.choose("any")
    chat.send("2")
    chat.send("20 January 2027")


@pytest.fixture
def chat(city: SmallCity) -> ScriptedChat:
    city.work.employers.unit.employers.add(PERSON, "manchester", {"name": "The Shop"})
    chat = city.chat()
    chat.send("/opportunities")
    return chat


def paid(chat: ScriptedChat) -> None:
    chat.choose("paid")
    chat.send("£13.20 an hour")
    finish(chat)


def the_one(city: SmallCity) -> str:
    [shop] = city.work.employers.unit.employers.list_of(PERSON)
    return city.work.unit.opportunities.list_of(shop.id)[0].id


def approved(city: SmallCity, chat: ScriptedChat) -> str:
    """Tell one, send it and let staff approve it; it is open then."""
    tell(chat)
    paid(chat)
    chat.choose("send")
    city.work.approve(the_one(city))
    chat.send("/opportunities")
    chat.choose("open.1")
    return the_one(city)


def said_yes(city: SmallCity, opportunity: str, person: str, name: str = "Amira") -> None:
    kept = city.work.unit.invited
    kept.share(city.work.invite(opportunity, person), person, Shared("", ("cv",), name))


def test_whoever_has_no_organisation_is_led_to_make_one(city: SmallCity) -> None:
    chat = city.chat()

    chat.send("/opportunities")

    assert chat.session.flow == "employers"
    assert "opportunities.first" in chat.heard


def test_it_is_told_sent_and_waits_for_staff(city: SmallCity, chat: ScriptedChat) -> None:
    tell(chat)
    paid(chat)
    assert chat.last.text_id == "opportunities.one"
    assert chat.options == ["send", "change", "copy", "drop", "back"]
    chat.choose("send")

    found = city.work.unit.opportunities.find(the_one(city))
    assert found is not None
    assert (found.state, found.named, found.draft.people) == ("sent", "The Shop", 2)
    assert [one.code for one in found.draft.skills] == ["digcomp3:1.3:2"]
    assert found.draft.place == "Hulme"
    assert city.work.unit.opportunities.count_waiting(["manchester"]) == 1


def test_a_job_without_pay_is_asked_about_again(city: SmallCity, chat: ScriptedChat) -> None:
    tell(chat)
    chat.choose("unpaid")
    assert chat.said == ["talent.fault.job_unpaid"]
    chat.choose("paid")
    chat.send("a fair wage")
    assert chat.said == ["talent.fault.pay_words"]
    paid(chat)

    assert chat.last.text_id == "opportunities.one"


def test_volunteering_is_not_paid(city: SmallCity, chat: ScriptedChat) -> None:
    tell(chat, "volunteering")
    chat.choose("paid")
    chat.send("£5 an hour")
    assert chat.said == ["talent.fault.volunteering_paid"]
    chat.choose("expenses")
    chat.choose("skip")
    finish(chat)

    found = city.work.unit.opportunities.find(the_one(city))
    assert found is not None
    assert found.draft.pay == "expenses"


def test_any_change_voids_the_approval(city: SmallCity, chat: ScriptedChat) -> None:
    key = approved(city, chat)
    assert chat.options == ["people", "page", "change", "copy", "close", "back"]
    chat.choose("change")
    assert "opportunities.change_voids" in chat.said
    chat.choose("title")
    chat.send("Shop manager")

    assert "opportunities.did.kept_void" in chat.said
    found = city.work.unit.opportunities.find(key)
    assert found is not None
    assert found.live is not None
    assert (found.state, found.live.title, found.draft.title) == (
        "draft",
        "Shop assistant",
        "Shop manager",
    )


def test_before_staff_approved_it_no_count_is_told(city: SmallCity, chat: ScriptedChat) -> None:
    tell(chat)
    paid(chat)
    assert not [one for one in chat.last.values["notes"] if "band" in one.id]
    chat.choose("send")
    city.work.approve(the_one(city))
    chat.send("/opportunities")
    chat.choose("open.1")

    assert "opportunities.band.few" in [one.id for one in chat.last.values["notes"]]


def test_those_who_said_yes_are_seen_and_written_to_once(
    city: SmallCity, chat: ScriptedChat
) -> None:
    key = approved(city, chat)
    city.work.invite(key, "invited-only")
    chat.choose("people")
    assert "opportunities.nobody_yet" in chat.said
    said_yes(city, key, "amira")
    chat.choose("people")
    assert chat.last.text_id == "opportunities.people"
    assert chat.options == ["see.0", "write.0", "back"]
    chat.choose("write.0")
    chat.send("Please ring us on Monday")
    chat.choose("send")

    assert "opportunities.did.written" in chat.said
    assert chat.options == ["see.0", "back"]
    [(told, what)] = city.work.unit.invited.list_news(5, is_night=False)
    assert (told.person, what) == ("amira", "message")


def test_copying_asks_for_new_days_and_throwing_away_is_asked_twice(
    city: SmallCity, chat: ScriptedChat
) -> None:
    approved(city, chat)
    chat.choose("copy")
    assert "opportunities.copied" in chat.said
    assert "opportunities.missing" in [one.id for one in chat.last.values["notes"]]
    assert "send" not in chat.options
    chat.choose("drop")
    chat.choose("no")
    chat.choose("drop")
    chat.choose("yes")

    assert "opportunities.did.dropped" in chat.said
    [left] = city.work.unit.opportunities.list_of(
        city.work.employers.unit.employers.list_of(PERSON)[0].id
    )
    assert left.state == "running"


def test_closing_keeps_those_who_said_yes(city: SmallCity, chat: ScriptedChat) -> None:
    key = approved(city, chat)
    said_yes(city, key, "amira")
    chat.choose("close")
    chat.choose("yes")

    assert chat.options == ["people", "page", "copy", "back"]
    chat.choose("people")
    assert chat.last.text_id == "opportunities.people"


def test_a_page_has_an_address_that_can_be_renewed_and_switched_off(
    city: SmallCity, chat: ScriptedChat
) -> None:
    key = approved(city, chat)
    kept = city.work.unit.opportunities

    chat.choose("page")
    first = kept.find(key)
    chat.choose("new")
    second = kept.find(key)
    assert first is not None
    assert second is not None
    assert first.token != second.token
    assert kept.at(first.token) is None
    chat.choose("off")
    assert kept.at(second.token) is None


def test_what_others_offer_is_not_there(city: SmallCity, chat: ScriptedChat) -> None:
    theirs = city.work.offer(SHOP)
    said_yes(city, theirs, "amira")

    chat.start("opportunities", payload=f"opp_{theirs}_open")

    assert "talent.gone" in chat.said
    kept = city.work.unit.invited.list_shared(theirs)
    assert [one.answer for one in kept] == [Answer.SHARED]
