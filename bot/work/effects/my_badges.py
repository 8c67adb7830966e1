"""Applying what holders do with their badges, in the turn's transaction."""

from __future__ import annotations

from bot.badges.effects import AskAgain, AwardRoute, DeleteBadge, WithdrawRequest
from bot.errors import NotFound, Refused
from bot.reminders.kinds import BADGE_EXPIRY
from bot.work.effects import Context, JsonValue, applies
from bot.work.route_badges import award_route


@applies(AwardRoute)
def give_route(context: Context, effect: AwardRoute) -> JsonValue:
    """Give the badge of a route that the person has every part of, in the version they follow."""
    band = context.person.age_band
    if band is not None and not band.may_have_account:
        raise Refused("badges.under_13")
    followed = context.unit.pathways.list_followed(context.person.id)
    version = next((one.version for one in followed if one.pathway == effect.pathway), "")
    pathway = context.content.pathways.find(effect.pathway, version)
    if pathway is None:
        raise Refused("badges.not_offered")
    given = award_route(context.unit, context.content, context.public_url, context.person, pathway)
    return {"token": given[0], "is_new": given[1]} if given else "missing"


@applies(DeleteBadge)
def delete_badge(context: Context, effect: DeleteBadge) -> str:
    """Delete a badge of one's own, and the reminder before its end."""
    try:
        context.unit.badges.erase(context.person.id, effect.token)
    except NotFound as error:
        raise Refused("badges.unknown") from error
    context.unit.reminders.stop_about(context.person.id, BADGE_EXPIRY, effect.token)
    return "deleted"


@applies(AskAgain)
def ask_again(context: Context, effect: AskAgain) -> str:
    """Make a link for the same words; the request before stays answered, or over."""
    requests, person = context.unit.endorsements, context.person.id
    before = next((one for one in requests.list_of(person) if one.id == effect.request), None)
    called = effect.called.strip()
    if before is None or not called or not before.came_to_nothing_at(context.unit.now):
        raise Refused("badges.endorsement.unknown")
    if before.plan not in context.content.badges:
        raise Refused("badges.not_offered")
    token, _ = requests.ask(
        person,
        context.city,
        before.plan,
        before.about,
        called=called,
        narrative=before.narrative,
        language=context.language,
    )
    return token


@applies(WithdrawRequest)
def withdraw_request(context: Context, effect: WithdrawRequest) -> str:
    """Take a request back, unless it was answered meanwhile."""
    try:
        context.unit.endorsements.withdraw(context.person.id, effect.request)
    except NotFound:
        return "answered"
    return "withdrawn"
