"""Needs: are the courses that an employer is shown those that a person would name, and how fast?"""

from __future__ import annotations

from collections.abc import Sequence

from bench.needs.figures import figures_speed
from bench.needs.labelled import Labelled, catalogue, labelled
from bench.needs.ranking import Ranking, rankings
from bench.needs.scoring import WHOLLY, score
from bench.needs.speed import speed
from bench.rows import Row, at_least

PART = "needs"
PRECISION = 0.8


def run() -> list[Row]:
    """Score the labelled needs beside two plain ways of ranking, and take the time of many.

    Where the real courses are not beside us, few needs are left, or none: those are not scored.
    """
    courses = catalogue()
    every = [one for one in labelled() if courses.keys() >= set(one.labels)]
    ways = rankings(courses)
    rows: list[Row] = []
    for name, needs in (
        ("seen two thirds", [one for one in every if not one.is_held_out]),
        ("held-out third", [one for one in every if one.is_held_out]),
    ):
        if any(WHOLLY in one.labels.values() for one in needs):
            for way in ways:
                rows += _rows(f"{name}, {way.name}", needs, way)
    return [*rows, *speed(PART), *figures_speed(PART)]


def _rows(label: str, needs: Sequence[Labelled], way: Ranking) -> list[Row]:
    found = score(needs, way)
    note = f"{len(needs)} needs, {found.shown} courses shown"
    name = f"{label}: precision at 3"
    first = (
        at_least(PART, name, found.precision, "", PRECISION, note)
        if way.is_ours
        else Row(PART, name, found.precision, "", note=note)
    )
    return [
        first,
        Row(PART, f"{label}: wholly answers, at 3", found.strict, ""),
        Row(PART, f"{label}: needs whose answer is shown", found.answered, ""),
        Row(PART, f"{label}: places filled rightly", found.found, "", note="of those that can be"),
    ]
