"""One field each: what people type, read as it was meant."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal

from bot.courses.importing.fields.cost import read_cost
from bot.courses.importing.fields.dates import read_clock, read_exact_day
from bot.courses.importing.fields.links import read_link

MOST_COST = Decimal(20_000)
_BARE_HOUR = re.compile(r"^(\d{1,2})(?:[.:](\d{2}))?$")
_BETWEEN = re.compile(r" ?(?:-|\u2013|\u2014| to | till | until ) ?")
_LIKELY_MORNING = range(7, 12)
_DAY_HOURS = range(1, 13)


def read_hour(typed: str) -> time | None:
    """Read "10", "10am", "6.30pm", "18:30" or "noon"; without a half, as a day is usually meant."""
    text = " ".join(typed.casefold().split())
    bare = _BARE_HOUR.match(text)
    if bare and int(bare[1]) in _DAY_HOURS and len(bare[1]) < 3 and not text.startswith("0"):
        hour, minute = int(bare[1]), int(bare[2] or 0)
        is_afternoon = hour not in _LIKELY_MORNING and hour != 12
        return time(hour + 12 * is_afternoon, minute) if minute < 60 else None
    return read_clock(text)


def read_hours(typed: str) -> tuple[time, time | None] | None:
    """Read "10 to 12", "10am-noon", "6.30pm"; None where it is none, or ends too early."""
    parts = [part for part in _BETWEEN.split(" ".join(typed.casefold().split())) if part]
    if not 1 <= len(parts) <= 2:
        return None
    if len(parts) == 1:
        start = read_hour(parts[0])
        return None if start is None else (start, None)
    first, last = parts
    half = next((one for one in ("am", "pm") if last.endswith(one)), "")
    start, end = read_hour(first), read_hour(last)
    if start is None or end is None:
        return None
    if half and _BARE_HOUR.match(first):
        same_half = read_hour(first + half)
        start = same_half if same_half and same_half < end else start
    return (start, end) if start < end else None


def read_date(typed: str) -> date | None:
    """Read a whole date, such as that of a date field or "3/2/2027"."""
    return read_exact_day(typed.strip())


def read_pounds(typed: str) -> Decimal | None:
    """Read an amount above nothing, "12", "£12.50"; None where it is none."""
    amount = read_cost(typed.strip(), zero_is_free=True).amount
    return amount if amount is not None and 0 < amount <= MOST_COST else None


def read_address(typed: str) -> str:
    """Return a web address, also where "https://" was left out; nothing where it is none."""
    text = typed.strip()
    is_bare = "." in text and not set(text) & set(": @")
    return read_link(f"https://{text}" if is_bare else text)
