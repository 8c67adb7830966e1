from __future__ import annotations

import pytest

from tests.flows.reminding import and_another, on, with_one
from tests.support.small_city import SmallCity


def test_stop_reminding_me_stops_the_only_one_and_can_be_undone() -> None:
    city, chat = with_one()
    chat.send("/reminders")
    chat.send("stop reminding me")
    assert chat.last.text_id == "reminders.stopped"
    assert on(city) == []
    chat.choose("undo")
    assert on(city) == ["walk"]


def test_stop_reminders_offers_all_of_several_or_one() -> None:
    city, chat = with_one()
    and_another(city)
    chat.start("stop_reminders", said="stop reminders")
    assert chat.last.text_id == "reminders.stop_ask"
    assert chat.options == ["stop.reminder1", "stop.reminder2", "all", "none"]
    chat.choose("all")
    assert chat.last.text_id == "reminders.all_stopped"
    assert on(city) == []
    chat.choose("undo")
    assert chat.last.text_id == "reminders.list"
    assert on(city) == ["walk", "read"]

    chat.start("stop_reminders")
    chat.choose("stop.reminder2")
    assert chat.last.text_id == "reminders.stopped"
    assert on(city) == ["walk"]

    chat.choose("back")
    assert chat.last.text_id == "reminders.list"


def test_stopping_can_be_left() -> None:
    city, chat = with_one()
    and_another(city)
    chat.start("stop_reminders", said="cancel my reminders")
    chat.choose("none")
    assert chat.last.text_id == "reminders.list"
    assert on(city) == ["walk", "read"]


def test_one_of_many_is_stopped_on_a_further_page() -> None:
    city, chat = with_one()
    for number in range(4):
        and_another(city, f"number {number}")
    chat.start("stop_reminders")
    assert "stop.reminder5" not in chat.options
    chat.choose("more")
    assert chat.options[:2] == ["stop.reminder5", "more"]
    chat.choose("stop.reminder5")
    assert on(city) == ["walk", "number 0", "number 1", "number 2"]


def test_the_one_that_is_named_is_stopped_at_once() -> None:
    city, chat = with_one()
    and_another(city)
    chat.start("stop_reminders", said="don't remind me about the walk")
    assert chat.last.text_id == "reminders.stopped"
    assert chat.last.values["about"].values["words"] == "walk"
    assert on(city) == ["read"]


def test_a_course_is_named_by_its_title() -> None:
    city, chat = with_one()
    chat.start("reminders", payload="remind_course_excel")
    chat.choose("course_start")
    chat.choose("apply_by")
    chat.start("stop_reminders", said="stop reminding me about excel")
    assert chat.options == ["stop.reminder2", "stop.reminder3", "all", "none"]
    chat.choose("all")
    assert chat.last.values["count"] == 2
    assert on(city) == ["walk"]


def test_stopping_what_no_reminder_is_about_asks_first() -> None:
    city, chat = with_one()
    chat.start("stop_reminders", said="don't remind me about the dentist")
    assert chat.last.text_id == "reminders.stop_ask"
    assert chat.options == ["stop.reminder1", "none"]
    assert on(city) == ["walk"]


def test_stopping_where_none_is_on_says_so() -> None:
    chat = SmallCity().chat()
    chat.start("stop_reminders")
    assert chat.last.text_id == "reminders.none"

    city, chat = with_one()
    city.reminders.kept.mute("person-1")
    chat.start("stop_reminders")
    assert chat.last.text_id == "reminders.list_muted"


@pytest.mark.parametrize("presses", [["open.reminder1", "change"], ["own"], ["practice"]])
def test_a_stop_that_is_typed_at_a_time_to_set_stops(presses: list[str]) -> None:
    city, chat = with_one()
    and_another(city)
    chat.send("/reminders")
    for press in presses:
        chat.choose(press)
    chat.send("I want to stop my reminders")
    assert chat.last.text_id == "reminders.stop_ask"
    chat.choose("all")
    assert on(city) == []


def test_a_stop_that_is_typed_at_the_time_for_a_course_stops() -> None:
    city, chat = with_one()
    chat.start("reminders", payload="remind_course_excel")
    chat.choose("when")
    chat.send("please no more reminders")
    assert chat.last.text_id == "reminders.stopped"
    assert on(city) == []
