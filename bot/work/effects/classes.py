"""Applying what providers do about badges: codes, claims, links, taking back, giving again."""

from __future__ import annotations

import secrets
from datetime import timedelta
from functools import partial
from typing import Final

from bot.badges.codes import new_words
from bot.badges.effects import (
    DecideClaims,
    EndClassCode,
    GiveAgain,
    MakeClaimLinks,
    MakeClassCode,
    TakeBack,
)
from bot.badges.held import Claim, ClassCode, HeldBadge
from bot.badges.planning import About, about_course
from bot.courses.records import Course
from bot.errors import NotFound, Refused
from bot.work.confirming import give
from bot.work.effects import Context, JsonValue, applies

COURSE_PLANS: Final = frozenset({"attendance", "completion"})
MOST_HOURS: Final = 24 * 14
MOST_OPEN_CODES: Final = 20
MOST_AT_ONCE: Final = 10
MOST_LINKS: Final = 200
REASONS: Final = frozenset(
    f"classes.reason.{name}" for name in ("mistake", "absent", "person", "unfinished")
)


@applies(MakeClassCode)
def make_class_code(context: Context, effect: MakeClassCode) -> JsonValue:
    """Make a code for a course of this city."""
    _require_provider(context)
    entry = context.unit.catalogue.find(effect.course)
    words = context.content.code_words
    if effect.plan not in COURSE_PLANS or words is None:
        raise Refused("badges.not_offered")
    if entry is None or entry.course.city != context.city:
        raise Refused("badges.course_unknown")
    if not context.teacher.teaches(context.city, entry.course.provider):
        raise Refused("classes.not_yours")
    if context.unit.class_codes.count_open(context.person.id) >= MOST_OPEN_CODES:
        raise Refused("classes.too_many")
    if effect.instance and effect.instance not in {one.id for one in entry.course.instances}:
        raise Refused("badges.course_unknown")
    code = context.unit.class_codes.make(
        context.person.id,
        context.city,
        effect.plan,
        _about(context, entry.course, effect.instance),
        partial(new_words, words, secrets.randbelow),
        course=effect.course,
        provider=entry.course.provider,
        instance=effect.instance,
        lasts=timedelta(hours=min(max(effect.hours, 1), MOST_HOURS)),
        most_uses=effect.most_uses or None,
        needs_approval=effect.needs_approval,
    )
    _record(context, "badge.code_made", code.id)
    expires = code.expires_at.isoformat()
    return {"id": code.id, "words": code.words, "token": code.token, "expires_at": expires}


@applies(EndClassCode)
def end_class_code(context: Context, effect: EndClassCode) -> str:
    """End a code of one's own."""
    code = _own_code(context, effect.code)
    context.unit.class_codes.revoke(context.teacher, code.id)
    _record(context, "badge.code_ended", effect.code)
    return "ended"


@applies(DecideClaims)
def decide_claims(context: Context, effect: DecideClaims) -> int:
    """Approve or refuse claims; who is approved is given the badge within seconds."""
    code = _own_code(context, effect.code)
    chosen = None if effect.is_all else effect.claims
    count = context.unit.class_codes.decide(
        context.teacher, code.id, chosen, is_approved=effect.is_approved
    )
    _record(context, "badge.claims_decided", code.id)
    return count


@applies(MakeClaimLinks)
def make_claim_links(context: Context, effect: MakeClaimLinks) -> list[str]:
    """Make links with a code that still takes people."""
    code = _own_code(context, effect.code)
    if code.revoked_at is not None or code.expires_at <= context.unit.now:
        raise Refused("badges.code.over")
    if not 1 <= effect.count <= MOST_AT_ONCE:
        raise Refused("badges.not_offered")
    codes, teacher = context.unit.class_codes, context.teacher
    if codes.count_links(teacher, code.id) + effect.count > MOST_LINKS:
        raise Refused("classes.too_many_links")
    tokens = codes.make_links(teacher, code.id, effect.count)
    _record(context, "badge.links_made", code.id)
    return tokens


@applies(TakeBack)
def take_back(context: Context, effect: TakeBack) -> str:
    """Revoke a badge that was given with a code of one's own."""
    claim, held = _own_claim(context, effect.code, effect.claim)
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
    claim, held = _own_claim(context, effect.code, effect.claim)
    if held is None or held.revoked_at is None:
        raise Refused("classes.claim_gone")
    if not give(context.unit, context.content, claim):
        raise Refused("classes.claim_gone")
    _record(context, "badge.given_again", claim.id)
    return "given"


def _own_claim(context: Context, code: str, claim: str) -> tuple[Claim, HeldBadge | None]:
    """Return a claim with a code of one's own, and the badge that came of it."""
    _own_code(context, code)
    try:
        found = context.unit.class_codes.get_claim(context.teacher, code, claim)
    except NotFound as error:
        raise Refused("classes.claim_gone") from error
    return found, context.unit.badges.find(found.credential) if found.credential else None


def _own_code(context: Context, code: str) -> ClassCode:
    """Return a code of this city that is theirs to reach, while they teach here."""
    _require_provider(context)
    try:
        found = context.unit.class_codes.get(context.teacher, code)
    except NotFound as error:
        raise Refused("badges.code.unknown") from error
    if found.city != context.city:
        raise Refused("badges.code.unknown")
    return found


def _require_provider(context: Context) -> None:
    if not context.roles & {"provider", "staff"}:
        raise Refused("badges.not_a_provider")


def _about(context: Context, course: Course, instance: str) -> About:
    frameworks = context.content.frameworks
    teaches = [
        (framework.id, tag.competence, tag.level)
        for tag in context.unit.tags.of_course(context.city, course.id)
        for framework in frameworks.values()
        if tag.competence in framework.competences and tag.level
    ]
    about = about_course(course.id, course.title, course.provider, teaches)
    return About(f"{about.key}#{instance}", about.values, about.stands) if instance else about


def _record(context: Context, action: str, subject: str) -> None:
    actor = context.unit.people.reference_of(context.person.id)
    context.unit.audit.record(action, actor=actor, subject=subject, city=context.city)
