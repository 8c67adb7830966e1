"""The catalogue: courses, where they come from, and every run of an import."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Field, Index, SQLModel

from storage.instants import Instant
from storage.privacy.holdings import Retention, nobody


@nobody("public listings; a withdrawn one stays for those who saved it")
class CourseRow(SQLModel, table=True):
    """A course; `body` is the whole record, packed, as people see it.

    `hash` tells whether its source changed it. `told` is the record as the source gave it, where
    staff put something right; null where `body` is just that. `status` is "active", "hidden" (by
    staff) or "withdrawn".
    """

    __tablename__ = "course"
    __table_args__ = (
        Index("ix_course_city", "city", "source", "status"),
        Index("ix_course_provider", "city", "status", "provider", "source"),
    )

    id: str = Field(primary_key=True)
    city: str = Field(primary_key=True)
    source: str
    provider: str
    reference: str = ""
    status: str = "active"
    hash: bytes
    body: bytes
    told: bytes | None = None
    is_sample: bool = False
    first_seen_at: datetime = Field(sa_type=Instant)
    changed_at: datetime = Field(sa_type=Instant)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Instant)


@nobody("one row a city")
class StampRow(SQLModel, table=True):
    """Changes whenever a city's catalogue does: the sign to build its index anew."""

    __tablename__ = "catalogue_stamp"

    city: str = Field(primary_key=True)
    stamp: str
    at: datetime = Field(sa_type=Instant)


@nobody("addresses of providers' public feeds, until staff remove them")
class FeedRow(SQLModel, table=True):
    """An address that is imported on a schedule."""

    __tablename__ = "feed"
    __table_args__ = (Index("ix_feed_next", "is_on", "next_at"),)

    id: str = Field(primary_key=True)
    city: str
    provider: str
    address: str
    interval_hours: int = 24
    is_on: bool = True
    etag: str = ""
    modified: str = ""
    failures: int = 0
    last_status: str = ""
    next_at: datetime = Field(sa_type=Instant)
    fetched_at: datetime | None = Field(default=None, sa_type=Instant)


@nobody("how often a source was imported", Retention("started_at", timedelta(days=400)))
class ImportRow(SQLModel, table=True):
    """One run of an import, with its report as JSON.

    `kind` is "import", or "trial" for one that only says what would change. `made_by` is a
    reference as in the audit log, empty for a schedule. While it runs `step` and `courses` say how
    far it is.
    """

    __tablename__ = "import_run"
    __table_args__ = (
        Index("ix_import_city", "city", "started_at"),
        Index("ix_import_started", "started_at"),
    )

    id: str = Field(primary_key=True)
    city: str
    source: str
    address: str = ""
    started_at: datetime = Field(sa_type=Instant)
    ended_at: datetime | None = Field(default=None, sa_type=Instant)
    report: str = "{}"
    kind: str = "import"
    feed: str = ""
    made_by: str = ""
    step: str = ""
    courses: int = 0


@nobody(
    "a provider's list of public courses that staff gave, and what runs found in such lists",
    Retention("at", timedelta(days=2), only={"part": ("file", "venues")}),
    Retention("at", timedelta(days=400)),
)
class ImportPartRow(SQLModel, table=True):
    """A piece of what belongs to a run: the file, its venues, or everything that was found."""

    __tablename__ = "import_part"
    __table_args__ = (Index("ix_import_part_at", "at"),)

    run: str = Field(primary_key=True)
    part: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    city: str
    name: str = ""
    body: bytes
    at: datetime = Field(sa_type=Instant)


@nobody(
    "how often a public listing was looked at and applied for",
    Retention("day", timedelta(days=395)),
)
class CourseViewRow(SQLModel, table=True):
    """How often a course was looked at, and its provider's way to apply opened, on a day.

    The day is kept as its first moment in UTC.
    """

    __tablename__ = "course_view"
    __table_args__ = (Index("ix_course_view_day", "day"),)

    course: str = Field(primary_key=True)
    city: str = Field(primary_key=True)
    day: datetime = Field(primary_key=True, sa_type=Instant)
    views: int = 0
    applies: int = 0


@nobody(
    "how many people found a subject, in the catalogue's words, and nobody in it",
    Retention("day", timedelta(days=35)),
)
class SubjectFindRow(SQLModel, table=True):
    """How many people found a subject on a day, each once a week; told by the week alone."""

    __tablename__ = "subject_find"
    __table_args__ = (Index("ix_subject_find_day", "day"),)

    city: str = Field(primary_key=True)
    day: datetime = Field(primary_key=True, sa_type=Instant)
    subject: str = Field(primary_key=True)
    people: int = 0
