"""What badges show that somebody can do, and which of them make up a whole route."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from bot.badges.held import HeldBadge
from content.badges import BadgePlan, Stands
from content.pathways import Pathway

NO_SKILL = frozenset({"pledge", "attendance", "pathway"})
"""Kinds that show no skill: a promise, having been there, and what is made of parts itself."""


def stands_of(badge: HeldBadge, plans: Mapping[str, BadgePlan]) -> tuple[Stands, ...]:
    """Return the levels of competences that a badge shows its holder to have."""
    plan = plans.get(badge.plan)
    if plan is None or plan.kind in NO_SKILL:
        return ()
    return plan.stands or badge.what.stands


def shown_levels(
    held: Iterable[HeldBadge], plans: Mapping[str, BadgePlan], now: datetime
) -> dict[str, int]:
    """Return the level, by competence, that badges confirmed by others show now.

    What somebody said of themselves counts where it was said: a later answer may differ.
    """
    levels: dict[str, int] = {}
    for badge in held:
        plan = plans.get(badge.plan)
        if plan is None or plan.is_self_declared or not badge.counts_at(now):
            continue
        for one in stands_of(badge, plans):
            levels[one.competence] = max(one.level, levels.get(one.competence, 0))
    return levels


def parts_of(
    pathway: Pathway, held: Sequence[HeldBadge], plans: Mapping[str, BadgePlan], now: datetime
) -> tuple[tuple[HeldBadge, ...], int]:
    """Return the badges that stand for the steps of a route, and how many steps they cover.

    A step is covered where a badge that counts stands for each of its needs; one that others
    confirmed goes before one's own word, the newest first.
    """
    counting = [one for one in held if one.counts_at(now)]
    counting.sort(key=lambda one: one.plan in plans and plans[one.plan].is_self_declared)
    parts: dict[str, HeldBadge] = {}
    covered = 0
    for step in pathway.steps:
        found = [_best(counting, plans, code, level) for code, level in step.needs.items()]
        covered += None not in found
        parts |= {one.token: one for one in found if one is not None}
    return tuple(parts.values()), covered


def _best(
    held: Sequence[HeldBadge], plans: Mapping[str, BadgePlan], code: str, level: int
) -> HeldBadge | None:
    for badge in held:
        if any(one.competence == code and one.level >= level for one in stands_of(badge, plans)):
            return badge
    return None
