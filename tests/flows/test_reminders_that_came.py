from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.flows.reminding import with_one
from tests.support.small_city import SmallCity


@pytest.mark.parametrize("act", ["snooze", "change", "stop"])
def test_a_press_on_a_reminder_that_came_does_it_at_once(act: str) -> None:
    _city, chat = with_one()
    chat.send("/menu")
    chat.press_nonce("go.remind.reminder1.1b3c", act)
    asked = {
        "snooze": "reminders.snooze_ask",
        "change": "reminders.ask_when",
        "stop": "reminders.stopped",
    }
    assert chat.last.text_id == asked[act]
    assert chat.session.flow == "reminders"


def test_what_was_under_way_goes_on_after_a_press() -> None:
    _city, chat = with_one()
    chat.send("/find")
    chat.press_nonce("go.remind.reminder1.1b3c", "snooze")
    chat.choose("hour")
    assert chat.last.text_id == "reminders.snoozed"
    chat.choose("undo")
    assert chat.stack.top.flow == "discover"


def test_a_press_on_a_reminder_of_somebody_else_does_nothing() -> None:
    chat = SmallCity().chat()
    chat.press_nonce("go.remind.reminder7.1b3c", "stop")
    assert chat.said == ["reminders.gone"]


def test_a_reminder_leads_to_what_it_is_about() -> None:
    _city, chat = with_one("course_start", subject="excel", words="")
    chat.press_nonce("go.remind.reminder1.1b3c", "open")
    assert chat.last.text_id == "course.labelled"


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ("well", "reminders.went_well"),
        ("badly", "reminders.went_badly"),
        ("missed", "reminders.was_missed"),
    ],
)
def test_how_a_course_went_leads_on(act: str, said: str) -> None:
    _city, chat = with_one("how_was_it", subject="excel", words="")
    chat.press_nonce("go.remind.reminder1.1b3c", act)
    assert chat.last.text_id == said
    chat.choose("open")
    assert chat.last.text_id == "course.labelled"


def test_whoever_was_at_a_course_may_say_what_helped() -> None:
    city, chat = with_one("how_was_it", subject="excel", words="")
    chat.press_nonce("go.remind.reminder1.1b3c", "well")
    chat.choose("evaluate")
    assert chat.options == ["yes", "part", "no", "way.later"], "the first question of it"
    chat.choose("yes")
    chat.choose("5")
    responses = city.employers.unit.responses
    [begun] = responses.list_of("person-1")
    assert (begun.audience, begun.subject, begun.organisation) == ("learner", "excel", "")
    while chat.last.text_id != "questionnaires.review":
        chat.choose("way.skip" if "way.skip" in chat.options else "-done")
    chat.choose("send")
    [sent] = responses.list_in_city("manchester", "learner")
    assert sent.subject == "excel"


def test_saving_a_course_offers_a_reminder_in_one_press() -> None:
    city = SmallCity()
    chat = city.chat()
    chat.start("course", payload="course_excel")
    assert "remind" not in chat.options
    chat.choose("save")
    assert chat.said[-1] == "course.saved_offer"
    assert chat.options[:2] == ["unsave", "remind"]
    chat.choose("remind")
    assert chat.said[-1] == "reminders.course.set_apply"
    kinds = {one.kind: one for one in city.reminders.kept.list_of("person-1")}
    assert set(kinds) == {"course_start", "apply_by"}
    assert kinds["course_start"].next_at == datetime(2027, 2, 1, 18, tzinfo=UTC)
    assert kinds["apply_by"].next_at == datetime(2027, 1, 26, 10, tzinfo=UTC)


def test_a_course_without_dates_offers_none() -> None:
    chat = SmallCity().chat()
    chat.start("course", payload="course_bread")
    chat.choose("save")
    assert chat.said == ["course.saved"]
    assert "remind" not in chat.options


def test_the_reminders_of_a_course_are_chosen_one_by_one() -> None:
    city = SmallCity()
    chat = city.chat()
    chat.start("reminders", payload="remind_course_excel")
    assert chat.options == ["course_start", "apply_by", "session", "how_was_it", "when", "back"]
    chat.choose("session")
    assert chat.said == ["reminders.set"]
    chat.choose("when")
    chat.send("a week before at 6pm")
    chat.choose("yes")
    chat.choose("back")
    assert chat.last.text_id == "reminders.list"
    kinds = {one.kind: one for one in city.reminders.kept.list_of("person-1")}
    assert kinds["session"].next_at == datetime(2027, 2, 2, 16, 30, tzinfo=UTC)
    assert kinds["course_start"].next_at == datetime(2027, 1, 26, 18, tzinfo=UTC)
    chat.start("reminders", payload="remind_course_excel")
    chat.choose("session")
    assert chat.last.text_id == "reminders.one_next"
