"""A heat map of counts tells by number and pattern, on a phone, in any direction."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pictures import Look
from bot.pictures.balance import MOST_ROWS, Balance, BalanceRow, density, draw_balance
from tests.pictures.test_drawings import (
    assert_all_words_inside,
    fills_of,
    words_of,
)

ENGLISH = Look("en", "#8a3d00")
LEVELS = ("Basic", "Intermediate", "Advanced", "Highly advanced")
MAP = Balance(
    "Comments by skill and level",
    LEVELS,
    (BalanceRow("Prepare data", (0, 3, 12, None)),),
    "How many comments there are.",
)


def test_each_cell_says_its_number_and_what_is_not_there_says_none() -> None:
    said = words_of(draw_balance(MAP, ENGLISH))

    assert [word for word in said if word.isdigit()] == ["0", "3", "12"]
    assert "Prepare data" in said


def test_more_is_denser_without_colour() -> None:
    drawn = draw_balance(
        Balance("x", ("a",), tuple(BalanceRow("r", (n,)) for n in (0, 1, 4, 7, 9))), ENGLISH
    )
    fills = fills_of(drawn)

    assert [density(n, 9) for n in (0, 1, 4, 7, 9)] == [0, 1, 2, 3, 4]
    assert len(set(fills)) >= 5


@pytest.mark.parametrize("language", ["en", "cy", "ur"])
def test_all_words_stay_inside_in_every_direction(language: str) -> None:
    rows = tuple(BalanceRow("معلومات تلاش کرنا " * 4, (1, 2, 30, 400)) for _ in range(3))
    assert_all_words_inside(draw_balance(Balance("x" * 90, LEVELS, rows), Look(language)))


@given(st.lists(st.one_of(st.none(), st.integers(0, 100_000)), min_size=1, max_size=6))
@settings(max_examples=25)
def test_any_counts_are_drawn(counts: list[int | None]) -> None:
    columns = tuple(str(n) for n in range(len(counts)))
    drawn = draw_balance(Balance("x", columns, (BalanceRow("r", tuple(counts)),)), ENGLISH)
    assert drawn.width == 600


def test_what_does_not_fit_is_refused_or_left_to_the_table() -> None:
    with pytest.raises(ValueError, match="columns"):
        draw_balance(Balance("x", (), ()), ENGLISH)
    with pytest.raises(ValueError, match="each column"):
        draw_balance(Balance("x", ("a",), (BalanceRow("r", (1, 2)),)), ENGLISH)
    many = tuple(BalanceRow(f"r{n}", (n,)) for n in range(MOST_ROWS + 5))
    assert f"r{MOST_ROWS}" not in words_of(draw_balance(Balance("x", ("a",), many), ENGLISH))
