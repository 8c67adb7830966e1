"""Campaigns that one city shares and another takes over: words and counts, and nobody in them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.campaigns.content import CampaignContent
from bot.campaigns.records import Broadcast, Plan
from bot.campaigns.schedule import Schedule
from bot.people.consent import Purpose

ORIGIN: Final = "shared:"
"""What the template of a campaign begins with that was taken over; the shared one's id follows."""
COUNTED: Final = ("sent", "click", "open", "pledge", "opt_out")


@dataclass(frozen=True, slots=True)
class Shared:
    """A campaign as its city shared it.

    Attributes:
        results: People by what they did, in fives; what is too few is not there.
    """

    campaign: str
    city: str
    title: str
    topic: Purpose
    content: CampaignContent
    results: Mapping[str, int]
    shared_at: datetime


def may_be_shared(plan: Plan, runs: Collection[Broadcast]) -> bool:
    """Tell whether a campaign has ended, so that others may see what came of it."""
    real = [one for one in runs if not one.is_test]
    return (
        plan.topic is not None
        and any(one.state == "finished" for one in real)
        and all(one.state in ("finished", "cancelled") for one in real)
    )


def results_of(counts: Mapping[str, int], told: Callable[[int], int | None]) -> dict[str, int]:
    """Return counts as others may see them, and none of few.

    Args:
        told: Gives how many people may be told of; None for too few.
    """
    found = {name: told(counts.get(name, 0)) for name in COUNTED}
    return {name: count for name, count in found.items() if count is not None}


def taken_over(shared: Shared, languages: Collection[str]) -> Plan:
    """Return the plan that a city begins with: its languages, everybody, and no time.

    Words in languages that the city does not speak are left out, but where no others are there.
    """
    content = shared.content
    spoken = {key: one for key, one in content.wordings.items() if key in languages}
    content = replace(content, wordings=spoken or content.wordings)
    return Plan("campaign", shared.topic, content, "everyone", Schedule())
