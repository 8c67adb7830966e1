"""A sitting: one time that somebody told what they can do, and the answers that they gave.

Answers are kept as they were given, never what was made of them: every result is worked out again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from bot.skills.assessment import CAP, QUICK, Assessment
from content.frameworks import Area, Framework

Mode: TypeAlias = Literal["whole", "quick", "areas", "skills", "tasks"]
"""What is asked about: everything, everything in few questions, some areas, some competences, or
the tasks of a quick check."""

MODES: tuple[Mode, ...] = ("whole", "quick", "areas", "skills", "tasks")

Answers: TypeAlias = Sequence[tuple[str, int | None]]
"""Item ids with 0 to 3, or None for "does not apply to me", in the order of the questions."""


@dataclass(frozen=True, slots=True)
class Feeling:
    """How somebody feels about digital things, 1 to 5 each; None where they did not say."""

    confidence: int | None = None
    resilience: int | None = None

    @property
    def is_told(self) -> bool:
        """Whether they said anything."""
        return self.confidence is not None or self.resilience is not None


@dataclass(frozen=True, slots=True)
class Sitting:
    """One self-assessment of one person.

    Attributes:
        framework: Id of the framework, or of the quick check.
        version: The framework's version when it began.
        content_version: The version of all content then.
        mode: What is asked about.
        parts: Codes of areas or competences; empty where everything is asked about.
        finished_at: When the person had answered enough; None while it goes on.
        before, after: How they felt, for the evaluation.
        count: How many answers there are.
    """

    id: str
    person: str
    city: str
    framework: str
    version: str
    content_version: str
    mode: Mode
    parts: tuple[str, ...]
    started_at: datetime
    updated_at: datetime
    finished_at: datetime | None = None
    before: Feeling = Feeling()
    after: Feeling = Feeling()
    count: int = 0


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """What somebody answered to one item in one sitting.

    Attributes:
        item: Id of the can-do sentence, the knowledge check or the task.
        answer: 0 to 3; None for "does not apply to me" and for a check that was passed over.
        content_version: The version of the content whose words were read.
    """

    sitting: str
    item: str
    answer: int | None
    at: datetime
    content_version: str

    @property
    def pair(self) -> tuple[str, int | None]:
        """The answer as an assessment takes it."""
        return self.item, self.answer


def assessment_of(
    framework: Framework, mode: Mode, parts: Collection[str], answers: Answers = (), more: int = 0
) -> Assessment:
    """Return the assessment of a sitting.

    Args:
        framework: In the version to ask from.
        mode, parts: The sitting's. Parts that the framework does not have are left out; where none
            is left, everything is asked about.
        answers: What was answered so far: with knowledge checks among it, they count.
        more: So many knowledge checks may be asked in all.
    """
    taken = sum(framework.find_check(item) is not None for item, _ in answers)
    checks = max(taken, more)
    if mode == "skills":
        return Assessment(_only(framework, parts), checks=checks)
    areas = [area.code for area in framework.areas if area.code in parts] or None
    return Assessment(framework, areas, QUICK if mode == "quick" else CAP, checks=checks)


def _only(framework: Framework, codes: Collection[str]) -> Framework:
    """Return the framework as if it had these competences only; all of it where it has none."""
    areas = [narrowed for area in framework.areas if (narrowed := _narrowed(area, codes))]
    if not areas:
        return framework
    kept = {own.code for area in areas for own in area.competences}
    fields = {name: getattr(framework, name) for name in Framework.model_fields}
    fields["areas"] = tuple(areas)
    fields["checks"] = tuple(one for one in framework.checks if one.competence in kept)
    return Framework.model_construct(**fields)


def _narrowed(area: Area, codes: Collection[str]) -> Area | None:
    own = tuple(one for one in area.competences if one.code in codes)
    return area.model_copy(update={"competences": own}) if own else None


def merged(answers: Iterable[GivenAnswer]) -> list[tuple[str, int | None]]:
    """Return answers of several sittings as one: in the order of time, the last to an item counts.

    "Does not apply to me" takes an earlier answer away: the person says that it no longer counts.
    """
    newest: dict[str, int | None] = {}
    for one in sorted(answers, key=lambda given: given.at):
        newest.pop(one.item, None)
        newest[one.item] = one.answer
    return list(newest.items())
