"""Days that people name and that no calendar has: "31 February", "31/4"."""

from __future__ import annotations

import calendar
import re

from bot.reminders.sentence import Sentence

_BESIDE = ("of", "the", "o", "y")
_EDGES = ".,;:!?"
_LEAP_YEAR = 2024
MONTHS, LONGEST_MONTH = 12, 31
_MOST_DAYS = 99
_NUMERIC = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})(?:[/.-]([0-9]{4}))?")


def missing_day(sentence: Sentence) -> str:
    """Return the day that was named and does not exist, as it was typed; empty for none."""
    for position in range(len(sentence)):
        month = sentence.month(position)
        found = _beside(sentence, position, month) if month else ""
        if found:
            return found
    return next((one for chunk in sentence.chunks if (one := _numeric(chunk))), "")


def _beside(sentence: Sentence, position: int, month: int) -> str:
    """Return the missing day before or behind a month; a day that exists settles it."""
    before, behind = position - 1, position + 1
    while sentence.at(before) in _BESIDE:
        before -= 1
    while sentence.at(behind) in _BESIDE:
        behind += 1
    named = [one for one in (before, behind) if _day(sentence.at(one))]
    last = max((position, *named))
    year = _year(sentence.at(last + 1))
    if not named or any(_exists(_day(sentence.at(one)), month, year) for one in named):
        return ""
    said = range(min(position, *named), last + (2 if year else 1))
    chunks = dict.fromkeys(sentence.origin[one] for one in said)
    return " ".join(sentence.chunks[one].strip(_EDGES) for one in chunks)


def _day(word: str) -> int:
    bare = word[:-2] if word[-2:] in ("st", "nd", "rd", "th") else word
    return int(bare) if bare.isdecimal() and len(bare) <= len(str(_MOST_DAYS)) else 0


def _year(word: str) -> int:
    return int(word) if word.isdecimal() and len(word) == len(str(_LEAP_YEAR)) else 0


def _exists(day: int, month: int, year: int) -> bool:
    return 1 <= day <= calendar.monthrange(year or _LEAP_YEAR, month)[1]


def _numeric(chunk: str) -> str:
    """Return a date in digits that does not exist; what cannot be a day and a month is none."""
    found = _NUMERIC.fullmatch(chunk.strip(_EDGES))
    if found is None or ("." in chunk.strip(_EDGES) and not found[3]):
        return ""
    day, month, year = int(found[1]), int(found[2]), int(found[3] or 0)
    is_date = 1 <= month <= MONTHS and 1 <= day <= LONGEST_MONTH
    return found[0] if is_date and not _exists(day, month, year) else ""
