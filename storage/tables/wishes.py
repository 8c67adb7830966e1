"""What people saved, wished for and complained about."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Field, Index, SQLModel

from storage.instants import Instant
from storage.privacy.holdings import Holding, Retention, holds

THIRTEEN_MONTHS = timedelta(days=395)
AS_THE_PERSON = "as long as the person, or until they remove it"


@holds(
    Holding("person", person="person", personal=("city", "course", "was"), forever=AS_THE_PERSON)
)
class SavedCourseRow(SQLModel, table=True):
    """A course somebody saved; `was` is the course as they last saw it."""

    __tablename__ = "saved_course"
    __table_args__ = (Index("ix_saved_course", "course"),)

    person: str = Field(primary_key=True)
    course: str = Field(primary_key=True)
    city: str
    was: bytes
    saved_at: datetime = Field(sa_type=Instant)


@holds(
    Holding("person", person="person", personal=("city", "words", "request"), forever=AS_THE_PERSON)
)
class SavedSearchRow(SQLModel, table=True):
    """A wish that somebody wants to hear about."""

    __tablename__ = "saved_search"
    __table_args__ = (
        Index("ix_saved_search_person", "person"),
        Index("ix_saved_search_city", "city", "id"),
    )

    id: str = Field(primary_key=True)
    city: str
    person: str
    words: str
    request: str
    created_at: datetime = Field(sa_type=Instant)


@holds(
    Holding(
        "person",
        person="person",
        personal=("city", "course"),
        retention=(Retention("created_at", timedelta(days=180)),),
    )
)
class DueNoticeRow(SQLModel, table=True):
    """A course that answers a saved search: shown once."""

    __tablename__ = "due_notice"
    __table_args__ = (
        Index("ix_due_notice_person", "person", "shown_at"),
        Index("ix_due_notice_once", "search", "course", unique=True),
        Index("ix_due_notice_created", "created_at"),
    )

    id: str = Field(primary_key=True)
    city: str
    person: str
    search: str
    course: str
    created_at: datetime = Field(sa_type=Instant)
    shown_at: datetime | None = Field(default=None, sa_type=Instant)


@holds(
    Holding(
        "person",
        person="person",
        personal=("city", "words", "request", "skill", "place"),
        retention=(Retention("at", THIRTEEN_MONTHS),),
    )
)
class UnmetWishRow(SQLModel, table=True):
    """A search that found nothing. `person` is null where nobody is known.

    `skill` is the competence and level that were wanted ("1.3:2"), `place` an area or the first
    half of a postcode; either is empty where nobody said it.
    """

    __tablename__ = "unmet_wish"
    __table_args__ = (
        Index("ix_unmet_city", "city", "at"),
        Index("ix_unmet_person", "person"),
        Index("ix_unmet_at", "at"),
    )

    id: str = Field(primary_key=True)
    city: str
    person: str | None = None
    words: str
    request: str
    at: datetime = Field(sa_type=Instant)
    skill: str = ""
    place: str = ""


@holds(
    Holding(
        "person",
        person="person",
        personal=("words", "answer"),
        retention=(Retention("at", THIRTEEN_MONTHS),),
        erasure="scrub",
        scrub={"words": "", "answer": "", "person": None},
    )
)
class ListingReportRow(SQLModel, table=True):
    """Somebody says that a listing is wrong. It outlives the person; their words do not.

    `wants_answer` says whether they want to hear what came of it, `answer` what staff added.
    """

    __tablename__ = "listing_report"
    __table_args__ = (
        Index("ix_report_city", "city", "settled_at", "at"),
        Index("ix_report_person", "person"),
        Index("ix_report_at", "at"),
    )

    id: str = Field(primary_key=True)
    city: str
    person: str | None = None
    course: str
    reason: str
    words: str = ""
    at: datetime = Field(sa_type=Instant)
    outcome: str = ""
    wants_answer: bool = False
    answer: str = ""
    provider_told_at: datetime | None = Field(default=None, sa_type=Instant)
    settled_by: str = ""
    settled_at: datetime | None = Field(default=None, sa_type=Instant)
