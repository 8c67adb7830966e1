"""What people told about their skills."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Field, Index, SQLModel

from storage.instants import Instant
from storage.privacy.holdings import Holding, Retention, holds

AS_THE_PERSON = "as long as the person, or until they delete it"
UNDO_FOR = timedelta(minutes=5)
"""So long a deleted sitting can be brought back; then it is gone."""


@holds(
    Holding(
        "person",
        person="person",
        personal=(
            "city",
            "framework",
            "mode",
            "parts",
            "confidence_before",
            "resilience_before",
            "confidence_after",
            "resilience_after",
        ),
        retention=(Retention("removed_at", UNDO_FOR),),
        forever=AS_THE_PERSON,
    )
)
class SittingRow(SQLModel, table=True):
    """One self-assessment. Feelings are "1" to "5", empty where nothing was said."""

    __tablename__ = "sitting"
    __table_args__ = (
        Index("ix_sitting_person", "person", "started_at"),
        Index("ix_sitting_removed", "removed_at"),
    )

    id: str = Field(primary_key=True)
    city: str
    person: str
    framework: str
    framework_version: str
    content_version: str
    mode: str
    parts: str = ""
    started_at: datetime = Field(sa_type=Instant)
    updated_at: datetime = Field(sa_type=Instant)
    finished_at: datetime | None = Field(default=None, sa_type=Instant)
    removed_at: datetime | None = Field(default=None, sa_type=Instant)
    confidence_before: str = ""
    resilience_before: str = ""
    confidence_after: str = ""
    resilience_after: str = ""


@holds(
    Holding(
        "person",
        person="person",
        personal=("item", "answer"),
        retention=(Retention("removed_at", UNDO_FOR),),
        forever=AS_THE_PERSON,
    )
)
class SittingAnswerRow(SQLModel, table=True):
    """One answer: "0" to "3", or "-" for "does not apply to me"; `number` is its place."""

    __tablename__ = "sitting_answer"
    __table_args__ = (
        Index("ix_sitting_answer_person", "person", "at"),
        Index("ix_sitting_answer_removed", "removed_at"),
    )

    sitting: str = Field(primary_key=True)
    item: str = Field(primary_key=True)
    person: str
    number: int
    answer: str
    content_version: str
    at: datetime = Field(sa_type=Instant)
    removed_at: datetime | None = Field(default=None, sa_type=Instant)
