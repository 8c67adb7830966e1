"""What the pages of badges show, read from the signed documents alone."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import orjson

from bot.badges.held import HeldBadge, PublishedAchievement
from bot.badges.verify.steps import as_list
from content.load import Content

State = Literal["good", "revoked", "expired"]


@dataclass(frozen=True, slots=True)
class AchievementView:
    """What a badge is given for.

    Attributes:
        language: Of all its words.
        stands: What it stands for: (name, framework, what that means).
        is_self_declared: Nobody but the holder says so.
    """

    city: str
    name: str
    description: str
    criteria: str
    caption: str
    picture: str
    language: str
    issuer: str
    stands: tuple[tuple[str, str, str], ...]
    is_self_declared: bool


@dataclass(frozen=True, slots=True)
class CredentialView:
    """One person's badge.

    Attributes:
        evidence: How it was earned: (name, in the holder's own words).
        confirmed: Who confirms it and what they say.
    """

    state: State
    awarded: date
    until: date | None
    evidence: tuple[tuple[str, str], ...]
    confirmed: tuple[tuple[str, str], ...]


def achievement_view(published: PublishedAchievement, content: Content) -> AchievementView:
    """Return what is shown of an achievement."""
    document = published.document
    plan = content.badges.get(published.plan)
    return AchievementView(
        city=published.city,
        name=document["name"],
        description=document["description"],
        criteria=document["criteria"]["narrative"],
        caption=document["image"].get("caption", ""),
        picture=urlsplit(document["image"]["id"]).path,
        language=published.language,
        issuer=document["creator"]["name"],
        stands=tuple(
            (
                one["targetName"],
                one.get("targetFramework", ""),
                one.get("targetDescription", ""),
            )
            for one in document.get("alignment", ())
        ),
        is_self_declared=plan is not None and plan.is_self_declared,
    )


def credential_view(held: HeldBadge, now: datetime, zone: ZoneInfo) -> CredentialView:
    """Return what is shown of a signed badge."""
    document = orjson.loads(held.document)
    until = held.valid_until
    state: State = "good" if held.counts_at(now) else "expired"
    return CredentialView(
        state="revoked" if held.revoked_at else state,
        awarded=held.awarded_at.astimezone(zone).date(),
        until=until.astimezone(zone).date() if until else None,
        evidence=tuple(
            (one.get("name", ""), one.get("narrative", ""))
            for one in as_list(document.get("evidence"))
        ),
        confirmed=tuple(_confirmed(one) for one in as_list(document.get("endorsementJwt"))),
    )


def _confirmed(token: str) -> tuple[str, str]:
    """Return who confirms and what they say, from a JWS of our own making."""
    claims = _claims(token)
    issuer, subject = claims.get("issuer", {}), claims.get("credentialSubject", {})
    return issuer.get("name", ""), subject.get("endorsementComment", "")


def _claims(token: str) -> Mapping[str, Any]:
    try:
        body = token.split(".")[1]
        claims: Mapping[str, Any] = orjson.loads(base64.urlsafe_b64decode(body + "=="))
    except (IndexError, binascii.Error, orjson.JSONDecodeError):
        return {}
    return claims
