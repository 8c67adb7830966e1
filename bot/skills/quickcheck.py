"""The quick check: eighteen tasks and the published rule that places people by them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.skills.model import ON_MY_OWN
from content.frameworks import QuickCheck

Tier: TypeAlias = Literal["foundation", "life", "work"]
PlaceId: TypeAlias = Literal["start", "foundation", "entry-3", "level-1"]


@dataclass(frozen=True, slots=True)
class Placing:
    """Where the quick check places a person, by what they said.

    Attributes:
        place: The highest place whose rule, and whose lower places' rules, are met.
        missing: Ids of the tasks that stand between the person and the next place.
        alone: Ids of the tasks that the person does alone.
    """

    place: PlaceId
    missing: tuple[str, ...]
    alone: tuple[str, ...]


def next_task(check: QuickCheck, answers: Sequence[tuple[str, int | None]]) -> str | None:
    """Return the id of the next task to ask about, None when the place is settled.

    A tier is asked only when the one below it is reached.
    """
    answered = dict(answers)
    for tier, _ in _TIERS:
        waiting = [task.id for task in check.tasks_of(tier) if task.id not in answered]
        if waiting:
            return waiting[0]
        if _missing(check, tier, _alone(answered)):
            return None
    return None


def place(check: QuickCheck, answers: Sequence[tuple[str, int | None]]) -> Placing:
    """Place a person by their answers, 0 to 3; from "on my own" up a task counts as done alone.

    A task that does not apply to somebody (None) counts as not done: the rule knows no such answer.
    """
    alone = _alone(dict(answers))
    reached: PlaceId = "start"
    for tier, name in _TIERS:
        missing = _missing(check, tier, alone)
        if missing:
            return Placing(reached, missing, tuple(sorted(alone)))
        reached = name
    return Placing(reached, (), tuple(sorted(alone)))


_TIERS: tuple[tuple[Tier, PlaceId], ...] = (
    ("foundation", "foundation"),
    ("life", "entry-3"),
    ("work", "level-1"),
)


def _alone(answers: Mapping[str, int | None]) -> frozenset[str]:
    return frozenset(
        key for key, answer in answers.items() if answer is not None and answer >= ON_MY_OWN
    )


def _missing(check: QuickCheck, tier: Tier, alone: frozenset[str]) -> tuple[str, ...]:
    """Return the tasks that keep a person from a tier: foundation needs all, others one a skill."""
    tasks = check.tasks_of(tier)
    if tier == "foundation":
        return tuple(task.id for task in tasks if task.id not in alone)
    done = {task.skill for task in tasks if task.id in alone}
    return tuple(task.id for task in tasks if task.skill not in done)
