"""What cities share with each other: whether they agreed, and campaigns that others may take."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, Index, SQLModel

from storage.instants import Instant
from storage.privacy.holdings import nobody


@nobody("which cities agreed to stand beside others; who said so is in the audit log")
class NetworkCityRow(SQLModel, table=True):
    """A city whose own figures stand beside those of others; a withdrawal takes the row away."""

    __tablename__ = "network_city"

    city: str = Field(primary_key=True)
    agreed_at: datetime = Field(sa_type=Instant)


@nobody("what staff wrote to many, and what came of it as counts of five or more")
class SharedCampaignRow(SQLModel, table=True):
    """A campaign as others may take it over. `content` and `results` are JSON, kept as shared."""

    __tablename__ = "shared_campaign"
    __table_args__ = (Index("ix_shared_campaign_shared", "shared_at"),)

    campaign: str = Field(primary_key=True)
    city: str
    title: str
    topic: str
    content: str
    results: str
    shared_at: datetime = Field(sa_type=Instant)
