"""Local days of cities."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo


def today_in(zone: str, now: datetime) -> date:
    """Return the day that it is in a time zone."""
    return now.astimezone(ZoneInfo(zone)).date()
