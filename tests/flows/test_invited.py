"""An invitation: answered under its message or later, shared with care, reported, taken back."""

from __future__ import annotations

from typing import Any

import pytest

from bot.conversation.routing import STARTS
from bot.people import AgeBand, Purpose
from tests.support.invited_people import SHOP
from tests.support.scripted_chat import ScriptedChat
from tests.support.small_city import SmallCity

PERSON = "person-1"


@pytest.fixture
def city() -> SmallCity:
    city = SmallCity()
    city.mail.age = AgeBand.ADULT
    city.mail.turn_on(Purpose.WORK_JOB, Purpose.WORK_VOLUNTEERING)
    return city


def invited(city: SmallCity) -> tuple[ScriptedChat, str, str]:
    opportunity = city.work.offer(SHOP)
    return city.chat(), opportunity, city.work.invite(opportunity)


def press(chat: ScriptedChat, invitation: str, act: str) -> None:
    """Press a button under the message that came."""
    chat.press_nonce(f"{STARTS}inv.{invitation}", act)


def seen(city: SmallCity, opportunity: str) -> list[Any]:
    """Return what the employer is given of those who said yes."""
    return [one.shared for one in city.work.unit.invited.list_shared(opportunity)]


def test_more_tells_all_of_it_and_why(city: SmallCity) -> None:
    chat, _, invitation = invited(city)

    press(chat, invitation, "more")

    assert chat.last.text_id == "work_invites.one"
    [because] = chat.last.values["because"]
    assert because.id == "talent.because.told"
    assert chat.options == ["yes", "later", "no", "stop", "report", "done"]


def test_yes_shows_what_the_employer_will_see_before_it_does(city: SmallCity) -> None:
    chat, opportunity, invitation = invited(city)
    city.cv.kept.award("Promise to learn")

    press(chat, invitation, "yes")
    assert chat.last.text_id == "work_invites.ask_part"
    chat.choose("badges")
    chat.send("Amira")
    chat.choose("bot")
    assert chat.last.text_id == "work_invites.sure"
    assert [one.id for one in chat.last.values["lines"]] == [
        "work_invites.sees.badges",
        "work_invites.sees.name",
        "work_invites.sees.no_contact",
    ]
    assert seen(city, opportunity) == []
    chat.choose("share")

    [shared] = seen(city, opportunity)
    assert (shared.parts, shared.name, shared.contact) == (("badges",), "Amira", "")
    assert len(shared.token) >= 22
    assert "work.shared" in city.work.unit.recorded


def test_a_yes_that_is_not_confirmed_shares_nothing(city: SmallCity) -> None:
    chat, opportunity, invitation = invited(city)

    press(chat, invitation, "yes")
    chat.choose("none")
    chat.send("0161 496 0000")
    chat.choose("not")

    assert "work_invites.not_shared" in chat.said
    assert seen(city, opportunity) == []


def share(chat: ScriptedChat, invitation: str) -> None:
    press(chat, invitation, "yes")
    chat.choose("none")
    chat.choose("bot")
    chat.choose("share")


def test_what_was_shared_is_changed_at_a_new_address_and_taken_back(city: SmallCity) -> None:
    chat, opportunity, invitation = invited(city)
    share(chat, invitation)
    [before] = seen(city, opportunity)
    chat.choose("change")
    chat.send("Amira")
    chat.send("amira@example.org")
    chat.choose("share")

    [after] = seen(city, opportunity)
    assert (after.name, after.contact) == ("Amira", "amira@example.org")
    assert after.token != before.token
    chat.choose("take_back")
    assert seen(city, opportunity) == []
    assert "work.taken_back" in city.work.unit.recorded
    assert "yes" in chat.options


@pytest.mark.parametrize("answer", ["no", "later"])
def test_no_and_not_now_can_be_undone(city: SmallCity, answer: str) -> None:
    chat, opportunity, invitation = invited(city)
    kept = city.work.unit.invited

    press(chat, invitation, answer)
    found = kept.find(invitation, PERSON)
    assert found is not None
    assert found.answer.value == answer
    chat.choose("undo")

    again = kept.find(invitation, PERSON)
    assert again is not None
    assert again.answer.value == ""
    assert seen(city, opportunity) == []


def test_one_press_stops_this_kind_and_no_other(city: SmallCity) -> None:
    chat, _, invitation = invited(city)

    press(chat, invitation, "stop")
    assert city.work.kinds() == ["volunteering"]
    chat.choose("undo")

    assert city.work.kinds() == ["job", "volunteering"]


def test_misuse_is_reported_to_staff_with_a_reference(city: SmallCity) -> None:
    chat, opportunity, invitation = invited(city)

    press(chat, invitation, "more")
    chat.choose("report")
    chat.choose("money")
    chat.send("They want £50 before I start")

    assert "work_invites.reported" in chat.said
    [report] = city.work.unit.misuse.list_open(["manchester"])
    assert (report.opportunity, report.why) == (opportunity, "money")
    assert report.words == "They want £50 before I start"


def test_what_is_over_or_changed_shares_nothing(city: SmallCity) -> None:
    chat, opportunity, invitation = invited(city)
    press(chat, invitation, "yes")
    chat.choose("none")
    chat.choose("bot")
    city.work.unit.opportunities.take_back(opportunity, "somebody-else")
    chat.choose("share")

    assert "talent.closed" in chat.said
    assert seen(city, opportunity) == []
    assert chat.options == ["stop", "report", "done"]


def test_somebody_who_is_no_adult_shares_nothing(city: SmallCity) -> None:
    chat, opportunity, invitation = invited(city)
    city.mail.age = AgeBand.FROM_13_TO_17

    press(chat, invitation, "yes")
    assert chat.last.text_id == "work_invites.adult_ask"
    chat.choose("no")

    assert seen(city, opportunity) == []


def test_an_invitation_of_somebody_else_is_not_there(city: SmallCity) -> None:
    opportunity = city.work.offer(SHOP)
    theirs = city.work.invite(opportunity, "somebody-invited")
    chat = city.chat()

    for act in ("more", "yes", "no", "stop", "report"):
        press(chat, theirs, act)
        assert chat.said == ["work_invites.gone"]
    assert city.work.kinds() == ["job", "volunteering"]
    assert city.work.unit.misuse.list_open(["manchester"]) == []


def test_what_the_employer_wrote_is_shown(city: SmallCity) -> None:
    chat, opportunity, invitation = invited(city)
    share(chat, invitation)
    [shared] = seen(city, opportunity)
    city.work.unit.invited.write_to(opportunity, shared.token, "Come on Monday")

    press(chat, invitation, "open")

    assert chat.said == ["work_invites.message"]
