"""Complaining: sent after a second look, answered with a reference, added to, ended."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.people.complaints import Outcome, State
from tests.support.made_complaints import AT
from tests.support.scripted_chat import ScriptedChat
from tests.support.small_city import SmallCity


def sent(words: str = "Nobody answers the phone") -> tuple[SmallCity, ScriptedChat]:
    city = SmallCity()
    chat = city.chat()
    chat.send("/complain")
    chat.send(words)
    chat.choose("yes")
    return city, chat


def test_a_complaint_is_acknowledged_at_once_with_a_reference_and_a_day() -> None:
    city, chat = sent()

    assert [one.lines[0].words for one in city.complaints.kept] == ["Nobody answers the phone"]
    (said,) = chat.outcome.screen.says
    assert said.text.id == "complain.sent"
    assert said.text.values["reference"] == "C-222221"
    assert str(said.text.values["due"].values["date"]) == "2027-02-03"
    assert city.complaints.audited == ["complaint.made"]


def test_nothing_is_sent_before_it_was_shown_again() -> None:
    city = SmallCity()
    chat = city.chat()
    chat.send("/complain")
    chat.send("Nobody answers")

    assert chat.last.text_id == "complain.sure"
    assert city.complaints.kept == []
    chat.choose("no")
    assert city.complaints.kept == []


@pytest.mark.parametrize("words", ["yes", "0", "A course is wrong", "stop phoning me please"])
def test_any_words_are_a_complaint(words: str) -> None:
    city, _ = sent(words)

    assert [one.lines[0].words for one in city.complaints.kept] == [words]


def test_more_is_said_later() -> None:
    city, chat = sent()
    chat.send("/complain")
    assert chat.options == ["one.0", "new"]
    chat.choose("one.0")
    chat.choose("add")
    chat.send("It was on Monday")

    assert [one.words for one in city.complaints.kept[0].lines][1:] == ["It was on Monday"]
    assert city.complaints.audited[-1] == "complaint.added_to"


@pytest.mark.parametrize(("sure", "state"), [("yes", State.WITHDRAWN), ("no", State.OPEN)])
def test_a_complaint_is_ended_by_who_made_it(sure: str, state: State) -> None:
    city, chat = sent()
    chat.send("/complain")
    chat.choose("one.0")
    chat.choose("withdraw")
    chat.choose(sure)

    assert city.complaints.kept[0].state is state


def test_what_was_decided_can_be_read_and_not_changed() -> None:
    city, chat = sent()
    city.complaints.kept[0] = replace(
        city.complaints.kept[0], state=State.CLOSED, outcome=Outcome.PARTLY, closed_at=AT
    )
    chat.send("/complain")
    chat.choose("one.0")

    assert chat.last.text_id == "menu.ask"


def test_it_may_be_closed_while_somebody_writes() -> None:
    city, chat = sent()
    chat.send("/complain")
    chat.choose("one.0")
    chat.choose("add")
    city.complaints.withdraw("anna", "1")
    chat.send("One thing more")

    assert chat.said[-1] == "complain.gone"


def test_three_are_open_at_most() -> None:
    city, chat = sent()
    for words in ("The page is slow", "A course was cancelled"):
        chat.send("/complain")
        chat.choose("new")
        chat.send(words)
        chat.choose("yes")
    chat.send("/complain")

    assert chat.options == ["one.0", "one.1", "one.2"]
    assert len(city.complaints.kept) == 3
