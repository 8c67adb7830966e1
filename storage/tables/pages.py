"""Pages that people switched on for themselves."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, Index, SQLModel

from storage.instants import Instant
from storage.privacy.holdings import Holding, holds


@holds(
    Holding(
        "person",
        person="person",
        personal=("sitting",),
        secret=("token",),
        forever="until they switch the page off, or delete the sitting",
    )
)
class ResultPageRow(SQLModel, table=True):
    """The private address of a result; `sitting` is empty for "where I stand now".

    The token itself is stored, not its hash: the chat shows the same address again when it is asked
    for again, and whoever reads this table can read the answers behind the page as well.
    """

    __tablename__ = "result_page"
    __table_args__ = (Index("ix_result_page_person", "person", "sitting", unique=True),)

    token: str = Field(primary_key=True)
    person: str
    sitting: str = ""
    opened_at: datetime = Field(sa_type=Instant)
