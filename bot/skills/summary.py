"""What a sitting says about a person, sorted for telling: by skill, by area, and what is new."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from bot.skills.assessment import Assessment
from bot.skills.change import newly_said, rises
from bot.skills.model import ON_MY_OWN
from bot.skills.results import Standing, moved, standings
from bot.skills.sittings import Answers
from content.frameworks import Framework


@dataclass(frozen=True, slots=True)
class AreaStanding:
    """Where somebody stands in an area: the mean of its competences.

    Attributes:
        level, low, high: 0 to 4, to be rounded for words.
        is_estimated: Nothing was asked about the area.
    """

    area: str
    level: float
    low: float
    high: float
    is_estimated: bool


@dataclass(frozen=True, slots=True)
class Change:
    """What is new since an earlier sitting; nothing that fell is in it.

    Attributes:
        newly_said: Items that the person now does alone, and did not before: facts.
        rises: Competences whose level rose, as far as that is sure enough.
        areas: Areas whose mean rose by enough to say so.
        is_comparable: Whether anything was asked both times.
    """

    newly_said: tuple[str, ...]
    rises: tuple[str, ...]
    areas: tuple[str, ...]
    is_comparable: bool


def is_telling(answers: Answers) -> bool:
    """Tell whether anything can be said: "does not apply to me" alone says nothing."""
    return any(answer is not None for _, answer in answers)


def areas_of(framework: Framework, found: Mapping[str, Standing]) -> list[AreaStanding]:
    """Return the areas of standings, in the framework's order."""
    lines = []
    for area in framework.areas:
        own = [found[one.code] for one in area.competences if one.code in found]
        if own:
            lines.append(
                AreaStanding(
                    area.code,
                    fmean(one.level for one in own),
                    fmean(one.low for one in own),
                    fmean(one.high for one in own),
                    all(one.is_estimated for one in own),
                )
            )
    return lines


def does_alone(
    framework: Framework, answers: Answers, codes: Collection[str] | None = None
) -> list[str]:
    """Return the items that a person said to do on their own or better, the hardest first.

    Args:
        codes: Of these competences only; None for all.
    """
    answered = dict(answers)
    found = [
        (level, sentence.id)
        for code, level, sentence in framework.sentences()
        if (codes is None or code in codes) and (answered.get(sentence.id) or 0) >= ON_MY_OWN
    ]
    return [item for _, item in sorted(found, key=lambda pair: -pair[0])]


def next_to_learn(framework: Framework, code: str, standing: Standing) -> list[str]:
    """Return the sentences of the level after the one where somebody surely stands."""
    competence = framework.competences.get(code)
    if competence is None or standing.low >= len(competence.rungs):
        return []
    return [sentence.id for sentence in competence.rungs[standing.low].sentences]


def change_between(
    framework: Framework, assessment: Assessment, before: Answers, after: Answers
) -> Change:
    """Return what is new in a sitting since earlier answers.

    Args:
        assessment: The later sitting's; it says about which competences there is something to say.
    """
    was, now = _asked(assessment, before), _asked(assessment, after)
    both = set(was) & set(now)
    then, later = _only(assessment, before, both), _only(assessment, after, both)
    risen = rises(then, later)
    areas = [
        area.code
        for area in framework.areas
        if (moved(then, later, [one.code for one in area.competences]) or 0.0) > 0
    ]
    claims: Sequence[str] = [
        item
        for item in newly_said(before, after, ON_MY_OWN)
        if framework.find_sentence(item) is not None
    ]
    return Change(tuple(claims), risen, tuple(areas), bool(both))


def _asked(assessment: Assessment, answers: Answers) -> set[str]:
    found = standings(assessment, answers)
    return {code for code, one in found.items() if not one.is_estimated}


def _only(
    assessment: Assessment, answers: Answers, codes: Collection[str]
) -> dict[str, tuple[float, ...]]:
    estimate = assessment.estimate(answers)
    return {code: chances for code, chances in estimate.items() if code in codes}
