"""What a resident's conversation looks up: who may invite them, and their invitations."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.cv.contents import contents_of, offered_badges
from bot.cv.records import Cv
from bot.skills.wording import skill_name
from bot.talent import Opportunity, State
from bot.talent.matching import load_reasons
from bot.talent.records import MOST_CHOSEN, Invited
from bot.talent.wording import facts
from bot.work.campaigns.letters import sender_of
from bot.work.effects.talent import kinds_on
from bot.work.reads import Context, look
from bot.work.reads.catalogue import cut, phrase_json
from bot.work.tagging import frameworks_of
from bot.work.talent.known import find_invited
from bot.work.talent.offered import can_choose

Json = dict[str, Any]
MOST_TITLE, MOST_NAME, MOST_LISTED = 60, 40, 5
MOST_OFFERED = 16
"""Skills that a screen holds."""


@look("work")
def work(context: Context) -> Json:
    """Say to what employers may invite the person, by which skills, and what came."""
    band, person = context.person.age_band, context.person.id
    city = context.content.cities.get(context.city)
    can = can_choose(context.unit, context.content, person)
    return {
        "on": [kind.value for kind in kinds_on(context)],
        "is_adult": band is not None and band.is_adult,
        "may_have": band is None or band.may_have_account,
        "sender": sender_of(city, context.language) if city else "",
        "skills": [one for one in context.unit.invited.skills(person) if one in can],
        "can": len(can),
        "invitations": len(context.unit.invited.list_of(person)),
    }


@look("work_skills")
def work_skills(context: Context) -> list[Json]:
    """List the skills that employers may look for, those of the highest level first."""
    known = frameworks_of(context.content)
    can = can_choose(context.unit, context.content, context.person.id)
    codes = sorted((one for one in can if one in known), key=lambda one: (-can[one], one))
    return [
        {"code": code, "name": phrase_json(skill_name(known[code], code))}
        for code in codes[: min(MOST_OFFERED, MOST_CHOSEN)]
    ]


@look("work_invitations")
def work_invitations(context: Context) -> list[Json]:
    """List the person's newest invitations."""
    found = []
    for one in context.unit.invited.list_of(context.person.id, MOST_LISTED):
        opportunity = context.unit.opportunities.find(one.opportunity)
        if opportunity is not None:
            found.append({**_titled(opportunity), "id": one.id, "state": _state(context, one)})
    return found


@look("work_invitation")
def work_invitation(context: Context, invitation: str) -> Json | None:
    """Return an invitation of the person's own; None where it is none of theirs."""
    found = find_invited(context, invitation)
    if found is None:
        return None
    invited, opportunity = found
    until = opportunity.shown.until
    return {
        **_titled(opportunity),
        "id": invited.id,
        "kind": opportunity.shown.kind or "",
        "is_open": opportunity.is_open(context.now.date()),
        "is_over": opportunity.state.is_over or (until is not None and until < _today(context)),
        "until": until.isoformat() if until else "",
        "state": _state(context, invited),
        "facts": [phrase_json(one) for one in facts(opportunity.shown)],
        "because": [phrase_json(one.phrase()) for one in load_reasons(invited.because)],
        "shared": _shared(context, invited),
        "on": [kind.value for kind in kinds_on(context)],
    }


@look("work_summary")
def work_summary(context: Context, invitation: str) -> str:
    """Give what an invitation is about, in the employer's words."""
    found = find_invited(context, invitation)
    return found[1].shown.summary if found else ""


@look("work_message")
def work_message(context: Context, invitation: str) -> str:
    """Give what the employer wrote to the person, if it did."""
    found = find_invited(context, invitation)
    shared = found[0].shared if found else None
    return shared.message if shared else ""


@look("work_shareable")
def work_shareable(context: Context) -> Json:
    """Say what the person has that an employer could see."""
    cvs, person = context.unit.cvs, context.person.id
    material = cvs.material_of(cvs.find(person) or Cv(person, context.city))
    band = context.person.age_band
    return {
        "cv": not contents_of(material, context.content).is_empty,
        "badges": len(offered_badges(material)),
        "name": cut(material.cv.name, MOST_NAME),
        "is_adult": band is not None and band.is_adult,
    }


def _titled(opportunity: Opportunity) -> Json:
    return {
        "title": cut(opportunity.shown.title, MOST_TITLE),
        "employer": cut(opportunity.named, MOST_NAME),
    }


def _state(context: Context, invited: Invited) -> str:
    """Return how an invitation stands, as the name of a text."""
    opportunity = context.unit.opportunities.find(invited.opportunity)
    if invited.shared is not None:
        return "shared"
    if opportunity is None or opportunity.state.is_over:
        return "over"
    if opportunity.state is not State.RUNNING:
        return "changing"
    if not opportunity.is_open(_today(context)):
        return "over"
    return invited.answer.value.replace("-", "_") or "new"


def _shared(context: Context, invited: Invited) -> Json | None:
    shared = invited.shared
    if shared is None:
        return None
    return {
        "parts": list(shared.parts),
        "name": shared.name,
        "contact": shared.contact,
        "link": f"{context.public_url}/cv/{shared.token}" if shared.parts else "",
        "has_message": bool(shared.message),
    }


def _today(context: Context) -> date:
    return context.now.date()
