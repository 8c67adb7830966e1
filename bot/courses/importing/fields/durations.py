"""How long something takes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from bot.courses.importing.fields.text import clean_line

_ISO = re.compile(
    r"^P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,4})M)?(?:\d{1,4}S)?)?$"
)
_WORDS = re.compile(
    r"^(?:about |approx\.? |approximately )?(\d{1,4}(?:\.\d{1,2})?)[ -]?"
    r"(minute|min|hour|hr|day|week|wk|month|year|yr)s?"
    r"(?: \(?(?:approx\.?|approximately|in total|total)\)?)?\.?$"
)
_UNITS = {
    "min": "minutes", "minute": "minutes", "hr": "hours", "hour": "hours", "day": "days",
    "wk": "weeks", "week": "weeks", "month": "months", "yr": "years", "year": "years",
}  # fmt: skip
_ISO_UNITS = ("years", "months", "weeks", "days", "hours", "minutes")
_SMALLER = {
    "hours": ("minutes", 60),
    "days": ("hours", 24),
    "weeks": ("days", 7),
    "years": ("months", 12),
}
UNITS = frozenset(_ISO_UNITS)


@dataclass(frozen=True, slots=True)
class Duration:
    """A whole number of a unit, or None; and the words where they say more than that."""

    count: int | None = None
    unit: str = ""
    words: str = ""


def read_duration(raw: object, unit: object = "", interval: str = "") -> Duration:
    """Read "6 months", 6 with the unit "months", or the ISO form "P6M".

    Args:
        raw: Words or a number.
        unit: The unit's word where the number stands alone.
        interval: The ISO 8601 form given beside the words.
    """
    words = clean_line(raw, 200)
    iso = _iso(interval.strip().upper()) or _iso(words.upper())
    if iso:
        return Duration(*iso, "" if words.upper().startswith("P") else words)
    unit_word = clean_line(unit, 20)
    text = f"{words} {unit_word}" if unit_word else words
    match = _WORDS.match(text.lower())
    if not match:
        return Duration(None, "", text)
    whole = _whole(Decimal(match[1]), _UNITS[match[2]])
    if whole is None:
        return Duration(None, "", text)
    return Duration(*whole, text if _says_more(text) else "")


def _says_more(text: str) -> bool:
    return not re.fullmatch(r"\d{1,4}(?:\.\d{1,2})?[ -]?[a-z]{1,8}", text.lower())


def _iso(text: str) -> tuple[int, str] | None:
    match = _ISO.match(text)
    if not match:
        return None
    parts = [
        (int(number), unit)
        for number, unit in zip(match.groups(), _ISO_UNITS, strict=True)
        if number and int(number)
    ]
    if len(parts) == 1:
        return parts[0]
    if len(parts) == 2 and [unit for _, unit in parts] == ["hours", "minutes"]:
        return parts[0][0] * 60 + parts[1][0], "minutes"
    return None


def _whole(count: Decimal, unit: str) -> tuple[int, str] | None:
    if not count:
        return None
    if count == int(count):
        return int(count), unit
    smaller = _SMALLER.get(unit)
    if smaller is None or count * smaller[1] != int(count * smaller[1]):
        return None
    return int(count * smaller[1]), smaller[0]
