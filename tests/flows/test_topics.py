"""Which messages the city may send: off until turned on, and off again with one press."""

from __future__ import annotations

from bot.people import AgeBand, Purpose
from tests.support.small_city import SmallCity


def test_everything_is_off_until_somebody_turns_it_on() -> None:
    city = SmallCity()
    chat = city.chat()

    chat.send("/topics")
    assert chat.last.text_id == "topics.ask"
    assert city.mail.on() == []
    assert "off" not in chat.options
    chat.choose("news")
    assert city.mail.on() == ["news"]
    chat.choose("surveys")
    chat.choose("news")

    assert city.mail.on() == ["surveys"]
    chat.choose("done")
    assert chat.last.text_id == "menu.ask"


def test_all_of_it_is_turned_off_with_one_press() -> None:
    city = SmallCity()
    city.mail.turn_on(Purpose.NEWS, Purpose.SURVEYS)
    chat = city.chat()

    chat.send("/topics")
    chat.choose("off")

    assert city.mail.on() == []


def test_new_courses_ask_for_a_subject_which_can_be_forgotten() -> None:
    city = SmallCity()
    chat = city.chat()

    chat.send("/topics")
    chat.choose("new-courses")
    assert chat.last.text_id == "topics.interest_ask"
    chat.send("Bread baking")
    assert city.mail.traits.of("", "interest") == {"bread baking": 0}
    chat.choose("forget")

    assert city.mail.traits.of("", "interest") == {}
    assert city.mail.on() == ["new-courses"]


def test_new_courses_need_no_subject() -> None:
    city = SmallCity()
    chat = city.chat()

    chat.send("/topics")
    chat.choose("new-courses")
    chat.choose("all")

    assert chat.last.text_id == "topics.ask"
    assert city.mail.traits.of("", "interest") == {}


def test_employers_invite_adults_alone() -> None:
    city = SmallCity()
    chat = city.chat()

    chat.send("/topics")
    chat.choose("invitations")
    assert chat.last.text_id == "topics.adult_ask"
    chat.choose("no")
    assert chat.said == ["topics.adults_only"]
    assert city.mail.on() == []
    chat.choose("invitations")
    chat.choose("yes")

    assert city.mail.on() == ["invitations"]
    assert city.mail.age is AgeBand.ADULT


def test_nobody_under_13_is_written_to() -> None:
    city = SmallCity()
    city.mail.age = AgeBand.UNDER_13
    chat = city.chat()

    chat.send("/topics")
    chat.choose("news")

    assert chat.said == ["topics.under_13"]
    assert city.mail.on() == []


def test_wanting_some_messages_again_ends_a_stop_of_all() -> None:
    city = SmallCity()
    city.mail.people.record_consent("", Purpose.CAMPAIGNS, False, "test", "stop")
    chat = city.chat()

    chat.send("/topics")
    chat.choose("news")

    assert city.mail.people.decided[Purpose.CAMPAIGNS, "test"].is_given


def test_going_back_and_on_another_way_takes_a_yes_back() -> None:
    city = SmallCity()
    chat = city.chat()

    chat.send("/topics")
    chat.choose("news")
    assert city.mail.on() == ["news"]
    chat.back()
    chat.choose("surveys")

    assert city.mail.on() == ["surveys"]


def test_going_back_and_on_restores_what_was_turned_off_and_forgotten() -> None:
    city = SmallCity()
    city.mail.turn_on(Purpose.NEWS, Purpose.SURVEYS)
    city.mail.traits.put("", "", "interest", "bread")
    chat = city.chat()

    chat.send("/topics")
    chat.choose("off")
    chat.choose("forget")
    assert city.mail.on() == []
    chat.back()
    chat.back()
    chat.choose("done")

    assert city.mail.on() == ["news", "surveys"]
    assert city.mail.traits.of("", "interest") == {"bread": 0}
