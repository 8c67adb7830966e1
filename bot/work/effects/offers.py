"""Applying what providers and staff do with offers."""

from __future__ import annotations

from bot.courses.importing.fields.text import clean_text
from bot.courses.offers import (
    Form,
    Offer,
    Stage,
    Told,
    may_offer,
    may_publish,
    missing,
    with_part,
    without_dates,
)
from bot.courses.offers.effects import (
    BeginOffer,
    ChangeOffer,
    CopyOffer,
    DeclineOffer,
    DropOfferDraft,
    PublishOffer,
    RestoreOffer,
    SendOffer,
    TakeOfferBack,
    WithdrawOffer,
)
from bot.courses.offers.records import LONGEST_PROVIDER, LONGEST_REASON, MOST_OPEN
from bot.errors import Refused
from bot.people import organisation_key
from bot.work.effects import Context, applies
from bot.work.offering import find_own, get_own, read_form
from bot.work.tagging import rules_of


@applies(BeginOffer)
def begin_offer(context: Context, effect: BeginOffer) -> str:
    """Keep a new draft; return its id."""
    provider = clean_text(effect.provider, LONGEST_PROVIDER)
    told = _read(context, effect.form, Told())
    return _begin(context, provider, told)


@applies(CopyOffer)
def copy_offer(context: Context, effect: CopyOffer) -> str:
    """Begin a new draft from an offer; return its id."""
    offer = get_own(context, effect.offer)
    return _begin(context, offer.provider, without_dates(offer.told))


@applies(ChangeOffer)
def change_offer(context: Context, effect: ChangeOffer) -> str:
    """Tell a part anew; say whether something is published meanwhile."""
    offer = get_own(context, effect.offer)
    told = _read(context, with_part(offer.told, effect.part, effect.form), offer.told)
    changed = context.unit.offers.write(offer.id, told, context.person.id)
    if changed.state == "draft_change":
        return "kept_live"
    return "kept_unsent" if offer.stage is Stage.SENT else "kept"


@applies(SendOffer)
def send_offer(context: Context, effect: SendOffer) -> str:
    """Send a draft of which nothing is missing."""
    offer = get_own(context, effect.offer)
    if offer.draft is None:
        raise Refused("offers.nothing_to_send")
    if missing(offer.draft, context.now.date()):
        raise Refused("offers.unfinished")
    context.unit.offers.send(offer.id, context.person.id)
    return "sent"


@applies(TakeOfferBack)
def take_offer_back(context: Context, effect: TakeOfferBack) -> str:
    """Make a draft again of what was sent."""
    context.unit.offers.take_back(get_own(context, effect.offer).id, context.person.id)
    return "taken_back"


@applies(WithdrawOffer)
def withdraw_offer(context: Context, effect: WithdrawOffer) -> str:
    """Let residents find it no longer."""
    context.unit.offers.withdraw(get_own(context, effect.offer).id, context.person.id)
    return "withdrawn"


@applies(RestoreOffer)
def restore_offer(context: Context, effect: RestoreOffer) -> str:
    """Let residents find again what was withdrawn: staff had looked at it."""
    offer = get_own(context, effect.offer)
    context.unit.offers.restore(offer.id, context.person.id, rules_of(context.content))
    return "restored"


@applies(DropOfferDraft)
def drop_offer_draft(context: Context, effect: DropOfferDraft) -> str:
    """Throw a draft away; say whether something is left."""
    kept = context.unit.offers.drop_draft(get_own(context, effect.offer).id, context.person.id)
    return "dropped" if kept is None else "dropped_change"


@applies(PublishOffer)
def publish_offer(context: Context, effect: PublishOffer) -> str:
    """Let residents find what was sent, as the version that was looked at."""
    offer = _waiting(context, effect.offer)
    rules = rules_of(context.content)
    context.unit.offers.publish(offer.id, effect.number, context.person.id, rules)
    return "published"


@applies(DeclineOffer)
def decline_offer(context: Context, effect: DeclineOffer) -> str:
    """Send it back with a reason."""
    offer = _waiting(context, effect.offer)
    reason = clean_text(effect.reason, LONGEST_REASON)
    if not reason:
        raise Refused("offers.no_reason")
    context.unit.offers.decline(offer.id, effect.number, reason, context.person.id)
    return "declined"


def _read(context: Context, form: Form, before: Told) -> Told:
    told, faults = read_form(context, form, before)
    if faults:
        raise Refused("offers.unreadable")
    return told


def _begin(context: Context, provider: str, told: Told) -> str:
    if not may_offer(context.teacher, context.city, provider):
        raise Refused("offers.not_yours")
    own = context.unit.offers.list_of(context.city, [organisation_key(provider)])
    if sum(one.stage != "" for one in own) >= MOST_OPEN:
        raise Refused("offers.too_many")
    return context.unit.offers.begin(context.person.id, context.city, provider, told).id


def _waiting(context: Context, offer: str) -> Offer:
    """Return an offer of this city for staff who decide."""
    if not may_publish(context.teacher, context.city):
        raise Refused("offers.not_yours")
    found = find_own(context, offer)
    if found is None:
        raise Refused("offers.gone")
    return found
