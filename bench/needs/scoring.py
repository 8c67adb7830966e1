"""How many of the courses that are shown answer the need: see LABELLING.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from bench.needs.labelled import Labelled
from bench.needs.ranking import Ranking
from bot.needs import SHOWN

WHOLLY = 2


@dataclass(frozen=True, slots=True)
class Score:
    """Means over needs.

    Attributes:
        precision: The part of what is shown that answers the need at least partly.
        strict: The part of what is shown that answers it wholly.
        answered: Of the needs that something answers wholly, the part of which it is shown.
        found: Of the places that could hold a course that answers at least partly (three, or as
            many as there are), the part that does.
        shown: How many courses were shown in all.
    """

    precision: float
    strict: float
    answered: float
    found: float
    shown: int


def score(needs: Iterable[Labelled], way: Ranking) -> Score:
    """Score one way of choosing."""
    partly, wholly, answered = [], [], []
    shown = good = could = 0
    for one in needs:
        found = [one.labels.get(name, 0) for name in way.choose(one.need)]
        shown += len(found)
        good += sum(map(bool, found))
        could += min(SHOWN, sum(map(bool, one.labels.values())))
        partly.append(_precision(found, 1, one))
        wholly.append(_precision(found, WHOLLY, one))
        if WHOLLY in one.labels.values():
            answered.append(float(WHOLLY in found))
    return Score(fmean(partly), fmean(wholly), fmean(answered), good / could, shown)


def _precision(found: Sequence[int], least: int, one: Labelled) -> float:
    if not found:
        return float(all(label < least for label in one.labels.values()))
    return sum(label >= least for label in found) / len(found)
