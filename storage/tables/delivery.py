"""What came in and what goes out. Hot: see hot.py."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Field, Index, SQLModel

from storage.instants import Instant
from storage.privacy.holdings import Holding, Retention, holds, nobody
from storage.tables.partial import partial_index

WORDS_KEPT = timedelta(days=7)
WEB_CHAT_KEPT = timedelta(days=30)
DELIVERIES_KEPT = timedelta(days=90)
ENDED = ("sent", "gone", "failed", "in_doubt", "cancelled")


def _open_only(name: str, *columns: str) -> Index:
    return partial_index(name, "done_at IS NULL", *columns)


@holds(
    Holding(
        "person",
        is_by_address=True,
        personal=("channel", "bot", "update_id", "chat", "incoming"),
        retention=(Retention("arrived_at", WORDS_KEPT),),
    )
)
class InboxRow(SQLModel, table=True):
    """An incoming message. Open while `done_at` is null; held while `held_until` is to come."""

    __tablename__ = "inbox"
    __table_args__ = (
        Index("ix_inbox_update", "channel", "bot", "update_id", unique=True),
        Index("ix_inbox_chat", "channel", "bot", "chat", "id"),
        _open_only("ix_inbox_open", "id"),
        _open_only("ix_inbox_open_chat", "channel", "bot", "chat", "id"),
        Index("ix_inbox_arrived", "arrived_at"),
    )

    id: str = Field(primary_key=True)
    channel: str
    bot: str
    update_id: str
    chat: str
    incoming: str
    arrived_at: datetime = Field(sa_type=Instant)
    holder: str = ""
    held_until: datetime = Field(sa_type=Instant)
    tries: int = 0
    done_at: datetime | None = Field(default=None, sa_type=Instant)
    reason: str = ""


@holds(
    Holding(
        "person",
        person="person",
        personal=("person", "channel", "bot", "chat", "message"),
        secret=("dedupe_key", "nonce"),
        retention=(
            Retention(
                "created_at",
                WORDS_KEPT,
                scrub={"message": ""},
                only={"state": ENDED, "channel": ("telegram",)},
            ),
            Retention("created_at", WEB_CHAT_KEPT, scrub={"message": ""}, only={"state": ENDED}),
            Retention("created_at", DELIVERIES_KEPT, only={"state": ENDED}),
        ),
        erasure="scrub",
        unfinished="done_at",
        scrub={
            "dedupe_key": "=id",
            "chat": "",
            "message": "",
            "nonce": "",
            "message_id": "",
            "city": "",
            "reason": "",
            "bot": "",
        },
    )
)
class OutboxRow(SQLModel, table=True):
    """An outgoing message. After an erasure `person` holds their random reference."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_dedupe", "dedupe_key", unique=True),
        Index("ix_outbox_person", "person", "id"),
        _open_only("ix_outbox_open", "lane", "id"),
        _open_only("ix_outbox_open_chat", "channel", "bot", "chat", "id"),
        Index("ix_outbox_created", "created_at"),
        partial_index("ix_outbox_words", "message != ''", "created_at"),
    )

    id: str = Field(primary_key=True)
    city: str = ""
    person: str
    channel: str
    bot: str
    chat: str
    lane: int = 0
    kind: str = "send"
    dedupe_key: str
    nonce: str = ""
    message: str
    state: str = "waiting"
    attempts: int = 0
    doubts: int = 0
    not_before: datetime = Field(sa_type=Instant)
    holder: str = ""
    held_until: datetime = Field(sa_type=Instant)
    created_at: datetime = Field(sa_type=Instant)
    done_at: datetime | None = Field(default=None, sa_type=Instant)
    message_id: str = ""
    reason: str = ""


@nobody("a handful of rows that the running program keeps for itself")
class MarkRow(SQLModel, table=True):
    """A small fact that survives a restart."""

    __tablename__ = "mark"

    name: str = Field(primary_key=True)
    value: str
    at: datetime = Field(sa_type=Instant)
