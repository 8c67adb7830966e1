"""People, their addresses and their decisions."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Field, Index, SQLModel

from storage.instants import Instant
from storage.privacy.holdings import Holding, Retention, holds
from storage.tables.partial import partial_index

TWO_YEARS = timedelta(days=730)


@holds(
    Holding(
        "person",
        person="id",
        personal=("city", "language", "notice_version", "age_band", "memory", "reference"),
        forever="until two years after the last visit, or 24 hours without an accepted notice",
    )
)
class PersonRow(SQLModel, table=True):
    """A person. `reference` stands for them in audit rows; deleting this row cuts that link."""

    __tablename__ = "person"
    __table_args__ = (
        Index("ix_person_seen", "seen_at"),
        Index("ix_person_city", "city", "id"),
        partial_index("ix_person_without_notice", "notice_at IS NULL", "seen_at"),
        Index("ix_person_reference", "reference", unique=True),
    )

    id: str = Field(primary_key=True)
    city: str = ""
    language: str = "en"
    version: int = 0
    notice_version: str | None = None
    notice_at: datetime | None = Field(default=None, sa_type=Instant)
    age_band: str | None = None
    memory: str = "{}"
    reference: str
    created_at: datetime = Field(sa_type=Instant)
    seen_at: datetime = Field(sa_type=Instant)


@holds(
    Holding(
        "person",
        person="person",
        personal=("channel", "bot", "chat"),
        forever="as long as the person",
    )
)
class ContactRow(SQLModel, table=True):
    """An address of a person."""

    __tablename__ = "contact"
    __table_args__ = (Index("ix_contact_person", "person"),)

    channel: str = Field(primary_key=True)
    bot: str = Field(primary_key=True)
    chat: str = Field(primary_key=True)
    person: str
    is_reachable: bool = True
    created_at: datetime = Field(sa_type=Instant)
    seen_at: datetime = Field(sa_type=Instant)


@holds(
    Holding(
        "person",
        person="person",
        personal=("purpose", "channel", "basis", "text_version"),
        forever="as long as the person: it is the proof of what they agreed to",
    )
)
class ConsentRow(SQLModel, table=True):
    """A decision about a purpose; the newest holds."""

    __tablename__ = "consent"
    __table_args__ = (Index("ix_consent_person", "person"),)

    id: str = Field(primary_key=True)
    person: str
    purpose: str
    channel: str
    basis: str
    text_version: str
    is_given: bool
    at: datetime = Field(sa_type=Instant)


@holds(
    Holding(
        "person",
        person="person",
        personal=("channel", "bot", "chat"),
        secret=("token_hash",),
        retention=(Retention("expires_at", timedelta(days=1)),),
    )
)
class JoinTokenRow(SQLModel, table=True):
    """An offer to join another chat with this person's."""

    __tablename__ = "join_token"
    __table_args__ = (
        Index("ix_join_token_person", "person"),
        Index("ix_join_token_expires", "expires_at"),
    )

    token_hash: str = Field(primary_key=True)
    person: str
    channel: str
    bot: str
    chat: str
    expires_at: datetime = Field(sa_type=Instant)
    used_at: datetime | None = Field(default=None, sa_type=Instant)


@holds(
    Holding(
        "person",
        person="person",
        forever="minutes: it ends when the erasure that it announces is done",
    )
)
class ErasureRow(SQLModel, table=True):
    """A wish to be forgotten that can still be called off."""

    __tablename__ = "erasure_due"
    __table_args__ = (Index("ix_erasure_due_at", "due_at"),)

    person: str = Field(primary_key=True)
    asked_at: datetime = Field(sa_type=Instant)
    due_at: datetime = Field(sa_type=Instant)
