"""Wall-clock times of a zone as instants, through every change of its clocks.

One rule holds for all: a time that comes twice is the first of the two; one that is left out is
the first moment after the gap, unless that is another day: then it is the last minute before.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
USUAL_ZONE = "Europe/London"
EARLIEST, LATEST = time(8), time(19)
"""Between these nudges are put; they are sent until `EVENING`."""
EVENING = time(20)
DAYTIME = (EARLIEST, EVENING)


@lru_cache(maxsize=64)
def zone_of(name: str) -> ZoneInfo:
    """Return the zone of that name; the usual one where there is none such."""
    try:
        return ZoneInfo(name)
    except (ValueError, LookupError, OSError):
        return ZoneInfo(USUAL_ZONE)


def instant_of(day: date, at: time, zone: ZoneInfo) -> datetime | None:
    """Return when it is that time on that day, in UTC; None where the day is left out."""
    wall = datetime.combine(day, at.replace(tzinfo=None, fold=0))
    found = wall.replace(tzinfo=zone).astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) == wall:
        return found
    behind = _end_of_gap(wall, zone)
    if behind.astimezone(zone).date() == day:
        return behind
    before = behind - MINUTE
    return before if before.astimezone(zone).date() == day else None


def local_date(instant: datetime, zone: ZoneInfo) -> date:
    """Return the day that it is there."""
    return instant.astimezone(zone).date()


def is_daytime(instant: datetime, zone: ZoneInfo, between: tuple[time, time] = DAYTIME) -> bool:
    """Tell whether somebody may be nudged then: from 8 until 20 on their clock, or less long."""
    return between[0] <= instant.astimezone(zone).time() < between[1]


def by_day(instant: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant moved into the daytime of its own day."""
    local = instant.astimezone(zone)
    if EARLIEST <= local.time() <= LATEST:
        return instant
    at = EARLIEST if local.time() < EARLIEST else LATEST
    return instant_of(local.date(), at, zone) or instant


def by_day_before(instant: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant moved back into daytime, where it must not come later."""
    local = instant.astimezone(zone)
    if EARLIEST <= local.time() <= LATEST:
        return instant
    day = local.date() if local.time() > LATEST else local.date() - timedelta(days=1)
    return instant_of(day, LATEST, zone) or instant


def next_morning(
    instant: datetime, zone: ZoneInfo, between: tuple[time, time] = DAYTIME
) -> datetime:
    """Return the first daytime moment from an instant on."""
    if is_daytime(instant, zone, between):
        return instant
    local = instant.astimezone(zone)
    day = local.date() if local.time() < between[0] else local.date() + timedelta(days=1)
    return instant_of(day, between[0], zone) or instant


def _end_of_gap(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the first instant after the gap that a wall-clock time falls into."""
    early = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    late = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    after = late.astimezone(zone).utcoffset()
    low, high = 0, int((late - early) / SECOND)
    while low < high:
        middle = (low + high) // 2
        if (early + middle * SECOND).astimezone(zone).utcoffset() == after:
            high = middle
        else:
            low = middle + 1
    return early + low * SECOND
