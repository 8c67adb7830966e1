"""Periods begin where people expect, and releases are read as they were written."""

from __future__ import annotations

from datetime import date

import pytest

from bot.insights.lines import COLUMNS, as_lines, groups_of, inner_of, summed
from bot.insights.sheets import (
    ALL,
    SHEETS,
    Release,
    after,
    before,
    dump_release,
    ended,
    load_release,
    period_of,
    release,
)
from bot.insights.telling import Told

MONDAY = date(2027, 1, 4)
RELEASE = Release(
    "checks",
    date(2026, 12, 1),
    {ALL: Told(40, {"ward": {"hulme": Told(30, {"level": {"1": Told(None), "2": Told(22)}})}})},
)


def test_weeks_begin_on_monday_and_months_on_the_first() -> None:
    assert period_of(date(2027, 1, 10), "week") == MONDAY
    assert period_of(date(2027, 1, 31), "month") == date(2027, 1, 1)
    assert before(date(2027, 1, 1), "month") == date(2026, 12, 1)
    assert before(MONDAY, "week") == date(2026, 12, 28)


@pytest.mark.parametrize("every", ["week", "month"])
def test_periods_follow_each_other_without_a_gap(every: str) -> None:
    day = period_of(date(2024, 1, 1), "week" if every == "week" else "month")
    for _ in range(60):
        later = after(day, "week" if every == "week" else "month")
        assert before(later, "week" if every == "week" else "month") == day
        day = later


def test_only_what_is_over_is_told() -> None:
    assert next(iter(ended(date(2027, 1, 11), "week"))) == MONDAY
    assert next(iter(ended(date(2027, 1, 10), "week"))) == date(2026, 12, 28)
    assert next(iter(ended(date(2027, 1, 31), "month"))) == date(2026, 12, 1)


def test_groups_of_few_have_no_name() -> None:
    told = release("unmet", MONDAY, {"my name": [({}, 4)], "welding": [({}, 5)]}, ())

    assert told.groups == {"welding": Told(5)}
    assert told.of("my name") == Told(None)


def test_releases_are_kept_and_read() -> None:
    assert load_release("checks", RELEASE.starts_on, dump_release(RELEASE)) == RELEASE


def test_every_figure_is_a_line() -> None:
    found = list(as_lines([RELEASE]))

    assert [line["count"] for line in found] == [40, 30, None, 22]
    assert all(set(line) == set(COLUMNS) for line in found)
    assert (found[3]["way"], found[3]["inner_part"]) == ("ward", "2")


def test_sheets_for_staff_alone_are_not_open() -> None:
    campaigns = Release("campaigns", MONDAY, {"c1": Told(90)})

    assert list(as_lines([campaigns], is_open=True)) == []
    assert list(as_lines([Release("gone", MONDAY, {})])) == []
    assert not SHEETS["campaigns"].is_open


def test_sums_leave_out_what_is_not_told() -> None:
    weeks = [
        Release("saved", MONDAY, {"maths": Told(9), "art": Told(6)}),
        Release("saved", after(MONDAY, "week"), {"maths": Told(5)}),
    ]
    assert {key: one.count for key, one in groups_of(weeks).items()} == {"maths": 14, "art": 6}
    assert summed([Told(None)]).count is None
    levels = inner_of([RELEASE, RELEASE], ALL, "ward", "level")
    assert levels["hulme"]["2"].count == 44
    assert levels["hulme"]["1"].count is None
