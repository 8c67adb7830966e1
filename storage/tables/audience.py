"""What audiences are chosen by: the decisions that hold, and short facts of what people did.

Both follow from other tables and are kept beside them, so that a million people can be looked
through without reading their whole history.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Field, Index, SQLModel

from storage.instants import Instant
from storage.privacy.holdings import Holding, Retention, holds


@holds(
    Holding(
        "person",
        person="person",
        personal=("purpose", "channel"),
        secret=("consent",),
        forever="as long as the person: it says which of their decisions holds",
    )
)
class StandingConsentRow(SQLModel, table=True):
    """The newest decision of a person about a purpose on a channel; `consent` is its id."""

    __tablename__ = "standing_consent"
    __table_args__ = (
        Index("ix_standing_consent_purpose", "purpose", "is_given", "person"),
        {"sqlite_with_rowid": False},
    )

    person: str = Field(primary_key=True)
    purpose: str = Field(primary_key=True)
    channel: str = Field(primary_key=True)
    is_given: bool
    consent: str
    at: datetime = Field(sa_type=Instant)


@holds(
    Holding(
        "person",
        person="person",
        personal=("city", "kind", "part"),
        retention=(Retention("at", timedelta(days=395), only={"kind": ("searched", "place")}),),
        forever="as long as the person, or until they delete what it follows from",
    )
)
class TraitRow(SQLModel, table=True):
    """A short fact of what a person did or said, never of what somebody supposes of them.

    `kind` is "skill" (`part` the competence, `level` 0 to 4), "interest" and "searched" (`part`
    the subject), or "place" (`part` an area or the first half of a postcode).
    """

    __tablename__ = "trait"
    __table_args__ = (
        Index("ix_trait_part", "city", "kind", "part"),
        Index("ix_trait_at", "at"),
        {"sqlite_with_rowid": False},
    )

    person: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    part: str = Field(primary_key=True)
    city: str
    level: int = 0
    at: datetime = Field(sa_type=Instant)
