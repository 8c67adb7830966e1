from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from bot.reminders import Daily, NewReminder, Once, Weekly
from tests.flows.reminding import and_another, on, the_only, with_one
from tests.support.small_city import SmallCity


def test_a_reminder_is_said_in_plain_words_and_confirmed_in_words() -> None:
    city = SmallCity()
    chat = city.chat()

    chat.send("/reminders")
    assert chat.last.text_id == "reminders.none"
    chat.send("call the college tomorrow at 6pm")
    assert chat.last.text_id == "reminders.confirm_once"
    assert chat.last.values["about"].values["words"] == "call the college"
    assert chat.last.values["when"].id == "reminders.rule.tomorrow"
    chat.choose("yes")
    assert chat.last.text_id == "reminders.set"
    chat.choose("back")

    assert chat.last.text_id == "reminders.list"
    one = the_only(city)
    assert (one.words, one.rule) == ("call the college", Once(date(2027, 1, 5), time(18)))
    assert one.is_set_by_person
    assert one.next_at == datetime(2027, 1, 5, 18, tzinfo=UTC)


def test_an_hour_that_could_be_two_is_asked_about() -> None:
    city = SmallCity()
    chat = city.chat()

    chat.send("/reminders")
    chat.send("remind me tomorrow at 6 to call Ann")
    assert chat.last.text_id == "reminders.which"
    assert [one.text.values["when"].values["at"] for one in chat.question.options[:2]] == [
        time(18),
        time(6),
    ]
    chat.choose("r1")
    chat.choose("yes")

    assert the_only(city).next_at == datetime(2027, 1, 5, 6, tzinfo=UTC)


def test_none_of_two_readings_asks_again() -> None:
    chat = SmallCity().chat()
    chat.send("/reminders")
    chat.send("call Ann at 6")
    chat.choose("other")
    assert chat.last.text_id == "reminders.ask"
    chat.send("every Monday morning")
    assert chat.last.text_id == "reminders.ask_what"


def test_a_reminder_without_words_is_asked_what_it_is_about() -> None:
    city = SmallCity()
    chat = city.chat()
    chat.send("/reminders")
    chat.send("every Monday morning")
    assert chat.last.text_id == "reminders.ask_what"
    chat.send("do my maths")
    assert chat.last.text_id == "reminders.confirm"
    chat.choose("yes")
    assert the_only(city).words == "do my maths"

    chat.choose("back")
    chat.choose("own")
    chat.choose("week")
    chat.choose("bare")
    assert chat.last.values["about"].id == "reminders.about.own_bare"


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        ("bananas", "reminders.unread"),
        ("yesterday at 5pm", "reminders.past"),
        ("two days before", "reminders.needs_course"),
    ],
)
def test_what_cannot_be_read_is_explained(said: str, hint: str) -> None:
    chat = SmallCity().chat()
    chat.send("/reminders")
    chat.send(said)
    assert chat.last.text_id == hint
    chat.choose("no")
    assert "reminders.left" in chat.said
    assert chat.last.text_id == "reminders.none"


def test_practice_on_a_chosen_rhythm() -> None:
    city = SmallCity()
    chat = city.chat()
    chat.send("/reminders")
    chat.choose("practice")
    assert chat.last.text_id == "reminders.ask_when"
    chat.send("Tuesdays and Thursdays after tea")
    assert chat.last.values["when"].values["weekdays"] == (1, 3)
    chat.choose("yes")
    one = the_only(city)
    assert one.kind == "practice"
    assert one.rule == Weekly((1, 3), time(18, 30), date(2027, 1, 4))


def test_what_was_set_is_undone_with_one_press() -> None:
    city = SmallCity()
    chat = city.chat()
    chat.send("/reminders")
    chat.choose("practice")
    chat.choose("saturday")
    chat.choose("yes")
    the_only(city)
    chat.choose("undo")
    assert chat.said == ["reminders.undone"]
    assert city.reminders.kept.list_of("person-1") == []
    assert chat.last.text_id == "reminders.none"


def test_undoing_another_rhythm_brings_the_first_one_back() -> None:
    saturdays = Weekly((5,), time(10), date(2027, 1, 4))
    city, chat = with_one("practice", rule=saturdays, words="")
    chat.send("/reminders")
    chat.choose("practice")
    chat.choose("monday")
    chat.choose("yes")
    assert chat.last.text_id == "reminders.changed"
    assert the_only(city).rule == Weekly((0,), time(9), date(2027, 1, 4))
    chat.choose("undo")
    assert the_only(city).rule == saturdays


def test_going_back_and_saying_yes_again_sets_it_once() -> None:
    city = SmallCity()
    chat = city.chat()
    chat.send("/reminders")
    chat.send("breathe every day at 9am")
    chat.choose("yes")
    chat.back()
    assert chat.last.text_id == "reminders.confirm"
    chat.choose("yes")
    the_only(city)


def test_a_reminder_is_changed_in_words() -> None:
    city, chat = with_one()
    chat.send("/reminders")
    chat.choose("open.reminder1")
    chat.choose("change")
    chat.send("fridays at 5pm")
    chat.choose("yes")
    assert chat.last.text_id == "reminders.changed"
    assert the_only(city).rule == Weekly((4,), time(17), date(2027, 1, 4))
    chat.choose("undo")
    assert the_only(city).rule == Daily(time(9), date(2027, 1, 1))


def test_a_reminder_is_put_off_once() -> None:
    city, chat = with_one()
    chat.send("/reminders")
    chat.choose("open.reminder1")
    chat.choose("snooze")
    chat.choose("evening")
    assert the_only(city).next_at == datetime(2027, 1, 4, 18, 30, tzinfo=UTC)
    assert the_only(city).is_snoozed
    assert chat.last.text_id == "reminders.snoozed"
    chat.choose("undo")
    assert the_only(city).next_at == datetime(2027, 1, 5, 9, tzinfo=UTC)


