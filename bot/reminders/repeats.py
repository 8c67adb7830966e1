"""Reading how often: "every Monday", "daily", "Tuesdays and Thursdays", "every other week"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.reminders.sentence import Sentence
from bot.reminders.vocabulary import Period

WORKING_DAYS, WEEKEND = tuple(range(5)), (5, 6)
MOST_EVERY = 99


@dataclass(frozen=True, slots=True)
class Repeat:
    """How often something comes.

    Attributes:
        every: Of the period.
        weekdays: On which days; empty where none was named.
        day: The day of the month; 0 where none was named.
        month: For "every year in May".
    """

    period: Period
    every: int = 1
    weekdays: tuple[int, ...] = ()
    day: int = 0
    month: int = 0


def read_repeat(sentence: Sentence) -> Repeat | None:
    """Return how often something comes, and mark the words that say it; None for once."""
    is_every, every = _every(sentence)
    adverb = _adverb(sentence)
    length = (_period(sentence) if is_every else None) or adverb
    if length is None and not is_every:
        return _plural_days(sentence)
    times, period = length or (1, None)
    every *= times
    if not 1 <= every <= MOST_EVERY or period in ("minute", "hour"):
        return None
    return _completed(sentence, period, every)


def _completed(sentence: Sentence, period: Period | None, every: int) -> Repeat | None:
    """Add the days that belong to a period; a day alone is a weekly one."""
    weekdays = _weekdays(sentence)
    if period in (None, "week") or (period == "day" and weekdays and every == 1):
        if weekdays or period == "week":
            return Repeat("week", every, weekdays)
        return Repeat("day", every) if _has_part_of_day(sentence) else None
    if period == "month":
        return Repeat("month", every, day=_day_of_month(sentence))
    if period == "year":
        month, day = _day_of_year(sentence)
        return Repeat("year", every, day=day, month=month) if every == 1 else None
    return Repeat("day", every)


def _has_part_of_day(sentence: Sentence) -> bool:
    """Tell whether a part of the day was read: "every morning" is every day."""
    parts = {
        word for phrases in sentence.speech.phrases for phrase in phrases.parts for word in phrase
    }
    return any(sentence.words[one] in parts for one in sentence.used)


def _every(sentence: Sentence) -> tuple[bool, int]:
    """Return whether "every" is said, and of how many."""
    phrases = sentence.speech.phrases
    for position in range(len(sentence)):
        if not sentence.has(position, [one.every for one in phrases]):
            continue
        sentence.use(position)
        if sentence.has(position + 1, [one.other for one in phrases]):
            sentence.use(position + 1)
            return True, 2
        number = sentence.number(position + 1)
        if number is not None and _is_period(sentence, position + 2):
            sentence.use(position + 1)
            return True, number
        return True, 1
    return False, 1


def _is_period(sentence: Sentence, position: int) -> bool:
    phrases = sentence.speech.phrases
    is_known = sentence.value(position, [one.periods for one in phrases]) is not None
    return is_known or sentence.has(position, [one.fortnights for one in phrases])


def _period(sentence: Sentence) -> tuple[int, Period] | None:
    """Return the length of time right behind "every", and behind its number."""
    phrases = sentence.speech.phrases
    for position in range(len(sentence)):
        is_behind = position == 0 or position - 1 in sentence.used
        if is_behind and sentence.has(position, [one.fortnights for one in phrases]):
            sentence.use(position)
            return 2, "week"
        found = sentence.value(position, [one.periods for one in phrases])
        if is_behind and found is not None:
            sentence.use(position)
            return 1, found
    return None


def _adverb(sentence: Sentence) -> tuple[int, Period] | None:
    tables: list[Mapping[str, tuple[int, Period]]] = [
        one.adverbs for one in sentence.speech.phrases
    ]
    for position in range(len(sentence)):
        found = sentence.value(position, tables)
        if found is not None:
            sentence.use(position)
            return found
    return None


def _plural_days(sentence: Sentence) -> Repeat | None:
    """Return the days of "Tuesdays and Thursdays", "weekends", "Monday to Friday"."""
    calendars = sentence.speech.calendars
    span = _span(sentence)
    groups = _groups(sentence)
    is_plural = any(
        (word := sentence.at(one)).endswith("s")
        and any(word[:-1] in c.weekdays and len(word) > 4 for c in calendars)
        and not any(word in c.weekdays for c in calendars)
        for one in range(len(sentence))
    )
    if not (span or groups or is_plural):
        return None
    weekdays = tuple(sorted({*span, *groups, *_named_days(sentence)}))
    return Repeat("week", 1, weekdays)


def _weekdays(sentence: Sentence) -> tuple[int, ...]:
    found = {*_span(sentence), *_groups(sentence), *_named_days(sentence)}
    return tuple(sorted(found))


def _span(sentence: Sentence) -> tuple[int, ...]:
    """Return the days of "Monday to Friday"."""
    links = [one.to for one in sentence.speech.phrases]
    for position in range(len(sentence) - 2):
        first, last = sentence.weekday(position), sentence.weekday(position + 2)
        if first is not None and last is not None and sentence.has(position + 1, links):
            sentence.use(position, position + 1, position + 2)
            return tuple((first + n) % 7 for n in range((last - first) % 7 + 1))
    return ()


def _groups(sentence: Sentence) -> tuple[int, ...]:
    phrases = sentence.speech.phrases
    found: set[int] = set()
    for position in range(len(sentence)):
        if sentence.has(position, [one.working_days for one in phrases]):
            found.update(WORKING_DAYS)
            sentence.use(position)
        elif sentence.has(position, [one.weekends for one in phrases]):
            found.update(WEEKEND)
            sentence.use(position)
    return tuple(sorted(found))


def _named_days(sentence: Sentence) -> set[int]:
    found: set[int] = set()
    for position in range(len(sentence)):
        day = sentence.weekday(position)
        if day is not None:
            found.add(day)
            sentence.use(position)
    return found


def _day_of_month(sentence: Sentence) -> int:
    """Return the day of "on the 15th", "on day 15" or "the last day"; 0 where none is named."""
    calendars = sentence.speech.calendars
    for position in range(len(sentence)):
        word = sentence.at(position)
        digits = word[:-2] if word[-2:] in ("st", "nd", "rd", "th") else ""
        day = int(digits) if digits.isdecimal() and len(digits) <= 2 else None
        if day is None and sentence.value(position, [c.ordinals for c in calendars]) == -1:
            day = 31
        if day is None and _is_day_word(sentence, position - 1):
            day = sentence.number(position)
        if day is not None and 1 <= day <= 31:
            sentence.use(position)
            for beside in (position - 1, position + 1):
                if _is_day_word(sentence, beside):
                    sentence.use(beside)
            return day
    return 0


def _is_day_word(sentence: Sentence, position: int) -> bool:
    return sentence.value(position, [one.periods for one in sentence.speech.phrases]) == "day"


def _day_of_year(sentence: Sentence) -> tuple[int, int]:
    """Return the month and day of "on 3 May", "in May"; zeros where none is named."""
    for position in range(len(sentence)):
        month = sentence.month(position)
        if month is None:
            continue
        sentence.use(position)
        for beside in (position - 1, position + 1):
            day = _day_number(sentence, beside)
            if day:
                sentence.use(beside)
                return month, day
        return month, 1
    return 0, 0


def _day_number(sentence: Sentence, position: int) -> int:
    word = sentence.at(position)
    digits = word[:-2] if word[-2:] in ("st", "nd", "rd", "th") else word
    return int(digits) if digits.isdecimal() and len(digits) <= 2 and 1 <= int(digits) <= 31 else 0
