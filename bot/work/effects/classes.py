"""Applying what providers do about badges beside approving: links, taking back, giving again."""

from __future__ import annotations

from typing import Final

from bot.badges.effects import GiveAgain, MakeClaimLinks, TakeBack
from bot.badges.held import Claim, ClassCode
from bot.errors import NotFound, Refused
from bot.work.confirming import give
from bot.work.effects import Context, applies

MOST_AT_ONCE: Final = 10
MOST_LINKS: Final = 200
REASONS: Final = frozenset(
    f"classes.reason.{name}" for name in ("mistake", "absent", "person", "unfinished")
)


@applies(MakeClaimLinks)
def make_claim_links(context: Context, effect: MakeClaimLinks) -> list[str]:
    """Make links with a code that still takes people."""
    code = _own_code(context, effect.code)
    if code.revoked_at is not None or code.expires_at <= context.unit.now:
        raise Refused("badges.code.over")
    if not 1 <= effect.count <= MOST_AT_ONCE:
        raise Refused("badges.not_offered")
    codes, person = context.unit.class_codes, context.person.id
    if codes.count_links(person, code.id) + effect.count > MOST_LINKS:
        raise Refused("classes.too_many_links")
    tokens = codes.make_links(person, code.id, effect.count)
    _record(context, "badge.links_made", code.id)
    return tokens


@applies(TakeBack)
def take_back(context: Context, effect: TakeBack) -> str:
    """Revoke a badge that was given with a code of one's own."""
    claim = _own_claim(context, effect.code, effect.claim)
    held = context.unit.badges.find(claim.credential) if claim.credential else None
    if effect.reason not in REASONS:
        raise Refused("badges.not_offered")
    if held is None or held.revoked_at is not None:
        raise Refused("classes.claim_gone")
    context.unit.badges.revoke(claim.city, claim.credential, effect.reason)
    _record(context, "badge.taken_back", claim.id)
    return "taken"


@applies(GiveAgain)
def give_again(context: Context, effect: GiveAgain) -> str:
    """Give a new badge where the one before was taken back and is not deleted."""
    claim = _own_claim(context, effect.code, effect.claim)
    held = context.unit.badges.find(claim.credential) if claim.credential else None
    if held is None or held.revoked_at is None:
        raise Refused("classes.claim_gone")
    if not give(context.unit, context.content, claim):
        raise Refused("classes.claim_gone")
    _record(context, "badge.given_again", claim.id)
    return "given"


def _own_claim(context: Context, code: str, claim: str) -> Claim:
    _own_code(context, code)
    listed = context.unit.class_codes.list_claims(context.person.id, code)
    found = next((one for one in listed if one.id == claim), None)
    if found is None:
        raise Refused("classes.claim_gone")
    return found


def _own_code(context: Context, code: str) -> ClassCode:
    """Return a code of this city that the person made, while they are a provider here."""
    if not context.roles & {"provider", "staff"}:
        raise Refused("badges.not_a_provider")
    try:
        found = context.unit.class_codes.get(context.person.id, code)
    except NotFound as error:
        raise Refused("badges.code.unknown") from error
    if found.city != context.city:
        raise Refused("badges.code.unknown")
    return found


def _record(context: Context, action: str, subject: str) -> None:
    actor = context.unit.people.reference_of(context.person.id)
    context.unit.audit.record(action, actor=actor, subject=subject, city=context.city)
