"""Counts of people on pages that are counted anew at every look.

Somebody may look twice, or hold one count against another. So these are rounded down to fives:
what is left between two of them is one of several numbers in a row, never known to be one to four,
and a count of few looks like nobody.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeVar

from bot.insights.suppression import LEAST

Part = TypeVar("Part", bound=Hashable)


def told(count: int) -> int | None:
    """Return how many people may be told of; None for fewer than five, or nobody."""
    return count - count % LEAST if count >= LEAST else None


def told_parts(parts: Mapping[Part, int]) -> dict[Part, int]:
    """Return the parts that may be told of; that there are others is not said.

    What is said of all of them together may rest on these alone: a whole that is counted by itself
    would tell of the others.
    """
    found = {part: told(count) for part, count in parts.items()}
    return {part: count for part, count in found.items() if count is not None}
