"""What providers without a feed offer, and everything of it that was ever sent to staff."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Field, Index, SQLModel

from storage.instants import Instant
from storage.privacy.holdings import Holding, Retention, holds, nobody

THIRTEEN_MONTHS = timedelta(days=395)
TWO_YEARS = timedelta(days=760)


@holds(
    Holding(
        "person",
        person="made_by",
        retention=(Retention("changed_at", THIRTEEN_MONTHS, only={"showing": ("", "withdrawn")}),),
        forever="what residents see belongs to the organisation, for as long as it offers it",
        erasure="scrub",
        scrub={"made_by": None},
    )
)
class OfferRow(SQLModel, table=True):
    """An offer. `draft` and `live` are what was told, as JSON, or empty.

    `made_by` is who wrote it, to be told what became of it; null where they are gone. `news` says
    what they were not told yet.
    """

    __tablename__ = "offer"
    __table_args__ = (
        Index("ix_offer_city", "city", "stage", "sent_at"),
        Index("ix_offer_organisation", "city", "organisation", "changed_at"),
        Index("ix_offer_made_by", "made_by"),
        Index("ix_offer_changed", "changed_at"),
        Index("ix_offer_news", "news"),
    )

    id: str = Field(primary_key=True)
    city: str
    provider: str
    organisation: str
    course: str
    made_by: str | None = None
    number: int = 0
    stage: str = ""
    showing: str = ""
    draft: str = ""
    live: str = ""
    reason: str = ""
    news: str = ""
    change: int = 1
    changed_at: datetime = Field(sa_type=Instant)
    sent_at: datetime | None = Field(default=None, sa_type=Instant)
    decided_at: datetime | None = Field(default=None, sa_type=Instant)


@nobody(
    "what an organisation sent to be published; people stand in it as random references only",
    Retention("sent_at", TWO_YEARS),
)
class OfferVersionRow(SQLModel, table=True):
    """One sending of an offer, and what staff decided; `body` is what was told, as JSON."""

    __tablename__ = "offer_version"
    __table_args__ = (Index("ix_offer_version_sent", "sent_at"),)

    offer: str = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    city: str
    body: str
    state: str
    reason: str = ""
    sent_by: str = ""
    sent_at: datetime = Field(sa_type=Instant)
    decided_by: str = ""
    decided_at: datetime | None = Field(default=None, sa_type=Instant)
