"""Applying what holders do with their badges, in the turn's transaction."""

from __future__ import annotations

from bot.badges.addresses import Addresses
from bot.badges.effects import (
    AddToBackpack,
    AskAgain,
    AwardRoute,
    DeleteBadge,
    TakeFromBackpack,
    WithdrawRequest,
)
from bot.badges.emails import is_hash
from bot.badges.records import HashedEmail
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


@applies(AddToBackpack)
def add_to_backpack(context: Context, effect: AddToBackpack) -> JsonValue:
    """Give a badge that counts now an address for older backpacks."""
    band = context.person.age_band
    if band is not None and not band.may_have_account:
        raise Refused("badges.under_13")
    unit, person = context.unit, context.person.id
    email = HashedEmail(effect.digest, effect.salt)
    try:
        held = unit.badges.get(person, effect.token)
        if not (held.counts_at(unit.now) and is_hash(email)):
            raise Refused("badges.unknown")
        twin = unit.backpack.add(person, effect.token, email)
    except NotFound as error:
        raise Refused("badges.unknown") from error
    return {"link": Addresses(context.public_url).hosted(twin.token)}


@applies(TakeFromBackpack)
def take_from_backpack(context: Context, effect: TakeFromBackpack) -> str:
    """Take a badge of one's own out of older backpacks."""
    try:
        context.unit.backpack.remove(context.person.id, effect.token)
    except NotFound as error:
        raise Refused("badges.unknown") from error
    return "removed"


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
