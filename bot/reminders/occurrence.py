"""When a rule comes next: our own reckoning on zoneinfo, one firing on a local date."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import TypeAlias
from zoneinfo import ZoneInfo

from bot.reminders.rules import Daily, Lead, Monthly, Once, Relative, Rule, Weekly, Yearly
from bot.reminders.zones import (
    by_day,
    by_day_before,
    instant_of,
    local_date,
    zone_of,
)

Event: TypeAlias = date | datetime
"""A whole day, or a naive time on the clocks of the zone."""

USUAL_AT = time(9)
EVENING_BEFORE = time(18)
"""When to tell of a day whose hour nobody knows, where it was to be hours before."""
MOST_EVENTS = 400
MOST_TRIES = 40
"""Dates looked at for one occurrence: more are needed only where whole days were left out."""
_DAY = timedelta(days=1)


def next_occurrence(
    rule: Rule,
    zone: str,
    after: datetime,
    *,
    events: Sequence[Event] = (),
    is_nudge: bool = False,
    last_on: date | None = None,
) -> datetime | None:
    """Return when a rule comes next, in UTC; None where it never does again.

    Args:
        zone: In which the person lives.
        after: An aware time; what comes is later.
        events: What a relative rule is reckoned from.
        is_nudge: Nobody set the hour: it is moved between 8 and 20.
        last_on: The local date that had its reminder already.
    """
    there = zone_of(zone)
    if isinstance(rule, Relative):
        return _next_relative(rule, there, after, events, is_nudge=is_nudge, last_on=last_on)
    first = local_date(after, there)
    if last_on is not None and first <= last_on:
        first = last_on + _DAY
    for day in islice(_dates(rule, first), MOST_TRIES):
        found = instant_of(day, rule.at, there)
        if found is not None and is_nudge:
            found = by_day(found, there)
        if found is not None and found > after:
            return found
    return None


def anchored(rule: Rule, now: datetime) -> Rule:
    """Return a repeated rule that is counted from its first day, or from today where that is one.

    Args:
        now: In the person's zone, whose name it carries.
    """
    if not isinstance(rule, Daily | Weekly | Monthly):
        return rule
    if rule.every == 1 and rule.since <= now.date():
        return replace(rule, since=now.date())
    zone = str(now.tzinfo)
    first = next_occurrence(rule, zone, now)
    return replace(rule, since=local_date(first, zone_of(zone))) if first else rule


def _dates(rule: Rule, first: date) -> Iterator[date]:
    """Yield the dates of a rule from a day on, in order."""
    if isinstance(rule, Once):
        if rule.day >= first:
            yield rule.day
    elif isinstance(rule, Daily):
        yield from _days(rule, first)
    elif isinstance(rule, Weekly):
        yield from _weeks(rule, first)
    elif isinstance(rule, Monthly):
        yield from _months(rule, first)
    elif isinstance(rule, Yearly):
        for year in range(first.year, first.year + MOST_TRIES):
            if (day := _clamped(year, rule.month, rule.day)) >= first:
                yield day


def _days(rule: Daily, first: date) -> Iterator[date]:
    start = max(first, rule.since)
    day = start + timedelta(days=-(start - rule.since).days % rule.every)
    while True:
        yield day
        day += timedelta(days=rule.every)


def _weeks(rule: Weekly, first: date) -> Iterator[date]:
    anchor = rule.since - timedelta(days=rule.since.weekday())
    start = max(first, rule.since)
    gone = (start - anchor).days // 7
    week = anchor + timedelta(weeks=gone - gone % rule.every)
    while True:
        for weekday in rule.weekdays:
            day = week + timedelta(days=weekday)
            if day >= start:
                yield day
        week += timedelta(weeks=rule.every)


def _months(rule: Monthly, first: date) -> Iterator[date]:
    begin = rule.since.year * 12 + rule.since.month - 1
    start = max(first, rule.since)
    gone = start.year * 12 + start.month - 1 - begin
    number = begin + gone - gone % rule.every
    while True:
        day = _clamped(number // 12, number % 12 + 1, rule.day)
        if day >= start:
            yield day
        number += rule.every


def _clamped(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _next_relative(
    rule: Relative,
    zone: ZoneInfo,
    after: datetime,
    events: Sequence[Event],
    *,
    is_nudge: bool,
    last_on: date | None,
) -> datetime | None:
    found = (
        moment
        for event in events[:MOST_EVENTS]
        for lead in rule.leads
        if (moment := _moment(lead, event, zone, is_nudge=is_nudge)) is not None
    )
    coming = (one for one in found if one > after and local_date(one, zone) != last_on)
    return min(coming, default=None)


def _moment(lead: Lead, event: Event, zone: ZoneInfo, *, is_nudge: bool) -> datetime | None:
    """Return when to tell of an event; None where that would be too late."""
    begins = begin_of(event, zone)
    if begins is None:
        return None
    moment = _reckoned(lead, event, begins, zone)
    if moment is not None and is_nudge:
        moment = by_day(moment, zone) if lead.is_after else by_day_before(moment, zone)
    if moment is None or (not lead.is_after and moment > begins):
        return None
    return moment


def begin_of(event: Event, zone: ZoneInfo) -> datetime | None:
    """Return the instant at which an event begins; a whole day begins with its last minute.

    What is known by its day alone may be told of all day long.
    """
    if not isinstance(event, datetime):
        return instant_of(event, time(23, 59), zone)
    if event.tzinfo is not None:
        return event.astimezone(UTC)
    return instant_of(event.date(), event.time(), zone)


def _reckoned(lead: Lead, event: Event, begins: datetime, zone: ZoneInfo) -> datetime | None:
    sign = 1 if lead.is_after else -1
    day = _local_day(event, zone)
    if lead.unit in ("days", "weeks"):
        apart = timedelta(days=lead.count) if lead.unit == "days" else timedelta(weeks=lead.count)
        return instant_of(day + sign * apart, lead.at or USUAL_AT, zone)
    if not isinstance(event, datetime):
        return instant_of(day + sign * _DAY, EVENING_BEFORE, zone)
    if lead.unit == "hours":
        return begins + sign * timedelta(hours=lead.count)
    return begins + sign * timedelta(minutes=lead.count)


def _local_day(event: Event, zone: ZoneInfo) -> date:
    if not isinstance(event, datetime):
        return event
    return event.date() if event.tzinfo is None else event.astimezone(zone).date()
