from __future__ import annotations

from datetime import date, time

from bot.reminders import Once
from tests.flows.reminding import and_another, on, the_only, with_one


def test_what_was_stopped_is_kept_to_be_turned_on_again() -> None:
    city, chat = with_one()
    chat.send("/reminders")
    chat.choose("open.reminder1")
    chat.choose("stop")
    chat.choose("back")
    assert chat.last.text_id == "reminders.none_on"
    chat.choose("stopped")
    assert chat.last.text_id == "reminders.list_stopped"
    chat.choose("open.reminder1")
    assert chat.last.text_id == "reminders.one_off"
    assert chat.options == ["turn_on", "back"]
    chat.choose("turn_on")
    assert chat.said == ["reminders.brought_back"]
    assert chat.last.text_id == "reminders.one_next"
    chat.choose("back")
    assert chat.last.text_id == "reminders.list"
    assert "stopped" not in chat.options
    assert on(city) == ["walk"]


def test_what_is_set_anew_is_not_among_the_stopped() -> None:
    city, chat = with_one("practice")
    city.reminders.kept.stop("person-1", "reminder1")
    and_another(city, kind="practice")
    chat.send("/reminders")
    assert "stopped" not in chat.options


def test_what_is_over_is_not_among_the_stopped() -> None:
    city, chat = with_one(rule=Once(date(2027, 1, 5), time(9)))
    city.reminders.kept.stop("person-1", "reminder1")
    chat.send("/reminders")
    assert chat.last.text_id == "reminders.none_on"
    chat.wait(days=2)
    chat.send("/reminders")
    assert chat.last.text_id == "reminders.none"


def test_what_was_stopped_is_shown_a_page_at_a_time() -> None:
    city, chat = with_one()
    for number in range(4):
        and_another(city, f"number {number}")
    chat.start("stop_reminders")
    chat.choose("all")
    chat.choose("back")
    chat.choose("stopped")
    assert len([one for one in chat.options if one.startswith("open.")]) == 4
    chat.choose("more")
    assert chat.options == ["open.reminder1", "more", "back"]
    chat.choose("more")
    assert "open.reminder5" in chat.options
    chat.choose("back")
    assert chat.last.text_id == "reminders.none_on"


def test_nothing_is_turned_on_beyond_forty() -> None:
    city, chat = with_one()
    city.reminders.kept.stop("person-1", "reminder1")
    for number in range(40):
        and_another(city, f"number {number}")
    chat.send("/reminders")
    chat.choose("stopped")
    chat.choose("open.reminder1")
    chat.choose("turn_on")
    assert chat.said == ["reminders.full"]
    assert len(on(city)) == 40


def test_a_muted_one_does_not_look_as_if_it_came() -> None:
    city, chat = with_one()
    city.reminders.kept.mute("person-1")
    chat.send("/reminders")
    chat.choose("open.reminder1")
    assert chat.last.text_id == "reminders.one_off"
    chat.choose("turn_on")
    assert the_only(city).state == "active"


def test_taking_later_back_says_that_one_is_over() -> None:
    city, chat = with_one(rule=Once(date(2027, 1, 4), time(10)))
    chat.wait(hours=2)
    chat.press_nonce("go.remind.reminder1.1b3c", "snooze")
    chat.choose("tomorrow")
    chat.choose("undo")
    assert chat.said == ["reminders.undone_over"]
    assert on(city) == []
