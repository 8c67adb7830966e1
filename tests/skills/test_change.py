"""A rise is told only when it is very likely; what people newly say is a fact."""

from __future__ import annotations

import pytest

from bot.skills.change import chance_of_rise, newly_said, rises

LOW = (0.0, 0.9, 0.1, 0.0, 0.0)
UNSURE = (0.1, 0.3, 0.3, 0.2, 0.1)
HIGH = (0.0, 0.0, 0.1, 0.8, 0.1)


@pytest.mark.parametrize(
    ("before", "after", "chance"),
    [
        ((1, 0, 0, 0, 0), (0, 0, 0, 0, 1), 1.0),
        ((0, 0, 1, 0, 0), (0, 0, 1, 0, 0), 0.0),
        ((0, 0, 0, 1, 0), (0, 1, 0, 0, 0), 0.0),
        ((0, 0.5, 0.5, 0, 0), (0, 0, 0.5, 0.5, 0), 0.75),
    ],
)
def test_the_chance_of_a_rise(
    before: tuple[float, ...], after: tuple[float, ...], chance: float
) -> None:
    assert chance_of_rise(before, after) == pytest.approx(chance)


def test_only_sure_rises_are_told() -> None:
    before = {"1.1": LOW, "1.2": UNSURE, "1.3": HIGH}
    after = {"1.1": HIGH, "1.2": HIGH, "1.3": LOW, "2.1": HIGH}
    assert rises(before, after) == ("1.1",)


def test_newly_said_counts_what_was_asked_twice() -> None:
    before: list[tuple[str, int | None]] = [("a", 1), ("b", 2), ("c", None), ("e", 0)]
    after: list[tuple[str, int | None]] = [("a", 2), ("b", 3), ("c", 3), ("d", 3), ("e", 1)]
    assert newly_said(before, after, least=2) == ("a",)
