"""What flows look up about a person's badges."""

from __future__ import annotations

from typing import Any

import orjson

from bot.badges.addresses import Addresses
from bot.badges.codes import as_typed, is_code
from bot.badges.held import HeldBadge
from bot.badges.telling import linked_in_address
from bot.conversation.plain import text_to_json
from bot.errors import NotFound
from bot.work.badge_messages import WEB
from bot.work.badge_words import about_text, said
from bot.work.reads import Context, look
from storage.repositories.badges import RENEW_BEFORE

Json = dict[str, Any]
PAGE = 4
LONGEST_NAME = 80
"""Letters of a badge's name that are handed on in an address."""


@look("my_badges")
def my_badges(context: Context, page: int) -> Json:
    """List what the person holds or held, newest first, some at a time."""
    held = context.unit.badges.list_of(context.person.id)
    first = page * PAGE if page * PAGE < len(held) else 0
    shown = held[first : first + PAGE]
    requests = [
        one for one in context.unit.endorsements.list_of(context.person.id) if one.state == "asked"
    ]
    return {
        "total": len(held),
        "first": first + 1,
        "last": first + len(shown),
        "has_more": len(held) > first + PAGE,
        "asked": len(requests),
        "claimed": context.unit.class_codes.count_waiting_of(context.person.id),
        "cards": [_card(context, one) for one in shown],
    }


def _card(context: Context, badge: HeldBadge) -> Json:
    return {
        "token": badge.token,
        "name": text_to_json(said(badge, context.content)),
        "state": _state(context, badge),
        "on": _day(context, badge.awarded_at),
        "is_shown": badge.is_shown,
    }


@look("badge")
def badge(context: Context, token: str) -> Json | None:
    """Return one badge of the person's own; None where it is none."""
    held = _own(context, token)
    if held is None:
        return None
    page = Addresses(context.public_url).credential(token)
    return {
        **_card(context, held),
        "plan": held.plan,
        "about": held.about,
        "says": text_to_json(said(held, context.content, "description")),
        "until": _day(context, held.valid_until),
        "reason": held.reason,
        "ends_soon": held.valid_until is not None
        and held.valid_until <= context.unit.now + RENEW_BEFORE,
        "is_on_cv": _is_on_cv(context, held),
        "in_backpack": context.unit.backpack.of(held.id) is not None,
        "is_sample": held.is_sample,
        "is_web": context.channel == WEB,
        "is_adult": context.person.age_band is not None and context.person.age_band.is_adult,
        "asks_age": context.person.age_band is None,
        "page": page,
        "linked_in": _linked_in(context, held, page) if held.is_shown and held.is_signed else "",
    }


@look("badge_what")
def badge_what(context: Context, token: str) -> Json | None:
    """Return what a badge is for and who says so; None where it is none of theirs."""
    held = _own(context, token)
    plan = context.content.badges.get(held.plan) if held else None
    if held is None or plan is None:
        return None
    return {
        "criteria": text_to_json(said(held, context.content, "criteria")),
        "confirmed": plan.confirmed,
    }


@look("badge_requests")
def badge_requests(context: Context) -> list[Json]:
    """List whom the person asked to confirm something and who has not answered."""
    found = context.unit.endorsements.list_of(context.person.id)
    open_ones = [one for one in found if one.state == "asked" and one.expires_at > context.now]
    return [
        {
            "id": one.id,
            "called": one.called,
            "name": text_to_json(about_text(f"badge.{one.plan}.name", one.about)),
            "until": _day(context, one.expires_at),
        }
        for one in open_ones
    ]


@look("badge_told")
def badge_told(context: Context, plan: str) -> Json | None:
    """Return what the person told last for a badge that nobody confirmed; None for nothing."""
    told = context.unit.endorsements.list_of(context.person.id)
    found = (one for one in told if one.plan == plan)
    last = next(found, None)
    if last is None or not last.came_to_nothing_at(context.unit.now):
        return None
    name = about_text(f"badge.{plan}.name", last.about)
    return {"id": last.id, "told": last.narrative, "name": text_to_json(name)}


@look("said_link")
def said_link(context: Context, typed: str) -> str:
    """Return the deep link of code words that somebody types wherever they are; empty for none.

    Whoever has not seen the notice, or has no city, is read by the question that is asked them.
    """
    is_settled = context.person.has_accepted and context.city in context.content.cities
    return code_link(context, typed) if is_settled else ""


def code_link(context: Context, typed: str) -> str:
    """Return the deep link of code words; empty for other words."""
    words = context.content.code_words
    return f"code_{as_typed(typed)}" if words and is_code(typed, words) else ""


@look("confirm_address")
def confirm_address(context: Context, token: str) -> str:
    """Return the link that somebody is sent who is to confirm."""
    return f"{context.public_url}/confirm/{token}"


def _is_on_cv(context: Context, held: HeldBadge) -> bool:
    cv = context.unit.cvs.find(context.person.id)
    return cv is not None and held.id in cv.badges


def _own(context: Context, token: str) -> HeldBadge | None:
    try:
        return context.unit.badges.get(context.person.id, token)
    except NotFound:
        return None


def _state(context: Context, badge: HeldBadge) -> str:
    if badge.revoked_at is not None:
        return "revoked"
    if badge.state != "ready":
        return str(badge.state)
    is_over = badge.valid_until is not None and badge.valid_until <= context.unit.now
    return "over" if is_over else "ready"


def _day(context: Context, at: Any) -> str | None:
    return at.astimezone(context.now.tzinfo).date().isoformat() if at else None


def _linked_in(context: Context, held: HeldBadge, page: str) -> str:
    written = orjson.loads(held.document)
    name = str(written["credentialSubject"]["achievement"]["name"])[:LONGEST_NAME]
    issuer = str(written["issuer"]["name"])[:LONGEST_NAME]
    return linked_in_address(held, name, issuer, page, context.now)
