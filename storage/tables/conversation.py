"""Conversations: sessions, their logs, and the questions that were sent. Hot: see hot.py."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Field, Index, SQLModel

from storage.instants import Instant
from storage.privacy.holdings import Holding, Retention, holds

ENDED_SESSIONS_KEPT = timedelta(days=30)
OPEN_SESSIONS_KEPT = timedelta(days=30)
"""From the last word in it, whether it is live or parked."""


@holds(
    Holding(
        "person",
        person="person",
        personal=("city", "flow", "frame"),
        retention=(Retention("touched_at", ENDED_SESSIONS_KEPT, only={"status": ("ended",)}),),
        forever="an open one goes 30 days after the last word in it, with its log",
    )
)
class SessionRow(SQLModel, table=True):
    """A conversation without its log."""

    __tablename__ = "session"
    __table_args__ = (
        Index("ix_session_person", "person", "status"),
        Index("ix_session_touched", "status", "touched_at"),
    )

    id: str = Field(primary_key=True)
    person: str
    city: str = ""
    flow: str
    status: str = "live"
    position: int = 0
    frame: str = "{}"
    started_at: datetime = Field(sa_type=Instant)
    touched_at: datetime = Field(sa_type=Instant)
    parked_until: datetime | None = Field(default=None, sa_type=Instant)


@holds(
    Holding(
        "person",
        person="person",
        personal=("act",),
        retention=(Retention("ended_at", ENDED_SESSIONS_KEPT),),
        forever="as long as its session",
    )
)
class ActRow(SQLModel, table=True):
    """One thing that a person did in a session; `ended_at` is when the session ended."""

    __tablename__ = "act"
    __table_args__ = (
        Index("ix_act_person", "person"),
        Index("ix_act_ended", "ended_at"),
        {"sqlite_with_rowid": False},
    )

    session: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    person: str
    act: str
    ended_at: datetime | None = Field(default=None, sa_type=Instant)


@holds(
    Holding(
        "person",
        person="person",
        personal=("flow", "key"),
        secret=("nonce",),
        retention=(Retention("asked_at", timedelta(days=90)),),
    )
)
class QuestionRow(SQLModel, table=True):
    """A question that was sent to a person."""

    __tablename__ = "question"
    __table_args__ = (
        Index("ix_question_person", "person"),
        Index("ix_question_asked", "asked_at"),
    )

    nonce: str = Field(primary_key=True)
    person: str
    session: str
    flow: str
    key: str
    asked_at: datetime = Field(sa_type=Instant)
