"""What somebody agreed to, purpose by purpose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Purpose(StrEnum):
    """What personal data is used for; each is agreed to by itself."""

    SERVICE = "service"
    REMINDERS = "reminders"
    CAMPAIGNS = "campaigns"
    INSIGHTS = "insights"
    NEWS = "news"
    NEW_COURSES = "new-courses"
    SURVEYS = "surveys"
    INVITATIONS = "invitations"
    WORK_JOB = "work-job"
    WORK_PLACEMENT = "work-placement"
    WORK_APPRENTICESHIP = "work-apprenticeship"
    WORK_VOLUNTEERING = "work-volunteering"


TOPICS: tuple[Purpose, ...] = (
    Purpose.NEWS,
    Purpose.NEW_COURSES,
    Purpose.SURVEYS,
    Purpose.INVITATIONS,
)
"""What the city may write about unasked; each is off until somebody turns it on.

`Purpose.CAMPAIGNS` is all of that together: it is only ever withdrawn, and while its newest
decision is a no, no service message goes out either.
"""
WORK: tuple[Purpose, ...] = (
    Purpose.WORK_JOB,
    Purpose.WORK_PLACEMENT,
    Purpose.WORK_APPRENTICESHIP,
    Purpose.WORK_VOLUNTEERING,
)
"""What employers may invite adults to whose skills fit; each is off until somebody turns it on."""


class Basis(StrEnum):
    """The lawful basis of a use (UK GDPR, article 6)."""

    PUBLIC_TASK = "public-task"
    CONSENT = "consent"


@dataclass(frozen=True, slots=True)
class Consent:
    """One decision: the newest one of a purpose and channel is the one that holds."""

    purpose: Purpose
    channel: str
    is_given: bool
    text_version: str
    at: datetime
    basis: Basis = Basis.CONSENT


ConsentKey = tuple[Purpose, str]


def narrower(
    ours: Mapping[ConsentKey, Consent], theirs: Mapping[ConsentKey, Consent]
) -> dict[ConsentKey, Consent]:
    """Return what stands when two people turn out to be one: a consent that neither withdrew.

    A channel that only one side used keeps that side's decision, unless the other side refused
    the same purpose elsewhere: a refusal is a refusal on every channel.
    """
    refused = {c.purpose for c in (*ours.values(), *theirs.values()) if not c.is_given}
    merged: dict[ConsentKey, Consent] = {}
    for key in ours.keys() | theirs.keys():
        consent = _stricter(ours.get(key), theirs.get(key))
        if consent.is_given and consent.purpose in refused:
            consent = Consent(
                consent.purpose,
                consent.channel,
                False,
                consent.text_version,
                consent.at,
                consent.basis,
            )
        merged[key] = consent
    return merged


def _stricter(one: Consent | None, other: Consent | None) -> Consent:
    sides = [side for side in (one, other) if side is not None]
    return min(sides, key=lambda side: (side.is_given, -side.at.timestamp()))
