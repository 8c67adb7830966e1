"""What a person reads of an estimate: a level, its range, and what led there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from bot.skills.assessment import Assessment

CLEAR = 0.7
"""A level that is less likely than this is shown with its neighbours, as a range."""

TREND = 0.3
"""Levels. An area's mean has moved when it moved by at least this."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands in a competence, by what they told.

    Attributes:
        competence: Its code.
        level: The likeliest: 0 is "not yet", 1 to 4 are the bands.
        low, high: The range to show; both are the level where it is clear enough.
        chance: How likely the level lies in the range.
        led_by: Items of this competence that were answered, in the order of their levels.
    """

    competence: str
    level: int
    low: int
    high: int
    chance: float
    led_by: tuple[str, ...]

    @property
    def is_estimated(self) -> bool:
        """Whether it rests on answers about other competences alone; then this has to be said."""
        return not self.led_by

    @property
    def is_clear(self) -> bool:
        """Whether one level can be shown without its neighbours."""
        return self.low == self.high


def standings(
    assessment: Assessment, answers: Sequence[tuple[str, int | None]]
) -> dict[str, Standing]:
    """Return where a person stands in every competence of an assessment.

    Raises:
        ValueError: An answer is neither 0 to 3 nor None.
    """
    led_by: dict[str, list[tuple[int, str]]] = {}
    for key, answer in dict(answers).items():
        item = assessment.item(key)
        if item is not None and answer is not None and not item.is_check:
            led_by.setdefault(item.competence, []).append((item.level, key))
    return {
        code: _standing(code, chances, tuple(key for _, key in sorted(led_by.get(code, ()))))
        for code, chances in assessment.estimate(answers).items()
    }


def _standing(code: str, chances: Sequence[float], led_by: tuple[str, ...]) -> Standing:
    level = max(range(len(chances)), key=chances.__getitem__)
    low = high = level
    while sum(chances[low : high + 1]) < CLEAR:
        below = chances[low - 1] if low > 0 else -1.0
        above = chances[high + 1] if high < len(chances) - 1 else -1.0
        if below > above:
            low -= 1
        else:
            high += 1
    return Standing(code, level, low, high, sum(chances[low : high + 1]), led_by)


def mean_level(estimate: Mapping[str, Sequence[float]], codes: Sequence[str]) -> float:
    """Return the mean expected level, 0 to 4, of some competences.

    Raises:
        ValueError: None of them is in the estimate.
    """
    known = [estimate[code] for code in codes if code in estimate]
    if not known:
        raise ValueError("none of these competences is in the estimate")
    return fmean(sum(level * chance for level, chance in enumerate(one)) for one in known)


def moved(
    before: Mapping[str, Sequence[float]],
    after: Mapping[str, Sequence[float]],
    codes: Sequence[str],
) -> float | None:
    """Return by how many levels an area moved between sittings, None where it is too little to say.

    Only competences of both sittings count.
    """
    both = [code for code in codes if code in before and code in after]
    if not both:
        return None
    change = mean_level(after, both) - mean_level(before, both)
    return change if abs(change) >= TREND else None
