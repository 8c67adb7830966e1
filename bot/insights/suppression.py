"""Which counts of a table must not be shown, so that none under five can be read or worked out.

A table with its totals is a set of equations: each row and each column adds up to its total. A
count that is hidden by itself is found by subtraction. So further counts are hidden with it until
nothing about fewer than `LEAST` can be worked out: no hidden count, and no sum of hidden counts.

The hidden counts are looked at as lines of a net between the rows and the columns, totals among
them. A count can be worked out when its line is the only one between two parts of the net, a sum
when its lines are all those between them; that is what every rule here asks for.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
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


class _Table:
    """A table with totals, and what is hidden of it so far."""

    def __init__(self, cells: Mapping[Spot, int], least: int) -> None:
        self._least = least
        self._counts = {spot: count for spot, count in with_totals(cells).items() if count}
        self._rows = sorted({row for row, _ in self._counts}, key=_order)
        self._hidden = {spot for spot, count in self._counts.items() if count < least}

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
        for spot in sorted(self._hidden, key=self._cost):
            path = self._way_round(spot)
            if path is None:
                return set()
            if path - self._hidden:
                return path - self._hidden
        for group, rows in self._groups():
            if 0 < sum(self._counts[spot] for spot in group) < self._least:
                return self._cheapest(rows)
        return None

    def _way_round(self, spot: Spot) -> set[Spot] | None:
        """Return the cheapest other way in the net from a spot's row to its column."""
        start, goal = ("row", spot[0]), ("column", spot[1])
        queue: list[tuple[int, int, Node, frozenset[Spot]]] = [(0, 0, start, frozenset())]
        seen: set[Node] = set()
        number = 0
        while queue:
            cost, _, here, way = heappop(queue)
            if here == goal:
                return set(way)
            if here in seen:
                continue
            seen.add(here)
            for other, there in self._neighbours(here):
                if other != spot and there not in seen:
                    number += 1
                    step = 0 if other in self._hidden else self._counts[other]
                    heappush(queue, (cost + step, number, there, way | {other}))
        return None

    def _neighbours(self, here: Node) -> Iterator[tuple[Spot, Node]]:
        kind, name = here
        for spot in sorted(self._counts, key=self._cost):
            if kind == "row" and spot[0] == name:
                yield spot, ("column", spot[1])
            elif kind == "column" and spot[1] == name:
                yield spot, ("row", spot[0])

    def _groups(self) -> Iterator[tuple[set[Spot], frozenset[Name]]]:
        """Yield hidden counts whose sum can be worked out, with the rows from which it is.

        The rows' sums less those of columns that lie wholly in them leave a group; so do the
        columns that the rows touch less the rows. Groups with totals in them are no counts of
        somebody and are left out, as is the difference of groups.
        """
        for rows in _subsets(self._rows):
            within = {spot for spot in self._hidden if spot[0] in rows}
            outside = self._hidden - within
            open_columns = {column for _, column in outside}
            left = {spot for spot in within if spot[1] in open_columns}
            columns = {column for _, column in within}
            right = {spot for spot in outside if spot[1] in columns}
            for group in (left, right):
                if group and len({_is_margin(spot) for spot in group}) == 1:
                    yield group, rows

    def _cheapest(self, rows: frozenset[Name]) -> set[Spot]:
        """Return the smallest count of some rows, else of all, that is not hidden yet."""
        shown = [spot for spot in self._counts if spot not in self._hidden]
        near = [spot for spot in shown if spot[0] in rows] or shown
        return {min(near, key=self._cost)} if near else set()

    def _cost(self, spot: Spot) -> tuple[bool, int, str]:
        return (TOTAL in spot, self._counts[spot], repr(spot))


def _is_margin(spot: Spot) -> bool:
    """Whether a spot is a row's or a column's total; the total of all is none."""
    return (spot[0] is TOTAL) != (spot[1] is TOTAL)


def _subsets(names: Iterable[Name]) -> Iterator[frozenset[Name]]:
    every = list(names)
    for size in range(1, len(every) + 1):
        yield from map(frozenset, combinations(every, size))


def _order(name: Name) -> tuple[bool, str]:
    return (name is TOTAL, repr(name))
