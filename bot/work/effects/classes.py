"""Applying what providers do about badges: codes, claims, links, taking back, giving again."""

from __future__ import annotations

import secrets
from datetime import timedelta
from functools import partial
from typing import Final, Protocol

from bot.badges.codes import new_words
from bot.badges.effects import (
    DecideClaims,
    EndClassCode,
    GiveAgain,
    MakeClaimLinks,
    MakeClassCode,
    ReopenClaim,
    TakeBack,
    TellOfClaims,
)
from bot.badges.held import Claim, ClassCode, HeldBadge
from bot.badges.planning import About, about_course
from bot.courses.records import Course
from bot.errors import NotFound, Refused
from bot.people import Teacher
from bot.work.confirming import give
from bot.work.effects import JsonValue, applies
from content.load import Content
from storage import Unit

COURSE_PLANS: Final = frozenset({"attendance", "completion"})
MOST_HOURS: Final = 24 * 14
MOST_OPEN_CODES: Final = 20
MOST_AT_ONCE: Final = 10
MOST_LINKS: Final = 200
REASONS: Final = frozenset(
    f"classes.reason.{name}" for name in ("mistake", "absent", "person", "unfinished")
)


class Desk(Protocol):
    """Where somebody who teaches acts: a turn of a chat, or a page."""

    @property
    def unit(self) -> Unit:
        """The act's own transaction."""
        ...

    @property
    def content(self) -> Content:
        """The content in use."""
        ...

    @property
    def city(self) -> str:
        """The city that it is about."""
        ...

    @property
    def teacher(self) -> Teacher:
        """Who acts, with what they may do there."""
        ...


@applies(MakeClassCode)
def make_class_code(desk: Desk, effect: MakeClassCode) -> JsonValue:
    """Make a code for a course of this city."""
    _require_provider(desk)
    entry = desk.unit.catalogue.find(effect.course)
    words = desk.content.code_words
    if effect.plan not in COURSE_PLANS or words is None:
        raise Refused("badges.not_offered")
    if entry is None or entry.course.city != desk.city:
        raise Refused("badges.course_unknown")
    if not desk.teacher.teaches(desk.city, entry.course.provider):
        raise Refused("classes.not_yours")
    if entry.status != "active":
        raise Refused("classes.withdrawn")
    if desk.unit.class_codes.count_open(desk.teacher.person) >= MOST_OPEN_CODES:
        raise Refused("classes.too_many")
    if effect.instance and effect.instance not in {one.id for one in entry.course.instances}:
        raise Refused("badges.course_unknown")
    code = desk.unit.class_codes.make(
        desk.teacher.person,
        desk.city,
        effect.plan,
        _about(desk, entry.course, effect),
        partial(new_words, words, secrets.randbelow),
        course=effect.course,
        provider=entry.course.provider,
        instance=effect.instance,
        lasts=timedelta(hours=min(max(effect.hours, 1), MOST_HOURS)),
        most_uses=effect.most_uses or None,
        needs_approval=effect.needs_approval,
    )
    record(desk, "badge.code_made", code.id)
    expires = code.expires_at.isoformat()
    return {"id": code.id, "words": code.words, "token": code.token, "expires_at": expires}


@applies(EndClassCode)
def end_class_code(desk: Desk, effect: EndClassCode) -> str:
    """End a code of one's own."""
    code = own_code(desk, effect.code)
    desk.unit.class_codes.revoke(desk.teacher, code.id)
    record(desk, "badge.code_ended", effect.code)
    return "ended"


@applies(DecideClaims)
def decide_claims(desk: Desk, effect: DecideClaims) -> int:
    """Approve or refuse claims; who is approved is given the badge within seconds."""
    code = own_code(desk, effect.code)
    chosen = None if effect.is_all else effect.claims
    count = desk.unit.class_codes.decide(
        desk.teacher, code.id, chosen, is_approved=effect.is_approved
    )
    record(desk, "badge.claims_decided", code.id)
    return count


@applies(MakeClaimLinks)
def make_claim_links(desk: Desk, effect: MakeClaimLinks) -> list[str]:
    """Make links with a code that still takes people."""
    code = own_code(desk, effect.code)
    if code.revoked_at is not None or code.expires_at <= desk.unit.now:
        raise Refused("badges.code.over")
    if not 1 <= effect.count <= MOST_AT_ONCE:
        raise Refused("badges.not_offered")
    codes, teacher = desk.unit.class_codes, desk.teacher
    if codes.count_links(teacher, code.id) + effect.count > MOST_LINKS:
        raise Refused("classes.too_many_links")
    tokens = codes.make_links(teacher, code.id, effect.count)
    record(desk, "badge.links_made", code.id)
    return tokens


