"""What badges are within a person's reach, and what is missing for the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.badges.earning import area_level
from bot.badges.held import HeldBadge
from bot.badges.parts import parts_of
from bot.work.effects.badges import PLEDGE, SKILLS
from bot.work.reads import Context, look
from bot.work.reads.standing import where_they_stand
from bot.work.route_badges import ROUTE

Json = dict[str, Any]


@look("badges_to_earn")
def badges_to_earn(context: Context) -> Json:
    """Return which badges can be had now, and how far the routes are that are followed."""
    held = _held(context)
    return {
        "plans": list(context.content.badges),
        "areas": _areas(context, held),
        "routes": _routes(context, held),
        "is_pledged": any(one.plan == PLEDGE for one in held),
    }


@look("area_badge")
def area_badge(context: Context, framework: str, area: str) -> int:
    """Return the level of the badge that an area's answers give now; 0 where none is new."""
    found = (one[2] for one in new_area_badges(context) if one[:2] == [framework, area])
    return next(found, 0)


def new_area_badges(context: Context) -> list[list[Any]]:
    """Return [framework, area, level] of each badge that the person's answers give and is new."""
    return _areas(context, _held(context))


def _held(context: Context) -> list[HeldBadge]:
    held = context.unit.badges.list_of(context.person.id)
    return [one for one in held if _is_kept(context, one)]


def _is_kept(context: Context, badge: HeldBadge) -> bool:
    """Whether somebody has a badge or has it on its way."""
    is_over = badge.valid_until is not None and badge.valid_until <= context.unit.now
    return badge.state != "failed" and badge.revoked_at is None and not is_over


def _areas(context: Context, held: Sequence[HeldBadge]) -> list[list[Any]]:
    """Return [framework, area, level] of each self-assessment badge that is new."""
    plan = context.content.badges.get(SKILLS)
    framework = context.content.offered(context.city).get(plan.framework) if plan else None
    if framework is None:
        return []
    standings = where_they_stand(context.unit, context.person.id, context.content)
    has = {one.about for one in held if one.plan == SKILLS}
    found = [(one.code, area_level(framework, one.code, standings)) for one in framework.areas]
    return [
        [framework.id, area, level]
        for area, level in found
        if level and not any(f"{framework.id}.{area}.{more}" in has for more in range(level, 5))
    ]


def _routes(context: Context, held: Sequence[HeldBadge]) -> list[list[Any]]:
    """Return [id, title, button, steps covered by badges, steps] of routes that are followed."""
    if ROUTE not in context.content.badges:
        return []
    has = {one.about for one in held if one.plan == ROUTE}
    found: list[list[Any]] = []
    for one in context.unit.pathways.list_followed(context.person.id):
        pathway = context.content.pathways.find(one.pathway, one.version)
        if pathway is not None and f"{pathway.id}.{pathway.version}" not in has:
            _, covered = parts_of(pathway, held, context.content.badges, context.unit.now)
            found.append([pathway.id, pathway.title, pathway.button, covered, len(pathway.steps)])
    return found