def test_a_reminder_is_stopped_and_brought_back() -> None:
    city, chat = with_one()
    chat.send("/reminders")
    chat.choose("open.reminder1")
    chat.choose("stop")
    assert chat.last.text_id == "reminders.stopped"
    assert city.reminders.kept.list_of("person-1") == []
    chat.choose("undo")
    assert "reminders.brought_back" in chat.said
    assert the_only(city).state == "active"


def test_leaving_a_change_says_what_stays() -> None:
    city, chat = with_one()
    chat.send("/reminders")
    chat.choose("open.reminder1")
    chat.choose("change")
    chat.choose("no")
    assert chat.said == ["reminders.kept_as_it_was"]
    chat.choose("change")
    chat.send("fridays at 5pm")
    chat.choose("no")
    assert chat.said == ["reminders.kept_as_it_was"]
    assert the_only(city).rule == Daily(time(9), date(2027, 1, 1))


@pytest.mark.parametrize(
    "acts", [["change", "saturday", "yes"], ["stop"], ["snooze", "evening"]], ids=lambda one: one[0]
)
@pytest.mark.parametrize("is_pressed", [False, True])
def test_all_my_reminders_leads_to_the_list(acts: list[str], is_pressed: bool) -> None:
    city, chat = with_one()
    and_another(city)
    if is_pressed:
        chat.press_nonce("go.remind.reminder1.1b3c", acts.pop(0))
    else:
        chat.send("/reminders")
        chat.choose("open.reminder1")
    for act in acts:
        chat.choose(act)
    chat.choose("back")
    assert chat.last.text_id == "reminders.list"
    assert [one for one in chat.options if one.startswith("open.")] == [
        f"open.{one.id}" for one in city.reminders.kept.list_of("person-1")
    ]


def test_a_day_that_does_not_exist_is_asked_for_again() -> None:
    city = SmallCity()
    chat = city.chat()
    chat.start("reminders", said="remind me 31 february to pay rent")
    assert chat.last.text_id == "reminders.no_day"
    assert chat.last.values["day"] == "31 february"
    chat.send("28 february pay rent")
    chat.choose("yes")
    assert the_only(city).rule == Once(date(2027, 2, 28), time(9))


def test_a_rhythm_does_not_fit_the_date_of_a_course() -> None:
    city = SmallCity()
    chat = city.chat()
    chat.start("reminders", payload="remind_course_excel")
    chat.choose("when")
    chat.send("tuesdays after tea")
    assert chat.last.text_id == "reminders.repeats"
    assert chat.last.values["when"].values["weekdays"] == (1,)
    chat.send("two days before")
    chat.choose("yes")
    assert the_only(city).next_at == datetime(2027, 1, 31, 9, tzinfo=UTC)


def test_a_day_for_a_course_lies_before_its_date() -> None:
    city = SmallCity()
    chat = city.chat()
    chat.start("reminders", payload="remind_course_excel")
    chat.choose("when")
    chat.send("5 march at 6pm")
    chat.choose("yes")
    assert chat.said == ["reminders.after_course"]
    assert on(city) == []
    chat.choose("when")
    chat.send("1 february at 6pm")
    chat.choose("yes")
    assert the_only(city).next_at == datetime(2027, 2, 1, 18, tzinfo=UTC)

    chat.start("reminders", payload="remind_reminder1_0_change")
    chat.send("5 march at 6pm")
    chat.choose("yes")
    assert chat.said == ["reminders.after_course"]
    assert the_only(city).next_at == datetime(2027, 2, 1, 18, tzinfo=UTC)


def test_after_stop_reminders_are_off_until_they_are_wanted_again() -> None:
    city, chat = with_one()
    city.reminders.kept.mute("person-1")
    chat.send("/reminders")
    assert chat.last.text_id == "reminders.list_muted"
    chat.choose("on")
    assert chat.said == ["reminders.turned_on"]
    assert the_only(city).state == "active"


def test_watched_searches_are_listed_beside_reminders() -> None:
    city = SmallCity(watched={"w0": {"text": "falconry"}})
    chat = city.chat()
    chat.send("/reminders")
    chat.choose("watched")
    assert chat.last.text_id == "alerts.list"


def test_more_than_a_page_is_turned() -> None:
    city, chat = with_one()
    for number in range(6):
        new = NewReminder(
            "person-1",
            "manchester",
            "own",
            Daily(time(9), date(2027, 1, 1)),
            "Europe/London",
            "test",
            words=f"number {number}",
        )
        city.reminders.kept.put(new)
    chat.send("/reminders")
    assert chat.last.text_id == "reminders.list_page"
    chat.choose("more")
    assert [one for one in chat.options if one.startswith("open.")] == [
        "open.reminder5",
        "open.reminder6",
        "open.reminder7",
    ]


def test_no_more_than_forty_are_kept() -> None:
    city, chat = with_one()
    for _ in range(39):
        new = NewReminder(
            "person-1", "manchester", "own", Daily(time(9), date(2027, 1, 1)), "UTC", "test"
        )
        city.reminders.kept.put(new)
    chat.start("reminders", said="every day at 9am breathe")
    chat.choose("yes")
    assert chat.said == ["reminders.full"]


def test_ask_me_again_in_may() -> None:
    city = SmallCity()
    chat = city.chat()
    chat.start("reminders", said="ask me again in May")
    assert chat.last.values["about"].id == "reminders.about.ask_again_bare"
    chat.choose("yes")
    one = the_only(city)
    assert (one.kind, one.rule) == ("ask_again", Once(date(2027, 5, 1), time(9)))
    assert one.is_nudge
