"""Opportunities of employers, the residents who let themselves be invited, and what they shared."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Field, Index, SQLModel

from storage.instants import Instant
from storage.privacy.holdings import Holding, Retention, holds

A_MONTH = timedelta(days=30)
THIRTEEN_MONTHS = timedelta(days=395)
TWO_YEARS = timedelta(days=730)


@holds(
    Holding(
        "person",
        person="person",
        personal=("city", "skills"),
        forever="as long as the person, or until they choose others",
    )
)
class WorkProfileRow(SQLModel, table=True):
    """The skills that a person lets employers look for: a list of codes in JSON.

    Whether employers may invite them at all stands with their consents.
    """

    __tablename__ = "work_profile"

    person: str = Field(primary_key=True)
    city: str
    skills: str = "[]"
    changed_at: datetime = Field(sa_type=Instant)


@holds(
    Holding(
        "person",
        person="made_by",
        retention=(
            Retention("ended_at", THIRTEEN_MONTHS),
            Retention("changed_at", THIRTEEN_MONTHS, only={"state": ("draft", "declined", "sent")}),
        ),
        forever="what people are invited to belongs to the organisation, while it runs",
        erasure="scrub",
        scrub={"made_by": None},
    )
)
class OpportunityRow(SQLModel, table=True):
    """An opportunity. `draft` and `live` are what was told, as JSON, or empty.

    `made_by` is who wrote it, to be told what became of it; null where they are gone. `news` says
    what they were not told yet. `walk_at` is when people are next looked through for it.
    """

    __tablename__ = "opportunity"
    __table_args__ = (
        Index("ix_opportunity_city", "city", "state", "sent_at"),
        Index("ix_opportunity_organisation", "organisation", "changed_at"),
        Index("ix_opportunity_made_by", "made_by"),
        Index("ix_opportunity_state", "state", "changed_at"),
        Index("ix_opportunity_ended", "ended_at"),
        Index("ix_opportunity_news", "news"),
        Index("ix_opportunity_walk", "walk_at"),
        Index("ix_opportunity_token", "token", unique=True),
    )

    id: str = Field(primary_key=True)
    city: str
    organisation: str
    named: str
    made_by: str | None = None
    number: int = 0
    state: str = "draft"
    draft: str = "{}"
    live: str = ""
    reason: str = ""
    news: str = ""
    token: str | None = None
    change: int = 1
    changed_at: datetime = Field(sa_type=Instant)
    sent_at: datetime | None = Field(default=None, sa_type=Instant)
    decided_at: datetime | None = Field(default=None, sa_type=Instant)
    ended_at: datetime | None = Field(default=None, sa_type=Instant)
    walk_at: datetime | None = Field(default=None, sa_type=Instant)


@holds(
    Holding(
        "person",
        person="person",
        personal=("city", "answer", "because", "parts", "shown_as", "contact", "message"),
        secret=("token",),
        retention=(Retention("until_at", A_MONTH),),
    )
)
class WorkInvitationRow(SQLModel, table=True):
    """An invitation of a person, once for an opportunity, and what they shared with the employer.

    `because` and `parts` are JSON. `until_at` is the end of the last day on which they can say yes.
    `news` says what the person was not told yet, `is_told` whether the employer heard of a yes.
    """

    __tablename__ = "work_invitation"
    __table_args__ = (
        Index("ix_work_invitation_once", "opportunity", "person", unique=True),
        Index("ix_work_invitation_shared", "opportunity", "answer", "answered_at"),
        Index("ix_work_invitation_person", "person", "sent_at"),
        Index("ix_work_invitation_until", "until_at"),
        Index("ix_work_invitation_news", "news"),
        Index("ix_work_invitation_told", "is_told", "answer"),
        Index("ix_work_invitation_token", "token", unique=True),
    )

    id: str = Field(primary_key=True)
    opportunity: str
    city: str
    person: str
    answer: str = ""
    because: str = "[]"
    token: str | None = None
    parts: str = "[]"
    shown_as: str = ""
    contact: str = ""
    message: str = ""
    news: str = ""
    is_told: bool = False
    sent_at: datetime = Field(sa_type=Instant)
    answered_at: datetime | None = Field(default=None, sa_type=Instant)
    until_at: datetime = Field(sa_type=Instant)


@holds(
    Holding(
        "person",
        person="person",
        personal=("words",),
        retention=(Retention("closed_at", TWO_YEARS),),
        forever="while it is open",
        erasure="scrub",
        scrub={"words": ""},
    )
)
class MisuseReportRow(SQLModel, table=True):
    """Somebody says that an employer misuses invitations. It outlives the person's words."""

    __tablename__ = "misuse_report"
    __table_args__ = (
        Index("ix_misuse_report_reference", "reference", unique=True),
        Index("ix_misuse_report_person", "person"),
        Index("ix_misuse_report_city", "city", "opened_at"),
        Index("ix_misuse_report_opportunity", "opportunity"),
        Index("ix_misuse_report_closed", "closed_at"),
    )

    id: str = Field(primary_key=True)
    reference: str
    city: str
    opportunity: str
    person: str
    why: str
    words: str = ""
    outcome: str = ""
    opened_at: datetime = Field(sa_type=Instant)
    closed_at: datetime | None = Field(default=None, sa_type=Instant)
