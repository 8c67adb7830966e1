"""To what employers may invite a resident: off, for adults, by kind, and withdrawn by a press."""

from __future__ import annotations

import pytest

from bot.campaigns.effects import StopCampaigns
from bot.errors import Refused
from bot.people import AgeBand, Purpose
from bot.talent.effects import SetWork
from tests.support.invited_people import SHOP
from tests.support.small_city import SmallCity


@pytest.fixture
def city() -> SmallCity:
    city = SmallCity()
    city.mail.traits.replace("", "", "skill", {"1.3": 3, "2.1": 1})
    return city


def test_all_is_off_and_each_kind_is_agreed_to_by_itself(city: SmallCity) -> None:
    city.mail.age = AgeBand.ADULT
    chat = city.chat()

    chat.send("/work")
    assert city.work.kinds() == []
    assert "off" not in chat.options
    chat.choose("placement")
    assert chat.last.text_id == "work_invites.which_skills"
    chat.choose("s.0")
    chat.choose("-done")

    assert city.work.kinds() == ["placement"]
    assert city.work.unit.invited.skills("person-1") == ["1.3"]
    chat.choose("volunteering")
    assert chat.last.text_id == "work_invites.home"
    assert city.work.kinds() == ["placement", "volunteering"]
    decided = city.mail.people.decided
    assert decided[Purpose.WORK_PLACEMENT, "test"].text_version.startswith("talent.consent.")
    assert (Purpose.WORK_JOB, "test") not in decided


def test_it_is_withdrawn_by_one_press_and_back_again_by_back(city: SmallCity) -> None:
    city.mail.age = AgeBand.ADULT
    city.mail.turn_on(Purpose.WORK_JOB, Purpose.WORK_VOLUNTEERING)
    chat = city.chat()

    chat.send("/work")
    chat.choose("off")
    assert city.work.kinds() == []
    chat.back()
    chat.choose("job")
    assert city.work.kinds() == ["volunteering"]


@pytest.mark.parametrize("age", [None, AgeBand.FROM_13_TO_17, AgeBand.NOT_SAID])
def test_who_does_not_say_that_they_are_18_turns_nothing_on(
    city: SmallCity, age: AgeBand | None
) -> None:
    city.mail.age = age
    chat = city.chat()

    chat.send("/work")
    chat.choose("job")
    assert chat.last.text_id == "work_invites.adult_ask"
    chat.choose("no")

    assert chat.said == ["work_invites.adults_only"]
    assert city.work.kinds() == []
    chat.choose("job")
    chat.choose("yes")
    assert city.work.kinds() == ["job"]
    assert city.mail.age is AgeBand.ADULT


def test_a_child_is_offered_nothing(city: SmallCity) -> None:
    city.mail.age = AgeBand.UNDER_13
    chat = city.chat()

    chat.send("/work")

    assert chat.last.text_id == "menu.ask"
    with pytest.raises(Refused, match="adults_only"):
        city.work.effects()["SetWork"](SetWork(("job",)))


def test_whoever_told_no_skill_is_led_to_the_check() -> None:
    chat = SmallCity().chat()

    chat.send("/work")
    assert chat.last.text_id == "work_invites.no_skills"
    chat.choose("check")

    assert chat.session.flow == "skills"


def test_stopping_all_messages_stops_invitations_too(city: SmallCity) -> None:
    city.mail.age = AgeBand.ADULT
    city.mail.turn_on(Purpose.WORK_JOB)

    city.mail.effects()["StopCampaigns"](StopCampaigns())

    assert city.work.kinds() == []


def test_wanting_invitations_again_ends_a_stop_of_all(city: SmallCity) -> None:
    city.mail.age = AgeBand.ADULT
    city.mail.people.record_consent("", Purpose.CAMPAIGNS, False, "test", "stop")
    chat = city.chat()

    chat.send("/work")
    chat.choose("job")

    assert city.mail.people.decided[Purpose.CAMPAIGNS, "test"].is_given


def test_skills_that_nobody_told_cannot_be_shown(city: SmallCity) -> None:
    city.mail.age = AgeBand.ADULT
    chat = city.chat()
    chat.send("/work")
    chat.choose("skills")
    chat.choose("s.0")
    chat.choose("s.1")
    city.mail.traits.replace("", "", "skill", {"1.3": 3})
    chat.choose("-done")

    assert city.work.unit.invited.skills("person-1") == ["1.3"]


def test_invitations_are_listed_and_opened(city: SmallCity) -> None:
    city.mail.age = AgeBand.ADULT
    city.work.invite(city.work.offer(SHOP))
    chat = city.chat()

    chat.send("/work")
    chat.choose("list")
    assert chat.last.text_id == "work_invites.list"
    chat.choose("open.1")
    assert chat.last.text_id == "work_invites.one"
    chat.choose("done")

    assert chat.last.text_id.startswith("work_invites.home")
