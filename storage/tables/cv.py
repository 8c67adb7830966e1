"""What people put on their CV."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Field, Index, SQLModel

from storage.instants import Instant
from storage.privacy.holdings import Holding, Retention, holds

AS_THE_PERSON = "as long as the person, or until they delete it"
UNDO_FOR = timedelta(minutes=5)
"""So long a deleted experience can be brought back; then it is gone."""


@holds(
    Holding(
        "person",
        person="person",
        personal=("city", "shown_as", "interests", "badges", "areas", "routes"),
        secret=("token", "opened"),
        forever=AS_THE_PERSON,
    )
)
class CvRow(SQLModel, table=True):
    """A CV. `badges`, `areas`, `routes` and `opened` are lists of ids in JSON.

    `shown_as` is the name to show; `opened` names the badges whose own pages the CV opened, to be
    closed with it. The token itself is stored: the chat shows the same address again, and the row
    holds what the page shows.
    """

    __tablename__ = "cv"
    __table_args__ = (Index("ix_cv_token", "token", unique=True),)

    person: str = Field(primary_key=True)
    city: str
    token: str | None = None
    is_on: bool = False
    shown_as: str = ""
    interests: str = ""
    badges: str = "[]"
    areas: str = "[]"
    routes: str = "[]"
    opened: str = "[]"
    changed_at: datetime = Field(sa_type=Instant)


@holds(
    Holding(
        "person",
        person="person",
        personal=("city", "situation", "done", "learned", "skill", "happened"),
        retention=(Retention("removed_at", UNDO_FOR),),
        forever=AS_THE_PERSON,
    )
)
class CvExperienceRow(SQLModel, table=True):
    """Something learned outside courses; `happened` says when, in the person's own words."""

    __tablename__ = "cv_experience"
    __table_args__ = (
        Index("ix_cv_experience_person", "person", "id"),
        Index("ix_cv_experience_removed", "removed_at"),
    )

    id: str = Field(primary_key=True)
    person: str
    city: str
    situation: str
    done: str
    learned: str
    skill: str
    happened: str = ""
    is_shown: bool = True
    written_at: datetime = Field(sa_type=Instant)
    removed_at: datetime | None = Field(default=None, sa_type=Instant)
