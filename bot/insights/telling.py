"""Which counts of people a city may be told, so that no small one can be worked out from the rest.

What is counted in a week or month is split into parts in which everybody stands once. A part is
told where it is five or more. If any part is not, the smallest of the others is kept back with it,
and a part of nobody looks like a part of few. So among the parts that are kept back is always one
of five or more, and nothing says which: whatever is added and subtracted, each of them may be it.

Parts are split further only where they are told themselves. No two ways of splitting the same
people share a part, and each period counts what began in it, once and for all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.insights.suppression import LEAST


@dataclass(frozen=True, slots=True)
class Way:
    """A way of splitting people into parts.

    Attributes:
        name: The column that says in which part somebody stands.
        ways: How each part is split further.
        parts: All parts that there can be, where they are known beforehand; their names are then
            always shown. Of other ways only the parts that are told have a name.
    """

    name: str
    ways: tuple[Way, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What may be told of some people.

    Attributes:
        count: How many; None where it is kept back.
        ways: By way and part; empty where the count is kept back.
    """

    count: int | None
    ways: Mapping[str, Mapping[str, Told]] = field(default_factory=dict)

    def rest(self, way: str) -> int:
        """Return how many stand in parts that are not told, all together."""
        told = sum(part.count or 0 for part in self.ways.get(way, {}).values())
        return (self.count or 0) - told


Row = tuple[Mapping[str, str], int]
"""In which part of each way some people stand, and how many they are."""


def tell(rows: Iterable[Row], ways: Sequence[Way]) -> Told:
    """Return what may be told of people.

    Args:
        rows: All of them, each in one row; where one is not part of a way the part is "".
        ways: Every way must have a part for everybody.
    """
    kept = tuple(rows)
    count = sum(number for _, number in kept)
    if count < LEAST:
        return Told(None)
    return Told(count, {way.name: _split(kept, way) for way in ways})


def _split(rows: Sequence[Row], way: Way) -> dict[str, Told]:
    by_part: dict[str, list[Row]] = {part: [] for part in way.parts}
    for parts, number in rows:
        by_part.setdefault(parts.get(way.name, ""), []).append((parts, number))
    counts = {part: sum(number for _, number in found) for part, found in by_part.items()}
    away = kept_back(counts, is_open=not way.parts)
    found = {}
    for part in sorted(by_part, key=lambda one: _place(way, one)):
        if part not in away:
            found[part] = tell(by_part[part], way.ways)
        elif part in way.parts:
            found[part] = Told(None)
    return found


def kept_back(counts: Mapping[str, int], *, is_open: bool) -> frozenset[str]:
    """Return the parts that must not be told, of parts that add up to a count that is told.

    Args:
        is_open: There may be parts that nobody knows of: of nobody, and so never told.
    """
    few = {part for part, count in counts.items() if count < LEAST}
    if not few and not is_open:
        return frozenset()
    least = min((count for part, count in counts.items() if part not in few), default=0)
    return frozenset(few | {part for part, count in counts.items() if count == least})


def _place(way: Way, part: str) -> tuple[int, str]:
    return (way.parts.index(part) if part in way.parts else len(way.parts), part)


def rounded(told: Told) -> Told:
    """Return the same with counts rounded down to fives.

    It is for people who are also counted elsewhere, with other counts: whatever is taken from
    what then, the difference is one of five numbers in a row, so never known to be one to four.
    """
    ways = {
        way: {part: rounded(one) for part, one in parts.items()} for way, parts in told.ways.items()
    }
    return Told(None if told.count is None else told.count - told.count % LEAST, ways)


def as_tree(told: Told) -> dict[str, Any]:
    """Return what is told as plain values for JSON."""
    ways = {
        way: {part: as_tree(one) for part, one in parts.items()} for way, parts in told.ways.items()
    }
    return {"count": told.count, **({"by": ways} if ways else {})}


def from_tree(tree: Mapping[str, Any]) -> Told:
    """Return what `as_tree` wrote."""
    return Told(
        tree["count"],
        {
            way: {part: from_tree(one) for part, one in parts.items()}
            for way, parts in tree.get("by", {}).items()
        },
    )
