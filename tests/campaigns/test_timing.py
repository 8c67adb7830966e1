"""When runs are due: on the city's clocks, through both changes of 2027, and never too late."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.campaigns.schedule import Schedule
from bot.campaigns.timing import due, first_moment, happened_on, next_at, not_after, occasion_of
from bot.reminders import Daily, Lead, Once, Relative, Weekly

LONDON = "Europe/London"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_campaign_without_a_rule_goes_when_it_is_launched() -> None:
    assert next_at(Schedule(), LONDON, at("2027-01-11T09:00")) is None
    assert not_after(Schedule(), at("2027-01-11T09:00")) is None


def test_once_is_once() -> None:
    schedule = Schedule(Once(date(2027, 7, 1), time(10)))
    assert next_at(schedule, LONDON, at("2027-01-11T09:00")) == at("2027-07-01T09:00")
    assert next_at(schedule, LONDON, at("2027-07-01T09:00")) is None


@pytest.mark.parametrize(
    ("written", "sent"), [(time(6), "08:00"), (time(23), "19:00"), (time(9, 30), "09:30")]
)
def test_a_run_begins_by_day_whatever_is_written(written: time, sent: str) -> None:
    schedule = Schedule(Once(date(2027, 1, 20), written))
    assert next_at(schedule, LONDON, at("2027-01-11T09:00")) == at(f"2027-01-20T{sent}")


@pytest.mark.parametrize(
    ("after", "due_at"),
    [
        ("2027-03-26T12:00", "2027-03-27T09:00"),
        ("2027-03-27T12:00", "2027-03-28T08:00"),
        ("2027-10-29T12:00", "2027-10-30T08:00"),
        ("2027-10-30T12:00", "2027-10-31T09:00"),
    ],
)
def test_nine_stays_nine_when_the_clocks_change(after: str, due_at: str) -> None:
    schedule = Schedule(Daily(time(9), date(2027, 1, 1)))
    assert next_at(schedule, LONDON, at(after)) == at(due_at)


def test_a_relative_campaign_is_looked_at_every_day_at_its_hour() -> None:
    lead = Lead(3, "days", time(17))
    schedule = Schedule(Relative((lead,)), "course_start")
    assert schedule.lead == lead
    assert next_at(schedule, LONDON, at("2027-07-01T12:00")) == at("2027-07-01T16:00")
    assert next_at(schedule, LONDON, at("2027-07-01T16:00")) == at("2027-07-02T16:00")


@pytest.mark.parametrize(
    ("lead", "begin"),
    [
        (Lead(3, "days"), "2027-03-29T23:00"),
        (Lead(1, "days", is_after=True), "2027-03-26T00:00"),
        (Lead(1, "weeks", is_after=True), "2027-03-20T00:00"),
        (Lead(2, "hours"), "2027-03-27T00:00"),
        (Lead(1, "days"), "2027-03-28T00:00"),
    ],
)
def test_the_day_that_is_written_about_is_a_day_of_the_city(lead: Lead, begin: str) -> None:
    begins, ends = happened_on(lead, LONDON, at("2027-03-27T10:00"))
    assert begins == at(begin)
    # The day on which the clocks go forward has 23 hours.
    assert ends - begins == timedelta(hours=23 if begin == "2027-03-28T00:00" else 24)


def test_a_run_that_began_too_late_is_left_out() -> None:
    schedule = Schedule(Weekly((0,), time(10), date(2027, 1, 1)), late_after=3)
    was_due = at("2027-01-11T10:00")
    on_time = due(schedule, LONDON, was_due, was_due + timedelta(hours=3))
    late = due(schedule, LONDON, was_due, was_due + timedelta(hours=3, seconds=1))
    assert (on_time.is_late, late.is_late) == (False, True)
    assert not_after(schedule, was_due) == at("2027-01-11T13:00")


def test_an_occasion_is_a_minute_on_the_citys_clocks() -> None:
    assert occasion_of(at("2027-07-01T09:00"), LONDON) == "2027-07-01T10:00"


def test_nobody_is_written_to_at_night() -> None:
    assert first_moment(LONDON, at("2027-07-01T21:00")) == at("2027-07-02T07:00")
    assert first_moment(LONDON, at("2027-07-01T12:00")) == at("2027-07-01T12:00")
