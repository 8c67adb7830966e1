"""How far a course takes people towards what they need, by competence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.needs.records import Covered, Target

WHOLE, A_STEP, TOO_HIGH, FAR_TOO_HIGH, KNOWN_ALREADY, STEEP = 1.0, 0.6, 0.5, 0.1, 0.1, 0.6
HELPS = 0.5
"""From this credit on a course counts as leading to a target."""


def credit(target: Target, level: int) -> float:
    """Return how much of a target a course at a level is worth, 0 to 1; 0 where there is no need.

    A course that ends where people should be is worth most, one on the way to it much, one a level
    above something: the level of a course is often only inferred.
    """
    if not target.distance:
        return 0.0
    if level <= target.now:
        return KNOWN_ALREADY
    if level < target.should:
        worth = A_STEP
    elif level == target.should:
        worth = WHOLE
    else:
        worth = TOO_HIGH if level == target.should + 1 else FAR_TOO_HIGH
    return worth * (STEEP if level - target.now > 2 else 1.0)


def covered(targets: Iterable[Target], teaches: Mapping[str, int]) -> tuple[Covered, ...]:
    """Return what a course that teaches these levels does for each target that it touches."""
    return tuple(
        Covered(target, teaches[target.competence], credit(target, teaches[target.competence]))
        for target in targets
        if target.distance and target.competence in teaches
    )


def coverage(targets: Iterable[Target], teaches: Mapping[str, int]) -> float:
    """Return which part of all the way that is to go a course goes, 0 to 1."""
    total = gone = 0.0
    for target in targets:
        total += target.distance
        level = teaches.get(target.competence)
        if level is not None:
            gone += target.distance * credit(target, level)
    return gone / total if total else 0.0
