"""Campaigns as frozen records: the plan, its versions, its runs, and one row a recipient."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from bot.campaigns.content import CampaignContent
from bot.campaigns.schedule import Schedule
from bot.campaigns.variants import Rival
from bot.people.consent import Purpose

Kind: TypeAlias = Literal["campaign", "service"]
"""A service message is about something that people use and holds nothing that promotes."""

CampaignState: TypeAlias = Literal["draft", "waiting", "approved", "scheduled", "done", "put_away"]
"""Waiting is for a second person's approval; scheduled ones start by themselves when due."""

BroadcastState: TypeAlias = Literal["freezing", "running", "paused", "cancelled", "finished"]
"""As somebody set it. Whether a running one is over is computed from its deliveries."""

DeliveryState: TypeAlias = Literal[
    "queued", "claimed", "sent", "in_doubt", "blocked", "failed", "skipped", "cancelled"
]
OPEN: tuple[DeliveryState, ...] = ("queued", "claimed")
CLOSED: tuple[DeliveryState, ...] = (
    "sent",
    "in_doubt",
    "blocked",
    "failed",
    "skipped",
    "cancelled",
)

Reason: TypeAlias = Literal[
    "no_consent", "under_18", "unreachable", "often", "already", "quiet", "late", "erased", "test"
]
"""Why somebody of an audience is not written to.

`often` is the frequency cap; `already` got this campaign; `quiet` and `late` are hours at which
nothing is sent any more; `erased` people asked to be forgotten meanwhile.
"""

ActKind: TypeAlias = Literal["click", "open", "poll", "pledge", "opt_out"]
"""What somebody did with a message: followed a link, opened a flow, answered, pledged, left."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What staff plan: everything that the hash of a version covers.

    Attributes:
        topic: The purpose that people agreed to, for a campaign; None for a service message.
        audience: The rule, in the words of the audience language, normalised.
        again: Days after which the same person may get it again; None for never.
        rival: A second version that some of the people get; None where there is one alone.
        stars: How many of Telegram's Stars it may cost at most to go out faster; 0 where it goes
            out at the usual pace, which costs nothing.
    """

    kind: Kind
    topic: Purpose | None
    content: CampaignContent
    audience: str
    schedule: Schedule
    again: int | None = None
    rival: Rival | None = None
    stars: int = 0


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign.

    Attributes:
        author: A reference as in the audit log.
        version: The number of its newest version.
        template: The shipped campaign that it was made from; empty for none.
        next_at: When its schedule is due next; None where it is not on.
    """

    id: str
    city: str
    title: str
    state: CampaignState
    author: str
    version: int
    template: str = ""
    next_at: datetime | None = None
    created_at: datetime | None = None
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a campaign. It never changes: an edit makes another one.

    Attributes:
        digest: The hash of the whole plan; approvals name it, and runs.
        made_by: A reference as in the audit log.
    """

    campaign: str
    number: int
    plan: Plan
    digest: str
    made_by: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Approval:
    """A second person's yes or no to one version of a campaign.

    Attributes:
        by: A reference as in the audit log.
        size: How many people it would have reached when they decided.
        reason: Why not, in their words; empty for a yes.
    """

    id: str
    campaign: str
    number: int
    digest: str
    by: str
    is_given: bool
    size: int
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One run of a campaign.

    Attributes:
        number: Which version is sent; it stays reproducible by that.
        occasion: Which firing of the schedule it is; a campaign has one run for each.
        rule: The audience as it was resolved at the launch, as JSON.
        size: How many rows were cut; final once the state is no longer "freezing".
        excluded: How many of the audience got no row, by reason.
        frozen_to: The last person that was looked at while freezing.
        not_after: From then on nothing is begun any more: the rest is skipped as late.
        totals: Final counts, kept after the rows are gone.
        reason: Why it is paused or cancelled, as a code.
        stars: What it costs at most in Telegram's Stars, as it goes out faster; 0 where it is free.
    """

    id: str
    city: str
    campaign: str
    number: int
    digest: str
    occasion: str
    state: BroadcastState
    is_test: bool
    rule: str
    launched_by: str
    launched_at: datetime
    size: int = 0
    excluded: Mapping[str, int] = field(default_factory=dict)
    frozen_to: str = ""
    frozen_at: datetime | None = None
    not_after: datetime | None = None
    finished_at: datetime | None = None
    totals: Mapping[str, int] = field(default_factory=dict)
    reason: str = ""
    stars: int = 0


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to one person. Its key, broadcast and number, is given when the row is cut.

    Attributes:
        person: Who; after an erasure their random reference.
        consent: The id of the consent that it rests on; empty for a service message.
        reason: A code for why it was skipped, failed or cancelled.
        outgoing: The id of its row in the outbox, where it has one.
        message_id: The channel's id of the message, once it was accepted.
        variant: "a" or "b" where the campaign has two versions; empty elsewhere.
    """

    broadcast: str
    number: int
    campaign: str
    city: str
    person: str
    consent: str
    state: DeliveryState
    not_before: datetime
    cut_at: datetime
    reason: str = ""
    channel: str = ""
    holder: str = ""
    held_until: datetime | None = None
    claimed_at: datetime | None = None
    settled_at: datetime | None = None
    outgoing: str = ""
    message_id: str = ""
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Pledge:
    """What somebody promised themselves, in their own words."""

    person: str
    campaign: str
    city: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class EmergencyStop:
    """Nothing at all goes out, on the whole installation, until somebody ends the stop.

    Attributes:
        by: A reference as in the audit log.
    """

    by: str
    at: datetime
    reason: str = ""
