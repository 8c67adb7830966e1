"""What a result says, picked for telling: means in words, deeds, and what comes next."""

from __future__ import annotations

from collections.abc import Collection
from math import floor

from bot.skills.model import LEVELS, ON_MY_OWN
from bot.skills.report import Report
from bot.skills.results import Standing
from bot.skills.sittings import Answers
from content.frameworks import Framework

NEAR = 0.25
"""Levels. A mean this near to a band is told as that band, any other as between two."""


def is_telling(answers: Answers) -> bool:
    """Tell whether anything can be said: "does not apply to me" alone says nothing."""
    return any(answer is not None for _, answer in answers)


def range_of_mean(mean: float, *, is_rough: bool = False) -> tuple[int, int]:
    """Return the bands by which a mean level is told: one, or the two that it lies between.

    Args:
        is_rough: It rests on too little to be told as one band, however near it is to one.
    """
    nearest = round(mean)
    if not is_rough and abs(mean - nearest) <= NEAR:
        return nearest, nearest
    low = min(floor(mean), LEVELS - 1)
    return low, low + 1


def does_alone(
    framework: Framework, answers: Answers, codes: Collection[str] | None = None
) -> list[str]:
    """Return the items that a person said to do on their own or better, the hardest first.

    Args:
        codes: Of these competences only; None for all.
    """
    answered = dict(answers)
    found = [
        (level, answered[sentence.id] or 0, sentence.id)
        for code, level, sentence in framework.sentences()
        if (codes is None or code in codes) and (answered.get(sentence.id) or 0) >= ON_MY_OWN
    ]
    return [item for _, _, item in sorted(found, key=lambda one: (-one[0], -one[1]))]


def lowest_answers(framework: Framework, answers: Answers) -> dict[str, dict[int, int]]:
    """Return, by competence and level, the lowest answer (0 to 3) given to one of its sentences."""
    answered = dict(answers)
    found: dict[str, dict[int, int]] = {}
    for code, level, sentence in framework.sentences() if answered else ():
        answer = answered.get(sentence.id)
        if answer is not None:
            levels = found.setdefault(code, {})
            levels[level] = min(answer, levels.get(level, answer))
    return found


def next_to_learn(
    framework: Framework, code: str, standing: Standing, answers: Answers
) -> list[str]:
    """Return what to learn next: of the first level with something that is not done alone yet.

    Levels count from where somebody surely stands.
    """
    competence = framework.competences.get(code)
    answered = dict(answers)
    for rung in competence.rungs[standing.low :] if competence else ():
        open_ones = [one.id for one in rung.sentences if (answered.get(one.id) or 0) < ON_MY_OWN]
        if open_ones:
            return open_ones
    return []


def asked_lowest_first(report: Report) -> list[str]:
    """Return the skills to suggest a next step for: those asked about, the lowest first."""
    lines = [line for area in report.areas for line in area.lines]
    asked = [line for line in lines if not line.standing.is_estimated] or lines
    asked.sort(key=lambda line: (line.standing.level, -line.standing.chance))
    return [line.competence.code for line in asked]
