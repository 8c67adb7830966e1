"""How long a reminder can be put off with one press."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from bot.reminders.zones import instant_of, zone_of

LENGTHS = ("hour", "evening", "tomorrow", "week")
_MORNING, _EVENING = time(9), time(18, 30)
_HALF_HOUR = timedelta(minutes=30)


def snoozed_until(length: str, now: datetime, zone: str) -> datetime:
    """Return until when a reminder is put off, in UTC.

    Raises:
        ValueError: `length` is not one of `LENGTHS`.
    """
    if length == "hour":
        return (now + timedelta(hours=1)).astimezone(UTC).replace(microsecond=0)
    there = zone_of(zone)
    today = now.astimezone(there).date()
    days, at = {"evening": (0, _EVENING), "tomorrow": (1, _MORNING), "week": (7, _MORNING)}.get(
        length, (-1, _MORNING)
    )
    if days < 0:
        raise ValueError(f"nothing is put off by {length!r}")
    found = instant_of(today + timedelta(days=days), at, there)
    if found is None or found <= now + _HALF_HOUR:
        found = instant_of(today + timedelta(days=1), at, there)
    return found if found is not None else now + timedelta(days=1)
