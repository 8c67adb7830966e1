"""Which pathways people follow, and what they say of the steps."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Field, Index, SQLModel

from storage.instants import Instant
from storage.privacy.holdings import Holding, Retention, holds

AS_THE_PERSON = "as long as the person, or until they leave the pathway"
LEFT_KEPT = timedelta(days=395)
"""So long somebody may come back to a pathway that they left."""


@holds(
    Holding(
        "person",
        person="person",
        personal=("city", "pathway"),
        retention=(Retention("left_at", LEFT_KEPT),),
        forever=AS_THE_PERSON,
    )
)
class FollowedPathwayRow(SQLModel, table=True):
    """A pathway that somebody follows, or followed until `left_at`."""

    __tablename__ = "followed_pathway"
    __table_args__ = (
        Index("ix_followed_pathway_city", "city", "pathway"),
        Index("ix_followed_pathway_left", "left_at"),
    )

    person: str = Field(primary_key=True)
    pathway: str = Field(primary_key=True)
    city: str
    version: str
    followed_at: datetime = Field(sa_type=Instant)
    chosen_at: datetime = Field(sa_type=Instant)
    left_at: datetime | None = Field(default=None, sa_type=Instant)


@holds(
    Holding(
        "person",
        person="person",
        personal=("city", "pathway", "step", "mark"),
        retention=(Retention("left_at", LEFT_KEPT),),
        forever=AS_THE_PERSON,
    )
)
class PathwayStepRow(SQLModel, table=True):
    """What somebody says of a step: "done", or "open" where they want to take it all the same."""

    __tablename__ = "pathway_step"
    __table_args__ = (
        Index("ix_pathway_step_city", "city", "pathway", "step"),
        Index("ix_pathway_step_left", "left_at"),
    )

    person: str = Field(primary_key=True)
    pathway: str = Field(primary_key=True)
    step: str = Field(primary_key=True)
    city: str
    mark: str
    at: datetime = Field(sa_type=Instant)
    left_at: datetime | None = Field(default=None, sa_type=Instant)
