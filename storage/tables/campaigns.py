"""Campaigns: plans, runs, one row a recipient, and what people did with a message."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Field, Index, SQLModel

from bot.campaigns.records import CLOSED
from storage.instants import Instant
from storage.privacy.holdings import Holding, Retention, holds, nobody
from storage.tables.partial import partial_index

THIRTEEN_MONTHS = timedelta(days=395)
_WHAT_STAFF_WROTE = "what staff planned and sent; its authors stand in it as random references"


@nobody(_WHAT_STAFF_WROTE)
class CampaignRow(SQLModel, table=True):
    """A campaign. What it says and to whom is in its versions."""

    __tablename__ = "campaign"
    __table_args__ = (
        Index("ix_campaign_city", "city", "state", "id"),
        Index("ix_campaign_due", "state", "next_at"),
    )

    id: str = Field(primary_key=True)
    city: str
    title: str
    state: str = "draft"
    author: str
    version: int = 1
    template: str = ""
    next_at: datetime | None = Field(default=None, sa_type=Instant)
    created_at: datetime = Field(sa_type=Instant)
    changed_at: datetime = Field(sa_type=Instant)


@nobody(_WHAT_STAFF_WROTE)
class CampaignVersionRow(SQLModel, table=True):
    """A version of a campaign; never changed. `content`, `schedule` and `rival` are JSON."""

    __tablename__ = "campaign_version"

    campaign: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    kind: str
    topic: str = ""
    content: str
    audience: str
    schedule: str
    again: int | None = None
    rival: str = ""
    stars: int = 0
    digest: str
    made_by: str
    made_at: datetime = Field(sa_type=Instant)


@nobody(
    "pictures that cities send, without what cameras write into them; as long as a version has it",
    Retention("added_at", timedelta(days=1), only={"state": ("loose",)}),
)
class CampaignPictureRow(SQLModel, table=True):
    """A picture that staff gave, by the SHA-256 of its bytes, in hex.

    `state` is "loose" until a version has it, which is never changed, and "kept" from then on.
    """

    __tablename__ = "campaign_picture"
    __table_args__ = (Index("ix_campaign_picture_state", "state", "added_at"),)

    city: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    body: bytes
    width: int
    height: int
    state: str = "loose"
    added_at: datetime = Field(sa_type=Instant)


@nobody(_WHAT_STAFF_WROTE)
class ApprovalRow(SQLModel, table=True):
    """A yes or no to one version."""

    __tablename__ = "campaign_approval"
    __table_args__ = (Index("ix_campaign_approval", "campaign", "number"),)

    id: str = Field(primary_key=True)
    campaign: str
    number: int
    digest: str
    by: str
    is_given: bool
    size: int = 0
    reason: str = ""
    at: datetime = Field(sa_type=Instant)


@nobody("how often something was sent and what came of it: counts, and nobody by name")
class BroadcastRow(SQLModel, table=True):
    """A run of a campaign. `rule`, `excluded` and `totals` are JSON."""

    __tablename__ = "broadcast"
    __table_args__ = (
        Index("ix_broadcast_occasion", "campaign", "occasion", unique=True),
        Index("ix_broadcast_state", "state", "id"),
        Index("ix_broadcast_city", "city", "id"),
    )

    id: str = Field(primary_key=True)
    city: str
    campaign: str
    number: int
    digest: str
    occasion: str
    state: str = "freezing"
    is_test: bool = False
    rule: str
    launched_by: str
    launched_at: datetime = Field(sa_type=Instant)
    size: int = 0
    excluded: str = "{}"
    frozen_to: str = ""
    frozen_at: datetime | None = Field(default=None, sa_type=Instant)
    not_after: datetime | None = Field(default=None, sa_type=Instant)
    finished_at: datetime | None = Field(default=None, sa_type=Instant)
    totals: str = "{}"
    reason: str = ""
    stars: int = 0


@holds(
    Holding(
        "person",
        person="person",
        personal=("campaign", "city", "channel", "message_id"),
        secret=("consent", "outgoing"),
        retention=(Retention("cut_at", THIRTEEN_MONTHS, only={"state": CLOSED}),),
        erasure="scrub",
        scrub={"campaign": "", "city": "", "consent": "", "channel": "", "outgoing": "",
               "message_id": ""},
    )
)  # fmt: skip
class DeliveryRow(SQLModel, table=True):
    """One message to one person. After an erasure `person` holds their random reference.

    The sums of a run must add up, so an erasure never takes a row away: what was still to be
    sent is skipped first.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        partial_index("ix_delivery_queued", "state = 'queued'", "broadcast", "number"),
        partial_index("ix_delivery_claimed", "state = 'claimed'", "held_until"),
        Index("ix_delivery_state", "broadcast", "state"),
        Index("ix_delivery_person", "person", "campaign"),
        Index("ix_delivery_cut", "cut_at"),
        {"sqlite_with_rowid": False},
    )

    broadcast: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    campaign: str
    city: str
    person: str
    consent: str = ""
    state: str = "queued"
    reason: str = ""
    not_before: datetime = Field(sa_type=Instant)
    cut_at: datetime = Field(sa_type=Instant)
    channel: str = ""
    holder: str = ""
    held_until: datetime | None = Field(default=None, sa_type=Instant)
    claimed_at: datetime | None = Field(default=None, sa_type=Instant)
    settled_at: datetime | None = Field(default=None, sa_type=Instant)
    outgoing: str = ""
    message_id: str = ""
    variant: str = ""


@holds(
    Holding(
        "person",
        person="person",
        personal=("campaign", "city", "part", "said"),
        retention=(Retention("at", THIRTEEN_MONTHS),),
    )
)
class CampaignActRow(SQLModel, table=True):
    """What somebody did with a message: one row however often they did it.

    `part` is the button; `said` is the answer to its question, and the topic that was left.
    """

    __tablename__ = "campaign_act"
    __table_args__ = (
        Index("ix_campaign_act_person", "person"),
        Index("ix_campaign_act_at", "at"),
        Index("ix_campaign_act_campaign", "campaign", "kind"),
    )

    broadcast: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    part: str = Field(primary_key=True)
    person: str = Field(primary_key=True)
    campaign: str
    city: str
    said: str = ""
    at: datetime = Field(sa_type=Instant)


@nobody(
    "short addresses of public pages that campaigns lead to",
    Retention("made_at", timedelta(days=760)),
)
class CampaignLinkRow(SQLModel, table=True):
    """A short address of our own: one for each button of a run that leads somewhere.

    With `secret` the numbers of deliveries are signed, so that nobody clicks for somebody else.
    """

    __tablename__ = "campaign_link"
    __table_args__ = (
        Index("ix_campaign_link_button", "broadcast", "part", unique=True),
        Index("ix_campaign_link_made", "made_at"),
    )

    token: str = Field(primary_key=True)
    city: str
    broadcast: str
    part: str
    target: str
    secret: str
    made_at: datetime = Field(sa_type=Instant)


@holds(
    Holding(
        "person",
        person="person",
        personal=("campaign", "city", "words"),
        forever="as long as the person, or until they take it back",
    )
)
class PledgeRow(SQLModel, table=True):
    """What somebody promised themselves; `campaign` is empty where none led there."""

    __tablename__ = "pledge"

    person: str = Field(primary_key=True)
    campaign: str = Field(primary_key=True)
    city: str
    words: str
    at: datetime = Field(sa_type=Instant)
