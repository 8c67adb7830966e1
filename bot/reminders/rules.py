"""When a reminder comes: rules as frozen records that survive as JSON.

Times are wall-clock times in the person's zone: "Mondays at 9" stays at 9 when the clocks change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Literal, TypeAlias

MOST_APART = 366
"""Days, weeks or months between two occurrences, at most."""
MOST_LEADS = 4
LONGEST_LEAD = 400
LATEST_YEAR = 2200

LeadUnit: TypeAlias = Literal["minutes", "hours", "days", "weeks"]


@dataclass(frozen=True, slots=True)
class Once:
    """One day, one time."""

    day: date
    at: time


@dataclass(frozen=True, slots=True)
class Daily:
    """Every so many days, counted from `since`."""

    at: time
    since: date
    every: int = 1


@dataclass(frozen=True, slots=True)
class Weekly:
    """On days of the week (Monday is 0), every so many weeks, counted from the week of `since`."""

    weekdays: tuple[int, ...]
    at: time
    since: date
    every: int = 1


@dataclass(frozen=True, slots=True)
class Monthly:
    """On a day of the month, or the last one of a shorter month; every so many months."""

    day: int
    at: time
    since: date
    every: int = 1


@dataclass(frozen=True, slots=True)
class Yearly:
    """Once a year; 29 February is the 28th in other years."""

    month: int
    day: int
    at: time


@dataclass(frozen=True, slots=True)
class Lead:
    """How long before an event, or after it.

    Attributes:
        count: A whole number of `unit`.
        at: The time of day, for days and weeks; None for the usual one.
    """

    count: int
    unit: LeadUnit
    at: time | None = None
    is_after: bool = False


@dataclass(frozen=True, slots=True)
class Relative:
    """Before or after something that has a date of its own, such as the start of a course."""

    leads: tuple[Lead, ...]


Rule: TypeAlias = Once | Daily | Weekly | Monthly | Yearly | Relative


def is_repeated(rule: Rule) -> bool:
    """Tell whether a rule comes again by itself."""
    return isinstance(rule, Daily | Weekly | Monthly | Yearly)


def rule_to_json(rule: Rule) -> dict[str, Any]:
    """Return a rule as JSON; `kind` names its class."""
    written = {name: _plain(getattr(rule, name)) for name in type(rule).__dataclass_fields__}
    return {"kind": type(rule).__name__.lower(), **written}


def rule_from_json(written: Mapping[str, Any]) -> Rule:
    """Return the rule of that JSON.

    Raises:
        ValueError: It is no rule that can be: an unknown kind, a day or a time out of bounds.
    """
    try:
        rule = _READERS[written["kind"]](written)
    except (KeyError, TypeError) as error:
        raise ValueError("this is no rule") from error
    if not _is_sound(rule):
        raise ValueError("a rule is out of bounds")
    return rule


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, tuple):
        return [_lead(one) if isinstance(one, Lead) else one for one in value]
    return value


def _lead(lead: Lead) -> dict[str, Any]:
    at = lead.at.strftime("%H:%M") if lead.at else None
    return {"count": lead.count, "unit": lead.unit, "at": at, "is_after": lead.is_after}


def _day(written: Mapping[str, Any], name: str) -> date:
    return date.fromisoformat(written[name])


def _at(written: Mapping[str, Any]) -> time:
    return time.fromisoformat(written["at"])


def _read_lead(written: Mapping[str, Any]) -> Lead:
    at = written.get("at")
    return Lead(
        int(written["count"]),
        written["unit"],
        time.fromisoformat(at) if at else None,
        bool(written.get("is_after")),
    )


_READERS: Mapping[str, Callable[[Mapping[str, Any]], Rule]] = {
    "once": lambda w: Once(_day(w, "day"), _at(w)),
    "daily": lambda w: Daily(_at(w), _day(w, "since"), int(w["every"])),
    "weekly": lambda w: Weekly(
        tuple(sorted({int(one) for one in w["weekdays"]})),
        _at(w),
        _day(w, "since"),
        int(w["every"]),
    ),
    "monthly": lambda w: Monthly(int(w["day"]), _at(w), _day(w, "since"), int(w["every"])),
    "yearly": lambda w: Yearly(int(w["month"]), int(w["day"]), _at(w)),
    "relative": lambda w: Relative(tuple(_read_lead(one) for one in w["leads"])),
}


def _is_sound(rule: Rule) -> bool:
    if isinstance(rule, Relative):
        return 1 <= len(rule.leads) <= MOST_LEADS and all(map(_is_sound_lead, rule.leads))
    if isinstance(rule, Yearly):
        return _is_day_of_year(rule.month, rule.day)
    if isinstance(rule, Once):
        return rule.day.year <= LATEST_YEAR
    if not 1 <= rule.every <= MOST_APART or rule.since.year > LATEST_YEAR:
        return False
    if isinstance(rule, Weekly):
        return bool(rule.weekdays) and all(0 <= one <= 6 for one in rule.weekdays)
    return not isinstance(rule, Monthly) or 1 <= rule.day <= 31


def _is_sound_lead(lead: Lead) -> bool:
    is_known = lead.unit in ("minutes", "hours", "days", "weeks")
    return is_known and 0 <= lead.count <= LONGEST_LEAD


def _is_day_of_year(month: int, day: int) -> bool:
    try:
        date(2024, month, day)
    except ValueError:
        return False
    return True
