"""When the runs of a schedule are due, which firing each is, and when it is too late for one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.campaigns.schedule import Schedule
from bot.reminders import Daily, Lead, next_occurrence
from bot.reminders.zones import DAYTIME, instant_of, local_date, next_morning, zone_of

USUAL_AT = time(10)
"""When people are written to relative to a day of theirs, where no hour is set."""
_DAYS = {"days": 1, "weeks": 7}


@dataclass(frozen=True, slots=True)
class Due:
    """A firing of a schedule.

    Attributes:
        at: When it was to begin.
        occasion: Names it among the firings of its campaign.
        is_late: It is left out, because nobody began it in time.
    """

    at: datetime
    occasion: str
    is_late: bool


def next_at(schedule: Schedule, zone: str, after: datetime) -> datetime | None:
    """Return when a schedule is due next after a time; None where it never is again.

    Whatever is written there, a run begins between 08:00 and 20:00 on the city's clocks.
    """
    if schedule.rule is None:
        return None
    rule = schedule.rule
    if schedule.lead is not None:
        rule = Daily(schedule.lead.at or USUAL_AT, local_date(after, zone_of(zone)))
    return next_occurrence(rule, zone, after, is_nudge=True)


def due(schedule: Schedule, zone: str, at: datetime, now: datetime) -> Due:
    """Return the firing that was to begin at a time."""
    latest = at + timedelta(hours=schedule.late_after)
    return Due(at, occasion_of(at, zone), is_late=now > latest)


def occasion_of(at: datetime, zone: str) -> str:
    """Return the name of what begins at a time: the minute on the city's clocks."""
    return at.astimezone(zone_of(zone)).strftime("%Y-%m-%dT%H:%M")


def not_after(schedule: Schedule, at: datetime) -> datetime | None:
    """Return from when on the rest of a run is left out; None where it has no such time."""
    return None if schedule.rule is None else at + timedelta(hours=schedule.late_after)


def first_moment(zone: str, at: datetime, between: tuple[time, time] = DAYTIME) -> datetime:
    """Return when somebody there may be written to, from a time on."""
    return next_morning(at, zone_of(zone), between)


def happened_on(lead: Lead, zone: str, at: datetime) -> tuple[datetime, datetime]:
    """Return the day on which that happened, or is to happen, of which people are written to now.

    A lead of hours or minutes counts as the same day. What happened on days before that, while
    nobody was looking, is not caught up with.
    """
    there = zone_of(zone)
    days = lead.count * _DAYS.get(lead.unit, 0)
    day = local_date(at, there) + timedelta(days=-days if lead.is_after else days)
    return _start_of(day, zone), _start_of(day + timedelta(days=1), zone)


def _start_of(day: date, zone: str) -> datetime:
    there = zone_of(zone)
    return instant_of(day, time(0), there) or datetime.combine(day, time(1), UTC)
