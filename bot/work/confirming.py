"""Giving the badge that somebody confirmed: by an answer to a request, or by an approved claim."""

from __future__ import annotations

from dataclasses import dataclass

from bot.badges.held import Claim, EndorsementRequest, Endorser, NewAward
from bot.badges.records import Evidence
from bot.errors import Refused
from content.badges import BadgePlan
from content.load import Content
from content.words import TextValue
from storage import Unit


@dataclass(frozen=True, slots=True)
class Answered:
    """What whoever has the link says.

    Attributes:
        token: The link's.
        called: The name with which they confirm, where it is not what they were called.
        comment: What they saw, in their words.
    """

    token: str
    is_given: bool
    called: str = ""
    comment: str = ""


def take_answer(unit: Unit, content: Content, answered: Answered) -> str:
    """Take an answer, once; where it confirms, give the badge to whoever asked.

    Returns "given" or "refused".

    Raises:
        Refused: The link is unknown, was answered or has ended, or the badge is offered no more.
    """
    request = unit.endorsements.answer(
        answered.token,
        is_given=answered.is_given,
        called=answered.called.strip(),
        comment=answered.comment.strip(),
    )
    plan = content.badges.get(request.plan)
    if plan is None:
        raise Refused("badges.not_offered")
    if request.state == "given":
        _award(unit, content, plan, request)
    return request.state


def take_back(unit: Unit, content: Content, token: str, reason: str) -> str:
    """Take a confirmation back, by whoever gave it: the badge in which it stands counts no more.

    Where somebody else confirmed the same, the person is given a badge that says so. Whoever was
    not told yet that there is a badge hears only that it is not confirmed.

    Args:
        reason: The id of the text that says why; the holder reads it.

    Returns "taken".

    Raises:
        Refused: Nothing stands confirmed with the link.
    """
    request = unit.endorsements.take_back(token)
    badge = unit.badges.find_confirmed(request.person, request.endorser)
    if badge is None or badge.revoked_at is not None or badge.is_known:
        unit.endorsements.mark_told([request.id])
    if badge is None or badge.revoked_at is not None:
        return request.state
    unit.badges.revoke(badge.city, badge.token, reason)
    other = unit.endorsements.find_given(request.person, request.plan, request.about.key)
    plan = content.badges.get(request.plan)
    if other is not None and plan is not None:
        _award(unit, content, plan, other)
    return request.state


def _award(unit: Unit, content: Content, plan: BadgePlan, request: EndorsementRequest) -> None:
    told = content.words.plain(TextValue("badge.evidence.told"), request.language)
    default = TextValue("badge.confirmed.comment", {"by": request.called})
    comment = request.comment or content.words.plain(default, request.language)
    evidence, at = Evidence(name=told, narrative=request.narrative), request.decided_at or unit.now
    unit.badges.award(
        NewAward(
            person=request.person,
            city=request.city,
            plan=plan.id,
            about=request.about,
            language=request.language,
            months=plan.months,
            evidence=(evidence,) if request.narrative else (),
            endorsers=(Endorser(request.endorser, request.called, comment, at),),
        )
    )


def give(unit: Unit, content: Content, claim: Claim) -> str:
    """Give the badge of an approved claim; return the token of its address, or nothing.

    It is in the language of whoever claimed it. A claim that still waits is given nothing.
    """
    if claim.state != "approved":
        return ""
    plan, learner = content.badges.get(claim.plan), unit.people.find(claim.person)
    if plan is None or learner is None:
        unit.class_codes.drop(claim.id)
        return ""
    token, _ = unit.badges.award(
        NewAward(
            person=learner.id,
            city=claim.city,
            plan=plan.id,
            about=claim.about,
            language=learner.language,
            months=plan.months,
        )
    )
    unit.class_codes.note_credential(claim.id, token)
    return token
