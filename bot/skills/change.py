"""What may honestly be said about two sittings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

SURE = 0.8
"""A rise is told when it is at least this likely: seldom enough to be true when it is told."""


def chance_of_rise(before: Sequence[float], after: Sequence[float]) -> float:
    """Return how likely a competence's level is higher now, from its chances then and now."""
    return sum(
        then * now
        for low, then in enumerate(before)
        for high, now in enumerate(after)
        if high > low
    )


def rises(
    before: Mapping[str, Sequence[float]], after: Mapping[str, Sequence[float]]
) -> tuple[str, ...]:
    """Return the competences whose level rose, as far as that is sure enough to say."""
    return tuple(
        code
        for code, now in after.items()
        if code in before and chance_of_rise(before[code], now) >= SURE
    )


def newly_said(
    before: Sequence[tuple[str, int | None]], after: Sequence[tuple[str, int | None]], least: int
) -> tuple[str, ...]:
    """Return the items to which a person now answers `least` or more, and did not before.

    Only what was answered in both sittings counts: those are facts, not estimates.
    """
    then = dict(before)
    return tuple(
        key
        for key, answer in dict(after).items()
        if answer is not None
        and answer >= least
        and (was := then.get(key)) is not None
        and was < least
    )
