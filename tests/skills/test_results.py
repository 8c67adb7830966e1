"""A result shows a range where it is not clear, and says what it rests on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.skills import Assessment
from bot.skills.results import CLEAR, _standing, mean_level, moved, standings
from tests.skills.frameworks import framework

FRAMEWORK = framework()
WHOLE = Assessment(FRAMEWORK)


@pytest.mark.parametrize(
    ("chances", "level", "shown"),
    [
        ((0.0, 0.8, 0.2, 0.0, 0.0), 1, (1, 1)),
        ((0.0, 0.5, 0.4, 0.1, 0.0), 1, (1, 2)),
        ((0.1, 0.2, 0.4, 0.2, 0.1), 2, (1, 3)),
        ((0.6, 0.3, 0.1, 0.0, 0.0), 0, (0, 1)),
        ((0.0, 0.0, 0.1, 0.3, 0.6), 4, (3, 4)),
        ((0.2, 0.2, 0.2, 0.2, 0.2), 0, (0, 3)),
    ],
)
def test_a_level_that_is_not_clear_has_a_range(
    chances: tuple[float, ...], level: int, shown: tuple[int, int]
) -> None:
    found = _standing("1.1", chances, ())
    assert (found.level, (found.low, found.high)) == (level, shown)
    assert found.is_clear is (shown[0] == shown[1])


@given(st.lists(st.floats(0.001, 1), min_size=5, max_size=5))
def test_a_range_is_clear_enough_and_holds_the_level(weights: list[float]) -> None:
    found = _standing("1.1", [weight / sum(weights) for weight in weights], ())
    assert 0 <= found.low <= found.level <= found.high <= 4
    assert found.chance >= CLEAR


def test_what_nobody_was_asked_about_is_estimated() -> None:
    found = standings(WHOLE, [("1.1.3a", 2), ("1.1.2a", 3), ("1.2.2a", None), ("9.9.1a", 2)])
    assert found["1.1"].led_by == ("1.1.2a", "1.1.3a")
    assert not found["1.1"].is_estimated
    assert found["1.2"].is_estimated
    assert found["5.4"].is_estimated


def test_a_check_alone_is_not_what_a_person_told() -> None:
    found = standings(Assessment(FRAMEWORK, checks=5), [("check-1.1-0", 0)])
    assert found["1.1"].is_estimated


def test_an_area_moves_when_it_moves_enough() -> None:
    low = {"1.1": (0.0, 1.0, 0.0, 0.0, 0.0), "1.2": (0.0, 1.0, 0.0, 0.0, 0.0)}
    high = {"1.1": (0.0, 0.0, 1.0, 0.0, 0.0), "1.2": (0.0, 1.0, 0.0, 0.0, 0.0)}
    assert moved(low, high, ["1.1", "1.2"]) == pytest.approx(0.5)
    assert moved(high, low, ["1.1", "1.2"]) == pytest.approx(-0.5)
    assert moved(low, low, ["1.1", "1.2"]) is None
    assert moved(low, high, ["1.2"]) is None
    assert moved(low, high, ["4.1"]) is None


def test_the_mean_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="none of these"):
        mean_level({}, ["1.1"])
