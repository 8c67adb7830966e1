"""What people asked to be reminded of."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Field, Index, SQLModel

from storage.instants import Instant
from storage.privacy.holdings import Holding, Retention, holds

AS_THE_PERSON = "as long as the person, or until it has come for the last time"
OVER = ("ended", "stopped")


@holds(
    Holding(
        "person",
        person="person",
        personal=(
            "city",
            "kind",
            "subject",
            "part",
            "words",
            "rule",
            "zone",
            "channel",
            "seen",
            "last_on",
        ),
        retention=(Retention("changed_at", timedelta(days=30), only={"state": OVER}),),
        forever=AS_THE_PERSON,
    )
)
class ReminderRow(SQLModel, table=True):
    """A reminder. What happens next to it is in this row alone: a tick only looks.

    `last_on` is the local date on which it came last, empty before that.
    """

    __tablename__ = "reminder"
    __table_args__ = (
        Index("ix_reminder_due", "state", "next_at"),
        Index("ix_reminder_person", "person", "created_at"),
        Index("ix_reminder_city", "city", "id"),
        Index("ix_reminder_changed", "changed_at"),
    )

    id: str = Field(primary_key=True)
    city: str
    person: str
    kind: str
    subject: str = ""
    part: str = ""
    words: str = ""
    rule: str
    zone: str
    channel: str
    is_set_by_person: bool = False
    is_snoozed: bool = False
    seen: str = ""
    state: str = "active"
    next_at: datetime | None = Field(default=None, sa_type=Instant)
    last_on: str = ""
    created_at: datetime = Field(sa_type=Instant)
    changed_at: datetime = Field(sa_type=Instant)
