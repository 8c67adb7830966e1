"""What goes wrong in conversations: answers that nobody understood, and faults of the program."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Field, Index, SQLModel

from storage.instants import Instant
from storage.privacy.holdings import Holding, Retention, holds, nobody

UNREAD_KEPT = timedelta(days=30)
"""As long as the chat itself."""
FAULTS_KEPT = timedelta(days=180)
REFERENCES_KEPT = timedelta(days=90)


@holds(
    Holding(
        "person",
        person="person",
        personal=("city", "flow", "step", "words"),
        retention=(Retention("at", UNREAD_KEPT),),
    )
)
class UnreadAnswerRow(SQLModel, table=True):
    """An answer that was not understood. `words` is empty unless it was a few plain words."""

    __tablename__ = "unread_answer"
    __table_args__ = (
        Index("ix_unread_city", "city", "at"),
        Index("ix_unread_person", "person"),
        Index("ix_unread_at", "at"),
    )

    id: str = Field(primary_key=True)
    city: str
    person: str
    flow: str
    step: str
    words: str = ""
    at: datetime = Field(sa_type=Instant)


@nobody("where the program failed and how, of nobody", Retention("last_at", FAULTS_KEPT))
class FaultRow(SQLModel, table=True):
    """A place where the program fails in one way; `kind` is the error's class."""

    __tablename__ = "fault"
    __table_args__ = (
        Index("ix_fault_city", "city", "last_at"),
        Index("ix_fault_last", "last_at"),
    )

    id: str = Field(primary_key=True)
    city: str
    flow: str
    step: str
    kind: str
    first_at: datetime = Field(sa_type=Instant)
    last_at: datetime = Field(sa_type=Instant)
    chats: int = 0
    state: str = "new"
    state_at: datetime | None = Field(default=None, sa_type=Instant)


@nobody(
    "what somebody was told when a fault met them; it leads to nobody",
    Retention("at", REFERENCES_KEPT),
)
class FaultReferenceRow(SQLModel, table=True):
    """A reference that somebody may read out, and the fault that it stands for."""

    __tablename__ = "fault_reference"
    __table_args__ = (
        Index("ix_fault_reference", "reference"),
        Index("ix_fault_reference_at", "at"),
    )

    fault: str = Field(primary_key=True)
    reference: str = Field(primary_key=True)
    at: datetime = Field(sa_type=Instant)
