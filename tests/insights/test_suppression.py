"""Nothing about fewer than five can be read from a table, or worked out from what is shown."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.insights.suppression import LEAST, TOTAL, Spot, hidden, with_totals

MOST = 9


def test_a_table_without_small_counts_is_shown_whole() -> None:
    assert hidden({("a", "x"): 5, ("a", "y"): 9, ("b", "x"): 0}) == frozenset()
    assert hidden({}) == frozenset()


def test_a_small_count_is_not_found_by_subtraction() -> None:
    cells: dict[Spot, int] = {("a", "x"): 3, ("a", "y"): 9, ("b", "x"): 8, ("b", "y"): 7}
    assert hidden(cells) == {("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")}


def test_a_total_of_few_is_hidden_with_them() -> None:
    assert hidden({("a", "x"): 3}) == set(with_totals({("a", "x"): 3}))


def test_the_total_of_all_stays_where_it_can() -> None:
    chance = random.Random(1)
    cells: dict[Spot, int] = {
        (row, column): chance.randint(0, 40) for row in range(4) for column in "abcdefgh"
    }
    away = hidden(cells)
    assert (TOTAL, TOTAL) not in away
    assert len(away) < len(with_totals(cells)) / 2


@pytest.mark.parametrize("shape", [(2, 2), (2, 3)])
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whoever_tries_all_tables_learns_nothing_of_few(
    shape: tuple[int, int], data: st.DataObject
) -> None:
    rows, columns = range(shape[0]), range(shape[1])
    counts = st.integers(0, MOST)
    cells: dict[Spot, int] = {spot: data.draw(counts) for spot in product(rows, columns)}
    away = hidden(cells)
    whole = with_totals(cells)
    assert all(whole[spot] > 0 for spot in away)
    assert all(whole[spot] >= LEAST or not whole[spot] for spot in whole.keys() - away)
    inner = [spot for spot in cells if spot in away]
    small = [
        group
        for size in range(1, len(inner) + 1)
        for group in combinations(inner, size)
        if sum(cells[spot] for spot in group) < LEAST
    ]
    if not small:
        return
    seen: dict[tuple[Spot, ...], set[int]] = {group: set() for group in small}
    for table in tables_like(cells, away):
        for group, sums in seen.items():
            sums.add(sum(table[spot] for spot in group))
        seen = {group: sums for group, sums in seen.items() if len(sums) < 2}
        if not seen:
            return
    assert list(seen) == []


def test_the_least_that_a_hidden_count_can_be_gives_nothing_away() -> None:
    """Five hidden counts of a total of five would all be one."""
    cells: dict[Spot, int] = {}
    for spot in product(range(2), range(3)):
        cells[spot] = int(spot != (0, 0))
    assert (TOTAL, TOTAL) in hidden(cells)


def tables_like(cells: dict[Spot, int], away: frozenset[Spot]) -> Iterator[dict[Spot, int]]:
    """Yield every table that agrees with what is shown; a hidden count is known not to be 0."""
    whole = with_totals(cells)
    unknown = [spot for spot in cells if spot in away]
    limit = min(sum(cells[spot] for spot in unknown), 2 * MOST) + 1
    shown_totals = [spot for spot in whole if TOTAL in spot and spot not in away]

    def fill(table: dict[Spot, int], at: int) -> Iterator[dict[Spot, int]]:
        if at == len(unknown):
            totals = with_totals(table)
            if all(totals[spot] == whole[spot] for spot in shown_totals):
                yield dict(table)
            return
        room = [
            whole[spot] - sum(count for other, count in table.items() if covers(spot, other))
            for spot in shown_totals
            if covers(spot, unknown[at])
        ]
        for count in range(1, min([limit, *room]) + 1):
            table[unknown[at]] = count
            yield from fill(table, at + 1)
            del table[unknown[at]]

    yield from fill({spot: count for spot, count in cells.items() if spot not in away}, 0)


def covers(total: Spot, spot: Spot) -> bool:
    return total[0] in (TOTAL, spot[0]) and total[1] in (TOTAL, spot[1])
