"""Two versions are compared as the statisticians' papers have it, and not before the day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from bot.campaigns.comparison import (
    compared,
    difference,
    needed,
    outcomes_of,
    wilson,
)
from bot.campaigns.variants import Variant
from bot.insights.rounding import told

ENDS = datetime(2027, 1, 8, 9, tzinfo=UTC)
BEFORE, THEN = ENDS - timedelta(seconds=1), ENDS


@pytest.mark.parametrize(
    ("acted", "of", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilsons_interval_is_as_published(acted: int, of: int, low: float, high: float) -> None:
    """Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3."""
    found = wilson(acted, of)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_newcombes_interval_is_the_published_one(
    one: tuple[int, int], other: tuple[int, int], low: float, high: float
) -> None:
    """Newcombe, Statistics in Medicine 17 (1998) 873-890, table II, method 10."""
    found = difference(one, other)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)
    turned = difference(other, one)
    assert turned.low == pytest.approx(-found.high)
    assert turned.high == pytest.approx(-found.low)


def test_it_holds_95_times_in_100() -> None:
    chance, held, tries = Random(3), 0, 2000
    for _ in range(tries):
        one = sum(chance.random() < 0.12 for _ in range(150))
        other = sum(chance.random() < 0.08 for _ in range(150))
        found = difference((one, 150), (other, 150))
        held += found.low <= 0.04 <= found.high
    assert 0.935 <= held / tries <= 0.975


def versions(a: tuple[int, int], b: tuple[int, int]) -> dict[str, dict[str, int]]:
    return {
        "a": {"acted": a[0], "accepted": a[1], "click": a[0]},
        "b": {"acted": b[0], "accepted": b[1], "click": b[0]},
    }


def verdict(a: tuple[int, int], b: tuple[int, int], now: datetime = THEN, share: int = 50) -> str:
    return compared(outcomes_of(versions(a, b), told), ENDS, now, share).verdict


def test_no_winner_is_named_before_the_day_however_clear_it_looks() -> None:
    assert verdict((5, 1000), (500, 1000), BEFORE) == "waiting"
    assert verdict((5, 1000), (500, 1000), THEN) == "b"
    assert verdict((500, 1000), (5, 1000), THEN) == "a"
    early = compared(outcomes_of(versions((5, 1000), (500, 1000)), told), ENDS, BEFORE, 50)
    assert early.difference is None


@pytest.mark.parametrize("few", [(4, 100), (0, 100), (3, 4)])
def test_what_would_tell_of_few_is_not_compared(few: tuple[int, int]) -> None:
    for a, b in ((few, (50, 100)), ((50, 100), few)):
        found = compared(outcomes_of(versions(a, b), told), ENDS, THEN, 50)
        assert (found.verdict, found.difference) == ("few", None)


def test_numbers_are_shown_in_fives() -> None:
    shown: dict[Variant, int | None] = {
        key: one.people["click"]
        for key, one in outcomes_of(versions((14, 90), (4, 90)), told).items()
    }
    assert shown == {"a": 10, "b": None}
    assert outcomes_of({}, told)["a"].accepted == 0


def test_it_says_how_many_more_people_it_would_need() -> None:
    found = compared(outcomes_of(versions((10, 100), (15, 100)), told), ENDS, THEN, 50)
    assert found.verdict == "unclear"
    # Fleiss, Levin and Paik: (1.96 + 0.8416)^2 (0.1 * 0.9 + 0.15 * 0.85) / 0.05^2 = 683 in each.
    assert needed((15, 100), (10, 100)) == 683
    assert found.more == 2 * 683 - 200
    uneven = compared(outcomes_of(versions((40, 400), (15, 100)), told), ENDS, THEN, 20)
    assert uneven.more == 683 * 5 - 500


def test_no_number_of_people_shows_a_difference_that_is_none() -> None:
    assert verdict((10, 100), (10, 100)) == "same"
    assert verdict((50_000, 100_000), (50_010, 100_000)) == "same"
