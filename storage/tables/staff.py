"""Roles, sign-in and the audit log."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Field, Index, SQLModel

from storage.instants import Instant
from storage.privacy.holdings import Holding, Retention, holds


@holds(
    Holding(
        "person",
        person="person",
        personal=("role", "city", "channel", "provider"),
        forever="until the role is taken back",
    )
)
class RoleRow(SQLModel, table=True):
    """A role of a person in a city; a staff role counts only in the channel it was taken in.

    `provider` is the name of a provider's organisation; empty for every other role, and for
    providers who were invited before invitations named one. `is_told` says whether somebody who
    teaches is written to when people claim with their codes.
    """

    __tablename__ = "role"
    __table_args__ = (Index("ix_role_city", "city"),)

    person: str = Field(primary_key=True)
    role: str = Field(primary_key=True)
    city: str = Field(primary_key=True)
    provider: str = Field(default="", primary_key=True)
    channel: str = ""
    is_told: bool = True
    granted_by: str = ""
    granted_at: datetime = Field(sa_type=Instant)


@holds(
    Holding(
        "staff",
        person="used_by",
        personal=("used_by",),
        secret=("token_hash",),
        retention=(Retention("expires_at", timedelta(days=30)),),
    )
)
class InvitationRow(SQLModel, table=True):
    """An offer of a role; `invited_by` is a reference as in the audit log."""

    __tablename__ = "invitation"
    __table_args__ = (
        Index("ix_invitation_token", "token_hash", unique=True),
        Index("ix_invitation_expires", "expires_at"),
        Index("ix_invitation_used_by", "used_by"),
    )

    id: str = Field(primary_key=True)
    token_hash: str
    role: str
    provider: str = ""
    cities: str
    invited_by: str = ""
    created_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant)
    used_at: datetime | None = Field(default=None, sa_type=Instant)
    used_by: str | None = None


@holds(
    Holding(
        "person",
        person="person",
        secret=("token_hash",),
        retention=(Retention("expires_at", timedelta(days=1)),),
    )
)
class LoginRow(SQLModel, table=True):
    """A link that signs a member of staff in, once."""

    __tablename__ = "login_link"
    __table_args__ = (
        Index("ix_login_person", "person"),
        Index("ix_login_expires", "expires_at"),
    )

    token_hash: str = Field(primary_key=True)
    person: str
    channel: str = ""
    created_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant)
    used_at: datetime | None = Field(default=None, sa_type=Instant)


@holds(
    Holding(
        "person",
        person="person",
        secret=("token_hash", "csrf"),
        retention=(Retention("expires_at", timedelta(0)),),
    )
)
class WebSessionRow(SQLModel, table=True):
    """A browser in which a member of staff is signed in."""

    __tablename__ = "web_session"
    __table_args__ = (
        Index("ix_web_session_person", "person"),
        Index("ix_web_session_expires", "expires_at"),
    )

    token_hash: str = Field(primary_key=True)
    person: str
    channel: str = ""
    csrf: str
    created_at: datetime = Field(sa_type=Instant)
    seen_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant)


@holds(
    Holding(
        "staff",
        forever="evidence; people stand in it as random references only",
        erasure="keep",
    )
)
class AuditRow(SQLModel, table=True):
    """One entry of the audit chain: only ever added to."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_city", "city", "number"),)

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = Field(sa_type=Instant)
    action: str
    actor: str = ""
    subject: str = ""
    city: str = ""
    facts: str = "{}"
    previous: str
    hash: str
