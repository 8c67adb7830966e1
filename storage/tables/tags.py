"""What courses teach: tags, and what staff put right about them."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, Index, SQLModel

from storage.instants import Instant
from storage.privacy.holdings import nobody


@nobody("what public listings teach; gone with the listing")
class CourseTagRow(SQLModel, table=True):
    """One competence that a course teaches; `reason` holds the course's own words as JSON."""

    __tablename__ = "course_tag"

    city: str = Field(primary_key=True)
    course: str = Field(primary_key=True)
    competence: str = Field(primary_key=True)
    level: int
    origin: str
    reason: str = "[]"


@nobody("what staff say of public listings, for as long as the listing may come back")
class TagCorrectionRow(SQLModel, table=True):
    """What staff say of one competence of a course; `level` is null where it is not taught.

    Of several that stand the newest counts. `made_by` and `undone_by` are references as in the
    audit log.
    """

    __tablename__ = "tag_correction"
    __table_args__ = (Index("ix_tag_correction_course", "city", "course"),)

    id: str = Field(primary_key=True)
    city: str
    course: str
    competence: str
    level: int | None = None
    made_by: str = ""
    at: datetime = Field(sa_type=Instant)
    undone_by: str = ""
    undone_at: datetime | None = Field(default=None, sa_type=Instant)
