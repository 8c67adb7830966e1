"""Which question a sitting asks next, and how far it has come."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from bot.skills.assessment import Assessment
from bot.skills.quickcheck import next_task
from bot.skills.sittings import Answers, Mode, assessment_of
from content.frameworks import Framework, QuickCheck


@dataclass(frozen=True, slots=True)
class Step:
    """A question to come.

    Attributes:
        item: Id of the can-do sentence, the knowledge check or the task.
        competence: Its competence; empty for a task.
        area: Its area, or the tier of a task.
        level: 1 to 4; 0 for a task.
        done, left: Questions answered, and about how many are still to come, this one among them.
    """

    item: str
    competence: str
    area: str
    level: int
    done: int
    left: int


def next_step(
    framework: Framework,
    mode: Mode,
    parts: Collection[str],
    answers: Answers,
    skipped: Collection[str] = (),
) -> Step | None:
    """Return the next question about what a person can do, None when it is enough.

    Args:
        skipped: Areas about which the person wants no more questions.
    """
    assessment = _assessment(framework, mode, parts, answers, skipped)
    item = assessment.next(answers) if assessment else None
    if assessment is None or item is None:
        return None
    area = area_of(framework, item.competence)
    done = sum(framework.find_sentence(key) is not None for key in dict(answers))
    return Step(item.id, item.competence, area, item.level, done, assessment.left(answers))


def next_check(
    framework: Framework, mode: Mode, parts: Collection[str], answers: Answers, most: int
) -> Step | None:
    """Return the next knowledge check, None when there were `most` of them, or no more fit.

    Checks are about areas in which the person answered something.
    """
    told = {
        area_of(framework, code)
        for code, _, sentence in framework.sentences()
        if dict(answers).get(sentence.id) is not None
    }
    whole = assessment_of(framework, mode, parts, answers)
    areas = [area for area in whole.areas if area in told]
    if not areas:
        return None
    item = Assessment(framework, areas, cap=0, checks=most).next(answers)
    if item is None:
        return None
    done = sum(framework.find_check(key) is not None for key in dict(answers))
    area = area_of(framework, item.competence)
    return Step(item.id, item.competence, area, item.level, done, most - done)


def step_of_tasks(check: QuickCheck, answers: Answers) -> Step | None:
    """Return the next task of a quick check, None when the place is settled."""
    wanted = next_task(check, answers)
    if wanted is None:
        return None
    task = next(one for one in check.tasks if one.id == wanted)
    answered = dict(answers)
    left = sum(one.id not in answered for one in check.tasks)
    return Step(wanted, "", task.tier, 0, len(answered), left)


def area_of(framework: Framework, code: str) -> str:
    """Return the area of a competence; empty where the framework does not have it."""
    for area in framework.areas:
        if any(own.code == code for own in area.competences):
            return area.code
    return ""


def _assessment(
    framework: Framework,
    mode: Mode,
    parts: Collection[str],
    answers: Answers,
    skipped: Collection[str],
) -> Assessment | None:
    whole = assessment_of(framework, mode, parts)
    areas = [area for area in whole.areas if area not in skipped]
    if len(areas) == len(whole.areas):
        return whole
    if not areas:
        return None
    spent = sum(
        area_of(framework, item.competence) in skipped
        for key, _ in dict(answers).items()
        if (item := whole.item(key)) is not None and not item.is_check
    )
    return Assessment(framework, areas, whole.cap - spent)
