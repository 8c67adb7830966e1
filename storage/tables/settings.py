"""What a city's staff chose on the page of settings."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.instants import Instant
from storage.privacy.holdings import nobody


@nobody("what a city chose for everybody; the audit log says who chose it")
class CitySettingRow(SQLModel, table=True):
    """One setting of a city; `value` and `was` are JSON, null where the content files stand."""

    __tablename__ = "city_setting"

    city: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    value: str = "null"
    was: str = "null"
    changed_at: datetime = Field(sa_type=Instant)
