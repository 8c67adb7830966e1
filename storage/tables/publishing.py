"""Content that staff published, and what they still work on."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Field, Index, SQLModel

from storage.instants import Instant
from storage.privacy.holdings import Retention, nobody

HALF_A_YEAR = timedelta(days=182)
_WHAT_STAFF_WROTE = "words and places of the bot; staff stand in it as random references"


@nobody(_WHAT_STAFF_WROTE)
class ContentVersionRow(SQLModel, table=True):
    """A published version; never changed. `files` and `changed` are JSON."""

    __tablename__ = "content_version"

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = Field(sa_type=Instant)
    by: str
    reason: str
    files: str
    changed: str
    back_to: int | None = None


@nobody(_WHAT_STAFF_WROTE)
class ContentBodyRow(SQLModel, table=True):
    """What stands in a file, packed; one row for equal ones."""

    __tablename__ = "content_body"

    digest: str = Field(primary_key=True)
    body: bytes


@nobody(_WHAT_STAFF_WROTE, Retention("changed_at", HALF_A_YEAR))
class ContentDraftRow(SQLModel, table=True):
    """What one of staff changed and has not published. `files` is JSON."""

    __tablename__ = "content_draft"
    __table_args__ = (Index("ix_content_draft_changed", "changed_at"),)

    by: str = Field(primary_key=True)
    changed_at: datetime = Field(sa_type=Instant)
    files: str
