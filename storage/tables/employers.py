"""Organisations that say what their people need, and who answers for them."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Field, Index, SQLModel

from storage.instants import Instant
from storage.privacy.holdings import Holding, Retention, holds, nobody

THREE_YEARS = timedelta(days=1095)
AS_A_MEMBER = "as long as the person is a member; who leaves last takes all of it along"


@nobody("organisations; one goes with its last member, and all that is kept of it too")
class OrganisationRow(SQLModel, table=True):
    """An employer. Who belongs to it stands in `organisation_member`."""

    __tablename__ = "organisation"
    __table_args__ = (Index("ix_organisation_city", "city", "id"),)

    id: str = Field(primary_key=True)
    city: str
    name: str
    size: str = ""
    sector: str = ""
    place: str = ""
    website: str = ""
    created_at: datetime = Field(sa_type=Instant)
    changed_at: datetime = Field(sa_type=Instant)


@holds(
    Holding(
        "person",
        person="person",
        personal=("organisation", "part", "team", "contact"),
        forever=AS_A_MEMBER,
    )
)
class OrganisationMemberRow(SQLModel, table=True):
    """A person who answers for an organisation; `contact` is empty without their consent."""

    __tablename__ = "organisation_member"
    __table_args__ = (Index("ix_organisation_member", "organisation", "joined_at"),)

    person: str = Field(primary_key=True)
    organisation: str = Field(primary_key=True)
    part: str
    team: str = ""
    contact: str = ""
    joined_at: datetime = Field(sa_type=Instant)


@holds(
    Holding(
        "person",
        person="person",
        personal=("organisation", "team"),
        secret=("token_hash",),
        retention=(Retention("expires_at", timedelta(days=30)),),
    )
)
class ColleagueLinkRow(SQLModel, table=True):
    """A link with which colleagues join; `person` made it."""

    __tablename__ = "colleague_link"
    __table_args__ = (
        Index("ix_colleague_link_token", "token_hash", unique=True),
        Index("ix_colleague_link_organisation", "organisation"),
        Index("ix_colleague_link_person", "person"),
        Index("ix_colleague_link_expires", "expires_at"),
    )

    id: str = Field(primary_key=True)
    organisation: str
    person: str
    token_hash: str
    team: str = ""
    uses: int = 0
    created_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant)
    revoked_at: datetime | None = Field(default=None, sa_type=Instant)


@nobody("opens an organisation's report, and goes with the organisation")
class NeedsPageRow(SQLModel, table=True):
    """The private address of a report.

    The token itself is stored: the chat shows the same address again, and whoever reads this table
    can read the answers behind the page as well.
    """

    __tablename__ = "needs_page"
    __table_args__ = (Index("ix_needs_page_token", "token", unique=True),)

    organisation: str = Field(primary_key=True)
    city: str
    token: str
    opened_at: datetime = Field(sa_type=Instant)


@holds(
    Holding(
        "person",
        person="person",
        personal=("organisation", "provider", "provider_key", "skill", "words", "contact"),
        retention=(Retention("at", THREE_YEARS),),
    )
)
class EmployerAskRow(SQLModel, table=True):
    """Something that an employer asks of providers or of the city's skills team.

    `due` is the date by which it is needed, in ISO; `contact` is empty without consent. Providers
    are compared by `provider_key` and shown as `provider`.
    """

    __tablename__ = "employer_ask"
    __table_args__ = (
        Index("ix_employer_ask_city", "city", "settled_at", "at"),
        Index("ix_employer_ask_provider", "city", "provider_key"),
        Index("ix_employer_ask_organisation", "organisation", "at"),
        Index("ix_employer_ask_person", "person"),
        Index("ix_employer_ask_at", "at"),
    )

    id: str = Field(primary_key=True)
    city: str
    organisation: str
    person: str
    kind: str
    provider: str = ""
    provider_key: str = ""
    course: str = ""
    skill: str = ""
    people: int = 0
    due: str = ""
    words: str = ""
    contact: str = ""
    at: datetime = Field(sa_type=Instant)
    settled_at: datetime | None = Field(default=None, sa_type=Instant)
