"""How far a run is, and when it will be over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.campaigns.progress import USUAL_RATE, predicted_end, progress_of, rate_of

ZONE = "Europe/London"
NOON = datetime(2027, 1, 12, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("counts", "size", "left", "percent"),
    [
        ({}, 0, 0, 100),
        ({"queued": 3}, 3, 3, 0),
        ({"queued": 1, "claimed": 1, "sent": 998}, 1000, 2, 99),
        ({"sent": 5, "blocked": 1, "failed": 1, "in_doubt": 1, "skipped": 1}, 9, 0, 100),
        ({"cancelled": 4, "sent": 4}, 8, 0, 100),
    ],
)
def test_states_add_up(counts: dict[str, int], size: int, left: int, percent: int) -> None:
    found = progress_of(counts)
    assert (found.size, found.left, found.done, found.percent) == (size, left, size - left, percent)


def test_before_anything_was_measured_it_is_the_usual_rate() -> None:
    few = [NOON - timedelta(seconds=n) for n in range(5)]
    long_ago = [NOON - timedelta(hours=1, seconds=n) for n in range(100)]
    at_once = [NOON] * 100
    for settled in ([], few, long_ago, at_once):
        assert rate_of(settled, NOON) == USUAL_RATE


def test_a_rate_is_what_went_out_a_second() -> None:
    settled = [NOON - timedelta(seconds=n / 10) for n in range(101)]
    assert rate_of(settled, NOON) == pytest.approx(10)
    held_before = [NOON - timedelta(minutes=30)] * 50
    assert rate_of([*held_before, *settled], NOON) == pytest.approx(10)


def test_the_end_is_as_far_as_the_rate_says() -> None:
    assert predicted_end(0, NOON, ZONE) == NOON
    assert predicted_end(1500, NOON, ZONE) == NOON + timedelta(minutes=1)
    assert predicted_end(100, NOON, ZONE, rate=10) == NOON + timedelta(seconds=10)


def test_nothing_goes_out_at_night() -> None:
    late = datetime(2027, 1, 12, 22, 0, tzinfo=UTC)
    assert predicted_end(25, late, ZONE) == datetime(2027, 1, 13, 8, 0, 1, tzinfo=UTC)
    evening = datetime(2027, 1, 12, 19, 59, tzinfo=UTC)
    two_minutes = int(USUAL_RATE * 120)
    assert predicted_end(two_minutes, evening, ZONE) == datetime(2027, 1, 13, 8, 1, tzinfo=UTC)
    days = predicted_end(int(USUAL_RATE * 3600 * 30), late, ZONE)
    assert days == datetime(2027, 1, 15, 14, 0, tzinfo=UTC)


def test_a_night_in_which_the_clocks_change_is_no_shorter_for_people() -> None:
    before = datetime(2027, 3, 27, 20, 30, tzinfo=UTC)
    assert predicted_end(25, before, ZONE) == datetime(2027, 3, 28, 7, 0, 1, tzinfo=UTC)
