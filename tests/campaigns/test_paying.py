"""What going out faster costs, and when nothing is paid."""

from __future__ import annotations

import pytest

from bot.campaigns.paying import WORTH_ABOVE, charge, cost, is_too_dear


@pytest.mark.parametrize(
    ("messages", "stars"), [(0, 0), (1, 1), (10, 1), (11, 2), (120_000, 12_000)]
)
def test_a_message_costs_a_tenth_of_a_star(messages: int, stars: int) -> None:
    assert cost(messages) == stars


@pytest.mark.parametrize(
    ("stars", "size", "charged", "is_dear"),
    [
        (0, 120_000, 0, False),
        (12_000, 120_000, 12_000, False),
        (11_999, 120_000, 0, True),
        (99_999, WORTH_ABOVE, 0, False),
        (99_999, WORTH_ABOVE + 1, 1001, False),
    ],
)
def test_nothing_is_paid_for_few_nor_more_than_was_agreed(
    stars: int, size: int, charged: int, is_dear: bool
) -> None:
    assert charge(stars, size) == charged
    assert is_too_dear(stars, size) == is_dear
