"""When rules come next: through ten years of clock changes in several zones."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reminders import (
    Daily,
    Lead,
    Monthly,
    Once,
    Relative,
    Rule,
    Weekly,
    Yearly,
    next_occurrence,
    rule_from_json,
    rule_to_json,
)
from bot.reminders.occurrence import anchored

ZONES = (
    "Europe/London",
    "Europe/Dublin",
    "America/New_York",
    "America/Nuuk",  # its gap reaches midnight
    "Australia/Lord_Howe",  # its gap is half an hour
    "Africa/Casablanca",  # changes around Ramadan
    "Pacific/Apia",
    "Asia/Karachi",
)
LONDON = "Europe/London"
YEARS = 10


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def wall(*values: int) -> datetime:
    """What a clock on the wall shows."""
    return at(*values).replace(tzinfo=None)


def coming(rule: Rule, after: datetime, count: int, zone: str = LONDON) -> list[datetime]:
    found = []
    for _ in range(count):
        after = next_occurrence(rule, zone, after) or after
        found.append(after)
    return found


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    "clock", [time(0), time(0, 30), time(1, 30), time(2), time(9), time(23, 30)]
)
def test_every_local_date_of_ten_years_has_one_reminder(zone: str, clock: time) -> None:
    rule, there = Daily(clock, date(2026, 1, 1)), ZoneInfo(zone)
    after = datetime(2026, 1, 1, 12, tzinfo=there)
    days: list[date] = []
    for _ in range(366 * YEARS):
        found = next_occurrence(rule, zone, after)
        assert found is not None
        assert found > after
        days.append(found.astimezone(there).date())
        after = found
    whole = [days[0] + timedelta(days=number) for number in range(len(days))]
    assert days == whole


@pytest.mark.parametrize("zone", ZONES)
def test_the_hour_is_the_one_on_the_clock_wherever_the_clock_has_it(zone: str) -> None:
    there, after, odd = ZoneInfo(zone), at(2026, 1, 1), 0
    for _ in range(366 * YEARS):
        found = next_occurrence(Daily(time(1, 30), date(2026, 1, 1)), zone, after)
        assert found is not None
        local = found.astimezone(there)
        if local.time() != time(1, 30):
            wall = datetime.combine(local.date(), time(1, 30), there)
            assert wall.astimezone(UTC).astimezone(there).time() != time(1, 30), wall
            odd += 1
        after = found
    assert odd <= 2 * YEARS


def test_what_apscheduler_skips_is_not_skipped() -> None:
    rule = Weekly((0, 1, 2, 3, 4), time(0), date(2027, 1, 1))
    found = coming(rule, at(2027, 3, 25, 12), 3)
    assert found == [at(2027, 3, 26), at(2027, 3, 28, 23), at(2027, 3, 29, 23)]


def test_a_time_that_comes_twice_is_the_first_and_one_left_out_is_after_the_gap() -> None:
    rule = Daily(time(1, 30), date(2027, 1, 1))
    assert coming(rule, at(2027, 10, 30, 12), 2) == [
        at(2027, 10, 31, 0, 30),
        at(2027, 11, 1, 1, 30),
    ]
    assert coming(rule, at(2027, 3, 27, 12), 2) == [at(2027, 3, 28, 1), at(2027, 3, 29, 0, 30)]


def test_a_gap_that_reaches_midnight_keeps_the_day() -> None:
    [saturday, sunday] = coming(
        Daily(time(23, 30), date(2027, 1, 1)), at(2027, 3, 27, 12), 2, "America/Nuuk"
    )
    there = ZoneInfo("America/Nuuk")
    assert saturday.astimezone(there).date() == date(2027, 3, 27)
    assert sunday.astimezone(there).date() == date(2027, 3, 28)


def test_a_day_that_was_left_out_has_none() -> None:
    rule = Daily(time(9), date(2011, 12, 1))
    there = ZoneInfo("Pacific/Apia")
    found = coming(rule, datetime(2011, 12, 29, 10, tzinfo=there), 1, "Pacific/Apia")
    assert found[0].astimezone(there).date() == date(2011, 12, 31)


def test_months_end_where_they_end() -> None:
    found = coming(Monthly(31, time(9), date(2027, 1, 1)), at(2027, 1, 1), 4)
    assert [one.date() for one in found] == [
        date(2027, 1, 31),
        date(2027, 2, 28),
        date(2027, 3, 31),
        date(2027, 4, 30),
    ]


def test_leap_days_and_year_ends() -> None:
    found = coming(Yearly(2, 29, time(9)), at(2027, 1, 1), 2)
    assert [one.date() for one in found] == [date(2027, 2, 28), date(2028, 2, 29)]
    assert coming(Daily(time(9), date(2027, 1, 1), 3), at(2027, 12, 30), 2) == [
        at(2027, 12, 30, 9),
        at(2028, 1, 2, 9),
    ]


def test_every_second_week_counts_from_its_first() -> None:
    found = coming(Weekly((0, 3), time(18), date(2027, 1, 6), 2), at(2027, 1, 1), 4)
    assert [one.date().isoformat() for one in found] == [
        "2027-01-07",
        "2027-01-18",
        "2027-01-21",
        "2027-02-01",
    ]


def test_once_is_once() -> None:
    rule = Once(date(2027, 3, 3), time(9))
    assert next_occurrence(rule, LONDON, at(2027, 3, 3, 8)) == at(2027, 3, 3, 9)
    assert next_occurrence(rule, LONDON, at(2027, 3, 3, 9)) is None


def test_a_nudge_is_moved_into_the_day_and_a_set_time_is_kept() -> None:
    late, early = Daily(time(22), date(2027, 1, 1)), Daily(time(5), date(2027, 1, 1))
    now = at(2027, 6, 1, 2)
    assert next_occurrence(late, LONDON, now) == at(2027, 6, 1, 21)
    assert next_occurrence(late, LONDON, now, is_nudge=True) == at(2027, 6, 1, 18)
    assert next_occurrence(early, LONDON, now, is_nudge=True) == at(2027, 6, 1, 7)


@pytest.mark.parametrize("zone", ZONES)
def test_no_nudge_of_ten_years_comes_at_night(zone: str) -> None:
    there, after = ZoneInfo(zone), at(2026, 1, 1)
    for clock in (time(0, 15), time(3), time(21), time(23, 45)):
        for _ in range(366 * YEARS // 4):
            found = next_occurrence(Daily(clock, date(2026, 1, 1)), zone, after, is_nudge=True)
            assert found is not None
            assert time(8) <= found.astimezone(there).time() < time(20)
            after = found


def test_before_a_course_by_days_and_by_hours() -> None:
    rule = Relative((Lead(1, "days", time(18)), Lead(2, "hours")))
    start = [wall(2027, 3, 30, 18, 30)]
    first = next_occurrence(rule, LONDON, at(2027, 3, 1), events=start)
    assert first == at(2027, 3, 29, 17)
    assert next_occurrence(rule, LONDON, first, events=start) == at(2027, 3, 30, 15, 30)
    assert next_occurrence(rule, LONDON, at(2027, 3, 30, 16), events=start) is None


def test_hours_before_are_hours_also_when_the_clocks_change() -> None:
    rule = Relative((Lead(3, "hours"),))
    found = next_occurrence(rule, LONDON, at(2027, 3, 1), events=[wall(2027, 3, 28, 3)])
    assert found == at(2027, 3, 27, 23)


def test_an_early_class_is_reminded_of_the_evening_before() -> None:
    rule, start = Relative((Lead(2, "hours"),)), [wall(2027, 2, 2, 7, 30)]
    assert next_occurrence(rule, LONDON, at(2027, 2, 1), events=start) == at(2027, 2, 2, 5, 30)
    nudge = next_occurrence(rule, LONDON, at(2027, 2, 1), events=start, is_nudge=True)
    assert nudge == at(2027, 2, 1, 19)


def test_a_day_without_an_hour_is_told_of_the_evening_before() -> None:
    rule = Relative((Lead(2, "hours"),))
    found = next_occurrence(rule, LONDON, at(2027, 2, 1), events=[date(2027, 2, 3)])
    assert found == at(2027, 2, 2, 18)


def test_sessions_come_one_after_the_other_and_one_a_day() -> None:
    rule = Relative((Lead(2, "hours"),))
    events = [wall(2027, 2, day, hour) for day in (2, 9) for hour in (10, 15)]
    first = next_occurrence(rule, LONDON, at(2027, 2, 1), events=events)
    assert first == at(2027, 2, 2, 8)
    second = next_occurrence(rule, LONDON, first, events=events, last_on=date(2027, 2, 2))
    assert second == at(2027, 2, 9, 8)


def test_after_a_course() -> None:
    rule = Relative((Lead(1, "days", time(17), is_after=True),))
    found = next_occurrence(rule, LONDON, at(2027, 2, 1), events=[wall(2027, 2, 2, 20)])
    assert found == at(2027, 2, 3, 17)


TIMES = st.times().map(lambda one: one.replace(second=0, microsecond=0))
DAYS = st.dates(date(2026, 1, 1), date(2036, 12, 31))
EVERY = st.integers(1, 60)
LEADS = st.builds(
    Lead,
    st.integers(0, 100),
    st.sampled_from(["minutes", "hours", "days", "weeks"]),
    st.none() | TIMES,
    st.booleans(),
)
REPEATED = st.one_of(
    st.builds(Daily, TIMES, DAYS, EVERY),
    st.builds(
        Weekly,
        st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
        TIMES,
        DAYS,
        EVERY,
    ),
    st.builds(Monthly, st.integers(1, 31), TIMES, DAYS, EVERY),
    st.builds(Yearly, st.integers(1, 12), st.integers(1, 28), TIMES),
)
RULES = st.one_of(
    REPEATED,
    st.builds(Once, DAYS, TIMES),
    st.lists(LEADS, min_size=1, max_size=4).map(lambda leads: Relative(tuple(leads))),
)
MOMENTS = st.datetimes(wall(2026, 1, 1), wall(2036, 12, 31)).map(
    lambda one: one.replace(tzinfo=UTC)
)


@given(REPEATED, MOMENTS, st.sampled_from(ZONES), st.booleans())
@settings(max_examples=300, deadline=None)
def test_what_comes_next_is_later_and_on_another_date(
    rule: Rule, now: datetime, zone: str, is_nudge: bool
) -> None:
    there, seen = ZoneInfo(zone), []
    for _ in range(4):
        found = next_occurrence(rule, zone, now, is_nudge=is_nudge)
        if found is None:
            return
        assert found > now
        seen.append(found.astimezone(there).date())
        now = found
    assert seen == sorted(set(seen))


@given(RULES)
@settings(deadline=None)
def test_a_rule_survives_as_json(rule: Rule) -> None:
    assert rule_from_json(rule_to_json(rule)) == rule


@pytest.mark.parametrize(
    "written",
    [
        {},
        {"kind": "never"},
        {"kind": "daily", "at": "09:00", "since": "2027-01-01", "every": 0},
        {"kind": "daily", "at": "25:00", "since": "2027-01-01", "every": 1},
        {"kind": "weekly", "weekdays": [], "at": "09:00", "since": "2027-01-01", "every": 1},
        {"kind": "weekly", "weekdays": [7], "at": "09:00", "since": "2027-01-01", "every": 1},
        {"kind": "monthly", "day": 32, "at": "09:00", "since": "2027-01-01", "every": 1},
        {"kind": "yearly", "month": 2, "day": 30, "at": "09:00"},
        {"kind": "once", "day": "9999-01-01", "at": "09:00"},
        {"kind": "relative", "leads": []},
        {"kind": "relative", "leads": [{"count": 1, "unit": "centuries"}]},
        {"kind": "relative", "leads": [{"count": 10_000, "unit": "days"}]},
    ],
)
def test_what_is_no_rule_is_refused(written: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"rule|hour|isoformat"):
        rule_from_json(written)


@given(REPEATED, MOMENTS)
@settings(deadline=None)
def test_anchoring_changes_no_occurrence(rule: Rule, now: datetime) -> None:
    local = now.astimezone(ZoneInfo(LONDON))
    known = anchored(rule, local)
    assert coming(known, now, 3) == coming(rule, now, 3)
