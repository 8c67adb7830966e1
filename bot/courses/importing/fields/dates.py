"""Dates and clock times as providers write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.courses.importing.fields.text import clean_line

_ISO_DAY = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:$|[T ])")
_ISO_MONTH = re.compile(r"^(\d{4})-(\d{1,2})$")
_SLASHES = re.compile(r"^(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})(?:$|[ T])")
_WORDS = re.compile(
    r"^(?:[a-z]{3,9},? )?(?:the )?(\d{1,2})(?:st|nd|rd|th)?(?: of)?"
    r"[ -]([a-z]{3,9})\.?,?[ -](\d{4})$"
)
_MONTH_FIRST = re.compile(
    r"^(?:[a-z]{3,9},? )?([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$"
)
_MONTH_ONLY = re.compile(r"^([a-z]{3,9})\.?,? (\d{4})$")
_CLOCK = re.compile(r"^(\d{1,2})(?:[:.h](\d{2}))?(?::\d{2})?\s?([ap]\.?m\.?)?$")
_CLOCK_BARE = re.compile(r"^(\d{2})(\d{2})$")

_MONTHS = {
    name[:3]: number
    for number, name in enumerate(
        ("january", "february", "march", "april", "may", "june", "july", "august", "september",
         "october", "november", "december"), 1)
}  # fmt: skip
_LONG_MONTHS = {
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "sept", "october", "november", "december",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Day:
    """A date, or the provider's words where there is none, or both for a whole month."""

    date: date | None = None
    words: str = ""


def read_day(raw: object, attribute: str = "") -> Day:
    """Read a date from its machine form if there is one, else from the words.

    "September 2015" gives the month's first day and keeps the words. Days of the year 1900 and
    before, and after 2200, are unknown.
    """
    words = clean_line(raw)
    exact = [_exact(text) for text in (attribute.strip(), words)]
    for day in exact:
        if _sensible(day):
            return Day(day)
    if any(exact):
        return Day()
    for text in (words, attribute.strip()):
        month = _month(text)
        if month is not None and _sensible(month):
            return Day(month, words or text)
    return Day(None, words)


def read_exact_day(raw: object, attribute: str = "") -> date | None:
    """Read a date of which the day is known; None for a whole month or words."""
    day = read_day(raw, attribute)
    return None if day.words else day.date


def read_moment(raw: object, time_zone: str) -> datetime | None:
    """Read an ISO date and time; one with an offset becomes local time of the zone."""
    text = clean_line(raw)
    if "T" not in text and " " not in text:
        return None
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            moment = moment.astimezone(ZoneInfo(time_zone)).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None
    return moment if _sensible(moment.date()) else None


def read_clock(raw: object) -> time | None:
    """Read "18:30", "6.30pm", "1830" or "noon"; None where it is none of these."""
    text = clean_line(raw).lower()
    if text in {"noon", "midday", "12 noon"}:
        return time(12)
    match = _CLOCK.match(text)
    if match and (match[2] or match[3]):
        return _clock(int(match[1]), int(match[2] or 0), match[3])
    bare = _CLOCK_BARE.match(text)
    if bare:
        return _clock(int(bare[1]), int(bare[2]), None)
    if "t" in text:
        return read_clock(text.partition("t")[2][:5])
    return None


def _clock(hour: int, minute: int, half: str | None) -> time | None:
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _sensible(day: date | None) -> date | None:
    return day if day is not None and 1900 < day.year <= 2200 else None


def _exact(text: str) -> date | None:
    if match := _ISO_DAY.match(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _SLASHES.match(text):
        year = int(match[3])
        return _day(year + 2000 if year < 100 else year, int(match[2]), int(match[1]))
    lower = text.lower()
    if match := _WORDS.match(lower):
        return _day(int(match[3]), _month_number(match[2]), int(match[1]))
    if match := _MONTH_FIRST.match(lower):
        return _day(int(match[3]), _month_number(match[1]), int(match[2]))
    return None


def _month(text: str) -> date | None:
    if match := _ISO_MONTH.match(text):
        return _day(int(match[1]), int(match[2]), 1)
    if match := _MONTH_ONLY.match(text.lower()):
        return _day(int(match[2]), _month_number(match[1]), 1)
    return None


def _month_number(word: str) -> int:
    known = word in _LONG_MONTHS or len(word) == 3
    return _MONTHS.get(word[:3], 0) if known else 0


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
