"""What can be said of two versions of a campaign, and what cannot be said yet.

The interval is Newcombe's hybrid score interval for the difference of two proportions (R. G.
Newcombe, "Interval estimation for the difference between independent proportions: comparison of
eleven methods", Statistics in Medicine 17 (1998) 873-890, method 10), from Wilson's score intervals
of each (E. B. Wilson, JASA 22 (1927) 209-212), without continuity correction. It is honest also
where few people did anything, where the usual interval claims too much.

An interval holds for one look at a moment that was fixed before. Whoever looks every day and stops
when one is ahead finds winners where there are none; so no winner is named before that moment.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, TypeAlias

from bot.campaigns.variants import VARIANTS, Variant

SURE: Final = 1.959963984540054
"""The normal quantile of an interval that holds 95 times in 100."""
POWER: Final = 0.8416212335729143
"""The one with which a difference that there is would be found 80 times in 100."""
KINDS: Final = ("acted", "click", "open", "pledge", "opt_out")
"""What is told of each version: whoever did anything but leave, then people by what they did."""
MOST_WORTH: Final = 1_000_000
"""Whatever needs more people than that is no difference that matters."""

Verdict: TypeAlias = Literal["waiting", "few", "a", "b", "unclear", "same"]
"""Too early; too few people for anything to be shown; which did better; not known yet, with how
many more people it would be; no difference that any number of people would show."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Between what a proportion, or a difference of two, is likely to lie."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one version, in people.

    Attributes:
        accepted: How many messages were accepted.
        acted: How many people followed a link, opened a part, answered or pledged; each once.
        people: How many did what, by kind, in fives; None where it is too few to be shown.
    """

    accepted: int
    acted: int
    people: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Compared:
    """Two versions beside each other.

    Attributes:
        ends_at: When they are compared; what people do later does not count.
        difference: How much more of the second version's people acted, as a proportion; None where
            it is not shown.
        more: How many more people a campaign of this kind would have to reach to tell.
    """

    outcomes: Mapping[Variant, Outcome]
    ends_at: datetime
    verdict: Verdict
    difference: Interval | None = None
    more: int = 0


def wilson(acted: int, of: int, z: float = SURE) -> Interval:
    """Return Wilson's score interval of a proportion; `of` is at least 1."""
    share, square = acted / of, z * z
    middle = (2 * acted + square) / (2 * (of + square))
    around = z * math.sqrt(square + 4 * of * share * (1 - share)) / (2 * (of + square))
    return Interval(max(0.0, middle - around), min(1.0, middle + around))


def difference(one: tuple[int, int], other: tuple[int, int], z: float = SURE) -> Interval:
    """Return Newcombe's interval of how much the first proportion is above the second.

    Args:
        one, other: How many acted, of how many; both of at least 1.
    """
    first, second = one[0] / one[1], other[0] / other[1]
    own, its = wilson(*one, z), wilson(*other, z)
    low = math.hypot(first - own.low, its.high - second)
    high = math.hypot(own.high - first, second - its.low)
    return Interval(first - second - low, first - second + high)


def needed(one: tuple[int, int], other: tuple[int, int]) -> int | None:
    """Return how many people each version would need for this difference to show, if it is real.

    It would show four times out of five; None where there is no difference at all.
    """
    first, second = one[0] / one[1], other[0] / other[1]
    if first == second:
        return None
    spread = first * (1 - first) + second * (1 - second)
    return math.ceil((SURE + POWER) ** 2 * spread / (first - second) ** 2)


def outcomes_of(
    counts: Mapping[str, Mapping[str, int]], told: Callable[[int], int | None]
) -> dict[Variant, Outcome]:
    """Return what came of both versions, shown so that nobody can be told.

    Args:
        counts: By version "accepted", "acted" and people by kind, as they are kept.
        told: Gives how many people may be told of; None for too few.
    """
    return {
        one: Outcome(
            counts.get(one, {}).get("accepted", 0),
            counts.get(one, {}).get("acted", 0),
            {kind: told(counts.get(one, {}).get(kind, 0)) for kind in KINDS},
        )
        for one in VARIANTS
    }


def compared(
    outcomes: Mapping[Variant, Outcome], ends_at: datetime, now: datetime, share: int
) -> Compared:
    """Return what can be said of two versions now.

    Args:
        share: How many in a hundred people got the second one.
    """
    a, b = outcomes["a"], outcomes["b"]
    if now < ends_at:
        return Compared(outcomes, ends_at, "waiting")
    if _hides(a) or _hides(b):
        return Compared(outcomes, ends_at, "few")
    pair = ((b.acted, b.accepted), (a.acted, a.accepted))
    found = difference(*pair)
    if found.low > 0 or found.high < 0:
        return Compared(outcomes, ends_at, "b" if found.low > 0 else "a", found)
    least = needed(*pair)
    if least is None or least > MOST_WORTH:
        return Compared(outcomes, ends_at, "same", found)
    whole = math.ceil(max(least * 100 / share, least * 100 / (100 - share)))
    more = max(1, whole - a.accepted - b.accepted)
    return Compared(outcomes, ends_at, "unclear", found, more)


def _hides(one: Outcome) -> bool:
    return one.people.get("acted") is None
