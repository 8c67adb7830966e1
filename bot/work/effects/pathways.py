"""Applying what people do with pathways, in the turn's transaction."""

from __future__ import annotations

from bot.skills.pathway_effects import (
    ChoosePathway,
    FollowPathway,
    LeavePathway,
    MarkStep,
    ReturnToPathway,
    UpdatePathway,
)
from bot.work.effects import Context, applies

MOST_FOLLOWED = 6
"""More at once is a list, no route."""


@applies(FollowPathway)
def follow_pathway(context: Context, effect: FollowPathway) -> str:
    """Follow a pathway; say which text tells the person."""
    pathway = context.content.pathways.current.get(effect.pathway)
    if pathway is None:
        return "gone"
    person, followed = context.person.id, context.unit.pathways
    held = [one.pathway for one in followed.list_followed(person)]
    if pathway.id not in held and len(held) >= MOST_FOLLOWED:
        return "full"
    followed.follow(person, context.city, pathway.id, pathway.version)
    return "following"


@applies(LeavePathway)
def leave_pathway(context: Context, effect: LeavePathway) -> str:
    """Follow it no longer."""
    context.unit.pathways.leave(context.person.id, effect.pathway)
    return "left"


@applies(ReturnToPathway)
def return_to_pathway(context: Context, effect: ReturnToPathway) -> str:
    """Take it up as it was left."""
    has_come_back = context.unit.pathways.come_back(context.person.id, effect.pathway)
    return "back" if has_come_back else "gone"


@applies(ChoosePathway)
def choose_pathway(context: Context, effect: ChoosePathway) -> str:
    """Make it the current one."""
    is_chosen = context.unit.pathways.choose(context.person.id, effect.pathway)
    return "chosen" if is_chosen else "gone"


@applies(UpdatePathway)
def update_pathway(context: Context, effect: UpdatePathway) -> str:
    """Go on with the present version."""
    pathway = context.content.pathways.current.get(effect.pathway)
    if pathway is None:
        return "gone"
    context.unit.pathways.update(context.person.id, pathway.id, pathway.version)
    return "updated"


@applies(MarkStep)
def mark_step(context: Context, effect: MarkStep) -> str:
    """Keep what the person says of a step of a pathway that is still there."""
    pathway = context.content.pathways.find(effect.pathway)
    if pathway is None:
        return "gone"
    context.unit.pathways.mark(
        context.person.id, context.city, effect.pathway, effect.step, effect.mark
    )
    return effect.mark
