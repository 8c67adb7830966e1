"""A pathway as one person has it before them: what they can do already, what is next, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal, TypeAlias

from bot.skills.model import ON_MY_OWN
from bot.skills.results import Standing
from content.pathways import Pathway, Step

State: TypeAlias = Literal["held", "next", "later"]
Mark: TypeAlias = Literal["done", "open"]
"""What a person says of a step: they can do it now, or they want to take it all the same."""

Reason: TypeAlias = Literal[
    "badge", "said", "said_elsewhere", "told", "estimated",
    "open", "told_below", "estimated_below", "unknown",
]  # fmt: skip

_STRENGTH: Final = ("estimated", "told", "said_elsewhere", "badge")
"""What makes a step held, the weakest first: the weakest of its needs names the reason."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A pathway that somebody follows.

    Attributes:
        version: The one that they began with or changed to.
        chosen_at: When they last made it their main one: the newest is the current one.
        left_at: When they left it; None while they follow it.
    """

    pathway: str
    version: str
    followed_at: datetime
    chosen_at: datetime
    left_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of what a person can do.

    Attributes:
        standings: Where they stand by their own answers, by competence.
        answered: By competence and level, the lowest answer (0 to 3) that they gave to a sentence.
        said: The level that they said they reached with steps of any pathway, by competence.
        badges: The level that badges show, by competence.
    """

    standings: Mapping[str, Standing] = field(default_factory=dict)
    answered: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    said: Mapping[str, int] = field(default_factory=dict)
    badges: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StepProgress:
    """One step as it is for a person.

    Attributes:
        number: Its place, from 1.
        reason: What makes it held or not; "estimated" ones are first estimates and are called so.
    """

    step: Step
    number: int
    state: State
    reason: Reason

    @property
    def is_estimated(self) -> bool:
        """Whether nobody asked just about it: its state rests on other answers."""
        return self.reason in ("estimated", "estimated_below")


@dataclass(frozen=True, slots=True)
class Progress:
    """A pathway as it is for a person.

    Attributes:
        steps: In order; at most one is next.
        unasked: Competences of steps still open about which the person was never asked.
    """

    pathway: Pathway
    steps: tuple[StepProgress, ...]
    unasked: tuple[str, ...] = ()

    @property
    def held(self) -> int:
        """How many steps are done."""
        return sum(one.state == "held" for one in self.steps)

    @property
    def next(self) -> StepProgress | None:
        """The next step; None where all are done."""
        return next((one for one in self.steps if one.state == "next"), None)

    def find(self, step: str) -> StepProgress | None:
        """Return a step by its id."""
        return next((one for one in self.steps if one.step.id == step), None)


def personalise(
    pathway: Pathway, known: Known, marks: Mapping[str, Mark] | None = None
) -> Progress:
    """Return a pathway as it is for a person.

    A mark of the person's own wins: nobody knows better. Without one a step is held if each of its
    needs is met by a badge, by a step said to be done elsewhere, or by their answers: what they
    answered about just that level says it, whatever level the skill as a whole comes to. Where
    nothing was asked about that level it is an estimate, which counts only where the whole of its
    range is high enough.

    Args:
        pathway: The one that they follow or look at.
        known: What is known of them.
        marks: What they said of its steps, by id.
    """
    steps: list[StepProgress] = []
    is_next_found = False
    for number, step in enumerate(pathway.steps, 1):
        is_held, reason = _judge(step, known, (marks or {}).get(step.id))
        state: State = "held" if is_held else "later" if is_next_found else "next"
        is_next_found = is_next_found or not is_held
        steps.append(StepProgress(step, number, state, reason))
    return Progress(pathway, tuple(steps), _unasked(steps, known))


def _judge(step: Step, known: Known, mark: Mark | None) -> tuple[bool, Reason]:
    if mark == "done":
        return True, "said"
    if mark == "open":
        return False, "open"
    judged = [judge_need(code, level, known) for code, level in step.needs.items()]
    missing = [reason for is_met, reason in judged if not is_met]
    if missing:
        return False, missing[0]
    return True, min((reason for _, reason in judged), key=_STRENGTH.index)


def judge_need(code: str, level: int, known: Known) -> tuple[bool, Reason]:
    """Return whether somebody can do what a step asks for in a competence, and why."""
    if known.badges.get(code, 0) >= level:
        return True, "badge"
    if known.said.get(code, 0) >= level:
        return True, "said_elsewhere"
    standing = known.standings.get(code)
    if standing is None:
        return False, "unknown"
    answered = known.answered.get(code, {})
    if level in answered:
        is_met = answered[level] >= ON_MY_OWN
        return is_met, "told" if is_met else "told_below"
    if standing.low >= level:
        return True, "estimated"
    has_denied = any(own < level and said < ON_MY_OWN for own, said in answered.items())
    return False, "told_below" if has_denied else "estimated_below"


def _unasked(steps: Iterable[StepProgress], known: Known) -> tuple[str, ...]:
    codes = [
        code
        for one in steps
        if one.state != "held" or one.is_estimated
        for code in one.step.needs
        if (standing := known.standings.get(code)) is None or standing.is_estimated
    ]
    return tuple(dict.fromkeys(codes))


def said_levels(done: Iterable[tuple[Pathway, Mapping[str, Mark]]]) -> dict[str, int]:
    """Return the levels that a person said they reached, by competence, over all pathways."""
    reached: dict[str, int] = {}
    for pathway, marks in done:
        for step in pathway.steps:
            if marks.get(step.id) == "done":
                for code, level in step.needs.items():
                    reached[code] = max(level, reached.get(code, 0))
    return reached
