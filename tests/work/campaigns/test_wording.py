"""When a campaign goes out, in words: read as reminders are read, and said back."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.campaigns.form import Slip
from bot.campaigns.schedule import Schedule
from bot.reminders import Lead, Monthly, Once, Relative, Rule, Weekly
from bot.work.campaigns.wording import read_when, when_said
from tests.support.told_skills import shipped

NOW = datetime(2027, 1, 4, 9, 30, tzinfo=ZoneInfo("Europe/London"))


def lead(count: int, unit: str, at: time | None = None, *, is_after: bool = False) -> Relative:
    return Relative((Lead(count, unit, at, is_after),))  # type: ignore[arg-type]  # units of tests


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("on 3 May at 10am", Once(date(2027, 5, 3), time(10))),
        ("tomorrow at 18:00", Once(date(2027, 1, 5), time(18))),
        ("every Monday at 10am", Weekly((0,), time(10), date(2027, 1, 4))),
        ("2 days before", lead(2, "days")),
        ("2 days after", lead(2, "days", is_after=True)),
        ("a week after at 10am", lead(1, "weeks", time(10), is_after=True)),
        ("On the day", lead(0, "days")),
    ],
)
def test_words_are_read_and_read_again_as_they_are_said(typed: str, rule: Rule) -> None:
    assert read_when(typed, NOW) == rule
    said = when_said(Schedule(rule), shipped().words, NOW)
    assert said
    assert read_when(said, NOW) == rule, said


def test_a_day_of_the_month_is_read() -> None:
    found = read_when("on the 3rd of every month at 10am", NOW)
    assert isinstance(found, Monthly)
    assert (found.day, found.at) == (3, time(10))


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("whenever it suits", "when"),
        ("on 1 January 2027 at 10am", "past"),
        ("on 31 February", "no_day"),
        ("tomorrow at 6", "several"),
    ],
)
def test_what_cannot_be_meant_is_said(typed: str, text: str) -> None:
    found = read_when(typed, NOW)
    assert isinstance(found, Slip), found
    assert found.text == f"web.campaigns.slip.{text}"
    assert shipped().words.short(found.text, "en", **found.values)


def test_what_goes_out_at_its_launch_says_nothing() -> None:
    assert when_said(Schedule(), shipped().words, NOW) == ""
