"""Which counts of a table must not be shown, so that none under five can be read or worked out.

A table with its totals is a set of equations: each row and each column adds up to its total. A
count that is hidden by itself is found by subtraction. So further counts are hidden with it until
nothing about fewer than `LEAST` can be worked out: no hidden count, and no sum of hidden counts.

The hidden counts are looked at as lines of a net between the rows and the columns, totals among
them. A way round in that net is a change of some counts that leaves all that is shown as it is. So
what could be anything else for all that one sees is what some way round changes; a count must not
fall to 0 on it, for zeros are shown.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from heapq import heappop, heappush
from itertools import combinations
from typing import Final, TypeAlias

LEAST: Final = 5
TOTAL: Final = None

Name: TypeAlias = Hashable
Node: TypeAlias = tuple[str, Name]
Spot: TypeAlias = tuple[Name, Name]
"""A row and a column; None in either place is the total."""


def with_totals(cells: Mapping[Spot, int]) -> dict[Spot, int]:
    """Return a table with the totals of its rows, its columns and the whole."""
    whole: dict[Spot, int] = {}
    for (row, column), count in cells.items():
        for spot in ((row, column), (row, TOTAL), (TOTAL, column), (TOTAL, TOTAL)):
            whole[spot] = whole.get(spot, 0) + count
    return whole


def hidden(cells: Mapping[Spot, int], least: int = LEAST) -> frozenset[Spot]:
    """Return the spots of a table and its totals that must not be shown.

    Counts of 0 are always shown: they tell of nobody.

    Args:
        cells: Counts by row and column, without totals; a spot that is missing is 0.
        least: The smallest count that may be shown.
    """
    if len({row for row, _ in cells}) <= len({column for _, column in cells}):
        return _Table(cells, least).hide()
    turned = {(column, row): count for (row, column), count in cells.items()}
    return frozenset((row, column) for column, row in _Table(turned, least).hide())


Change: TypeAlias = Mapping[Spot, int]
"""By how much counts differ in another table that looks the same."""


class _Table:
    """A table with totals, and what is hidden of it so far."""

    def __init__(self, cells: Mapping[Spot, int], least: int) -> None:
        self._least = least
        self._counts = {spot: count for spot, count in with_totals(cells).items() if count}
        self._spots = sorted(self._counts, key=self._price)
        self._hidden = {spot for spot, count in self._counts.items() if count < least}
        self._at: dict[Node, list[tuple[Spot, Node]]] = {}
        for spot in self._spots:
            row, column = ("row", spot[0]), ("column", spot[1])
            self._at.setdefault(row, []).append((spot, column))
            self._at.setdefault(column, []).append((spot, row))

    def hide(self) -> frozenset[Spot]:
        """Hide until nothing can be worked out; everything where there is no other way."""
        while self._hidden:
            more = self._more()
            if more is None:
                break
            if not more:
                return frozenset(self._counts)
            self._hidden |= more
        return frozenset(self._hidden)

    def _more(self) -> set[Spot] | None:
        """Return what has to be hidden next; None when it is enough, empty where nothing helps."""
        changes: list[Change] = []
        for spot in [one for one in self._spots if one in self._hidden]:
            change = self._change(spot)
            if change is None:
                return set()
            if change.keys() - self._hidden:
                return change.keys() - self._hidden
            changes.append(change)
        return self._cheapest() if self._tells_of_few(changes) else None

    def _change(self, spot: Spot) -> Change | None:
        """Return the cheapest change of hidden counts with one in it; None where there is none."""
        both = (self._way_round(spot, 1), self._way_round(spot, -1))
        found = [one for one in both if one is not None]
        return min(found, key=lambda one: one[0])[1] if found else None

    def _way_round(self, spot: Spot, step: int) -> tuple[int, Change] | None:
        """Return the cheapest way round from a spot's row to its column, and its price.

        Lines that are passed from a row to a column change the other way than the spot does, the
        others as it does; what is not hidden yet has its count for a price.
        """
        start, goal = ("row", spot[0]), ("column", spot[1])
        if not self._may(spot, step):
            return None
        begin: Change = {spot: _turned(spot, step)}
        queue: list[tuple[int, int, Node, Change]] = [(0, 0, start, begin)]
        seen: set[Node] = set()
        number = 0
        while queue:
            price, _, here, change = heappop(queue)
            if here == goal:
                return price, change
            if here in seen:
                continue
            seen.add(here)
            turn = -step if here[0] == "row" else step
            for other, there in self._at[here]:
                if there not in seen and other not in change and self._may(other, turn):
                    number += 1
                    toll = 0 if other in self._hidden else self._counts[other]
                    longer = {**change, other: _turned(other, turn)}
                    heappush(queue, (price + toll, number, there, longer))
        return None

    def _may(self, spot: Spot, step: int) -> bool:
        return _turned(spot, step) > 0 or self._counts[spot] > 1

    def _tells_of_few(self, changes: Sequence[Change]) -> bool:
        """Whether a sum of hidden counts under the least is left as it is by every change."""
        marks = dict.fromkeys(self._hidden, 0)
        for number, change in enumerate(changes, 1):
            for spot, step in change.items():
                marks[spot] += step * pow(_BASE, number, _PRIME)
        small = [spot for spot in self._spots if self._counts[spot] < self._least]
        return any(
            sum(self._counts[spot] for spot in group) < self._least
            and sum(marks[spot] for spot in group) == 0
            for kind in _KINDS
            for size in range(2, self._least)
            for group in combinations([one for one in small if _kind(one) == kind], size)
        )

    def _cheapest(self) -> set[Spot]:
        """Return the smallest count that is not hidden yet; empty where all are."""
        return set([spot for spot in self._spots if spot not in self._hidden][:1])

    def _price(self, spot: Spot) -> tuple[bool, int, str]:
        return (TOTAL in spot, self._counts[spot], repr(spot))


_BASE, _PRIME = 1_000_003, 2**61 - 1
"""Each change has a mark of its own, so that sums of counts that no change moves add up to 0."""

_KINDS = ((False, False), (False, True), (True, False))


def _kind(spot: Spot) -> tuple[bool, bool]:
    """Return whether a spot is a row's, a column's total; sums of one kind are counts of people."""
    return (spot[0] is TOTAL, spot[1] is TOTAL)


def _turned(spot: Spot, step: int) -> int:
    """Return by how much a count changes on a way round: totals stand on the other side."""
    is_margin = (spot[0] is TOTAL) != (spot[1] is TOTAL)
    return -step if is_margin else step
