"""Complaints that people made about the service."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Field, Index, SQLModel

from storage.instants import Instant
from storage.privacy.holdings import Holding, Retention, holds

TWO_YEARS = timedelta(days=730)


@holds(
    Holding(
        "person",
        person="person",
        personal=("said",),
        retention=(Retention("closed_at", TWO_YEARS),),
        forever="while it is open",
        erasure="scrub",
        scrub={"said": "[]"},
        unfinished="closed_at",
    )
)
class ComplaintRow(SQLModel, table=True):
    """A complaint; `said` is JSON. That a closed one was dealt with outlives the person's words."""

    __tablename__ = "complaint"
    __table_args__ = (
        Index("ix_complaint_reference", "reference", unique=True),
        Index("ix_complaint_person", "person"),
        Index("ix_complaint_city", "city", "state", "opened_at"),
        Index("ix_complaint_closed", "closed_at"),
    )

    id: str = Field(primary_key=True)
    reference: str
    person: str
    city: str
    state: str = "open"
    outcome: str = ""
    said: str = "[]"
    opened_at: datetime = Field(sa_type=Instant)
    closed_at: datetime | None = Field(default=None, sa_type=Instant)
