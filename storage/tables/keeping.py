"""What staff say of listings and of those who give them."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, Index, SQLModel

from storage.instants import Instant
from storage.privacy.holdings import nobody


@nobody("what staff put right in public listings, for as long as the listing may come back")
class ListingFixRow(SQLModel, table=True):
    """One field of a listing as staff put it right; `was` is what its source said then.

    Of several that stand the newest counts. `made_by` and `undone_by` are references as in the
    audit log.
    """

    __tablename__ = "listing_fix"
    __table_args__ = (Index("ix_listing_fix_course", "city", "course"),)

    id: str = Field(primary_key=True)
    city: str
    course: str
    field: str
    value: str
    was: str = ""
    made_by: str = ""
    at: datetime = Field(sa_type=Instant)
    undone_by: str = ""
    undone_at: datetime | None = Field(default=None, sa_type=Instant)


@nobody("organisations, with the contact that they gave for the public; until staff change it")
class ListedProviderRow(SQLModel, table=True):
    """What staff know of an organisation that is named by courses.

    `key` is its name as names are compared, `goes_by` the name that its courses are shown under
    instead. `agreed` is "yes", "no" or empty: whether it wants to be listed.
    """

    __tablename__ = "listed_provider"

    city: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    name: str
    contact: str = ""
    agreed: str = ""
    note: str = ""
    goes_by: str = ""
    changed_by: str = ""
    changed_at: datetime = Field(sa_type=Instant)