@applies(ReopenClaim)
def reopen_claim(desk: Desk, effect: ReopenClaim) -> str:
    """Let a claim that was refused wait again."""
    code = own_code(desk, effect.code)
    try:
        desk.unit.class_codes.reopen(desk.teacher, code.id, effect.claim)
    except NotFound as error:
        raise Refused("classes.claim_gone") from error
    record(desk, "badge.claim_reopened", effect.claim)
    return "waiting"


@applies(TellOfClaims)
def tell_of_claims(desk: Desk, effect: TellOfClaims) -> None:
    """Keep whether they are written to."""
    _require_provider(desk)
    desk.unit.staff.set_told(desk.teacher.person, effect.is_told)


@applies(TakeBack)
def take_back(desk: Desk, effect: TakeBack) -> str:
    """Revoke a badge that was given with a code of one's own."""
    claim, held = _own_claim(desk, effect.code, effect.claim)
    if effect.reason not in REASONS:
        raise Refused("badges.not_offered")
    if held is None or held.revoked_at is not None:
        raise Refused("classes.claim_gone")
    desk.unit.badges.revoke(claim.city, claim.credential, effect.reason)
    record(desk, "badge.taken_back", claim.id)
    return "taken"


@applies(GiveAgain)
def give_again(desk: Desk, effect: GiveAgain) -> str:
    """Give a new badge where the one before was taken back and is not deleted."""
    claim, held = _own_claim(desk, effect.code, effect.claim)
    if held is None or held.revoked_at is None or claim.person == desk.teacher.person:
        raise Refused("classes.claim_gone")
    if not give(desk.unit, desk.content, claim):
        raise Refused("classes.claim_gone")
    record(desk, "badge.given_again", claim.id)
    return "given"


def _own_claim(desk: Desk, code: str, claim: str) -> tuple[Claim, HeldBadge | None]:
    """Return a claim with a code of one's own, and the badge that came of it."""
    own_code(desk, code)
    try:
        found = desk.unit.class_codes.get_claim(desk.teacher, code, claim)
    except NotFound as error:
        raise Refused("classes.claim_gone") from error
    return found, desk.unit.badges.find(found.credential) if found.credential else None


def own_code(desk: Desk, code: str) -> ClassCode:
    """Return a code of this city that is theirs to reach, while they teach here.

    Raises:
        Refused: It is none, or they do not teach here.
    """
    _require_provider(desk)
    try:
        found = desk.unit.class_codes.get(desk.teacher, code)
    except NotFound as error:
        raise Refused("badges.code.unknown") from error
    if found.city != desk.city:
        raise Refused("badges.code.unknown")
    return found


def _require_provider(desk: Desk) -> None:
    if not desk.teacher.may_teach(desk.city):
        raise Refused("badges.not_a_provider")


def _about(desk: Desk, course: Course, effect: MakeClassCode) -> About:
    teaches = taught_skills(desk.unit, desk.content, desk.city, course.id)
    teaches = teaches or _chosen_skill(desk, effect)
    about = about_course(course.id, course.title, course.provider, teaches)
    if not effect.instance:
        return about
    return About(f"{about.key}#{effect.instance}", about.values, about.stands)


def taught_skills(
    unit: Unit, content: Content, city: str, course: str
) -> tuple[tuple[str, str, int], ...]:
    """Return framework, competence and level of all that a course is known to teach."""
    return tuple(
        (framework.id, tag.competence, tag.level)
        for tag in unit.tags.of_course(city, course)
        for framework in content.frameworks.values()
        if tag.competence in framework.competences and tag.level
    )


def _chosen_skill(desk: Desk, effect: MakeClassCode) -> tuple[tuple[str, str, int], ...]:
    """Return the skill that whoever teaches names, of a framework that is on offer."""
    if not effect.competence:
        return ()
    framework = desk.content.offered(desk.city).get(effect.framework)
    if framework is None or effect.competence not in framework.competences:
        raise Refused("badges.not_offered")
    return ((framework.id, effect.competence, min(max(effect.level, 1), 4)),)


def record(desk: Desk, action: str, subject: str, **facts: str) -> None:
    """Note in the audit log who did what."""
    actor = desk.unit.people.reference_of(desk.teacher.person)
    desk.unit.audit.record(action, actor=actor, subject=subject, city=desk.city, facts=facts)
