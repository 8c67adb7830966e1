"""Days, dates and hours in a request."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta

from bot.courses.search.criteria import Criterion, hours_chip, starts_chip, weekdays_chip
from bot.courses.search.reading.line import Line

Span = tuple[date | None, date | None]
_LONG_SEASONS = frozenset({"spring", "summer", "autumn", "winter"})
_BEFORE_DAY = frozenset({"on", "every", "each", "or", "and", "next", "this", "to"})
_STARTING = frozenset({"in", "on", "during", "starting", "starts", "start", "beginning", "begins"})
_IN = _STARTING | {"from", "this", "next", "before", "by", "after", "until", "for", "of", "early",
    "late", "mid"}  # fmt: skip
_PARTS_OF_DAY = frozenset({"morning", "mornings", "afternoon", "afternoons", "evening", "evenings",
    "night", "nights"})  # fmt: skip


def read_weekdays(line: Line, days: Mapping[str, int]) -> Iterator[Criterion]:
    """ "Tuesday evenings", "on sat or sun"; short names only where a day must be meant."""
    found: list[int] = []
    said: list[str] = []
    for at, word in enumerate(line.words):
        day = days.get(word)
        if day is None or not line.is_open(at, at + 1) or not _is_day(line, at, days):
            continue
        found.append(day)
        start = at - (line.word(at - 1) in ("on", "every", "each"))
        said.append(line.take(start, at + 1))
    if found:
        chip = weekdays_chip(frozenset(found), " ".join(said))
        yield Criterion("weekdays", frozenset(found), (chip,), frozenset(" ".join(said).split()))


def _is_day(line: Line, at: int, days: Mapping[str, int]) -> bool:
    if len(line.words[at]) > 5:
        return True
    before, after = line.words[at - 1] if at else "", line.word(at + 1)
    is_list = after in ("or", "and", "to") and line.word(at + 2) in days
    return before in _BEFORE_DAY | days.keys() or after in _PARTS_OF_DAY | days.keys() or is_list


def read_dates(
    line: Line, today: date, months: Mapping[str, int], seasons: Mapping[str, tuple[int, int]]
) -> Iterator[Criterion]:
    """ "next month", "in January", "from 12 March", "12/1", "starting soon", "in two weeks"."""
    for at in range(len(line.words)):
        found = (
            _relative(line, at, today)
            or _numeric(line, at, today)
            or _month(line, at, today, months)
            or _season(line, at, today, seasons)
        )
        if found is None:
            continue
        span, start, end = found
        if not line.is_open(start, end):
            continue
        start, span = _direction(line, start, span)
        if span[0] is None and span[1] is not None and span[1] > today:
            span = (today, span[1])
        said = line.take(start, end)
        yield Criterion("starts", span, (starts_chip(*span, said),), frozenset(said.split()))
        return


Found = tuple[Span, int, int] | None


def _direction(line: Line, start: int, span: Span) -> tuple[int, Span]:
    """Widen a span for "before", "after" and the like; take the small words before it."""
    before = line.word(start - 1)
    first, last = span
    if before in ("before", "by", "until") and first:
        return start - 1, (None, first if before != "by" else last)
    if before in ("after", "from", "since"):
        return start - 1, (first, None) if before != "after" else (last, None)
    while start > 0 and line.word(start - 1) in _STARTING:
        start -= 1
    return start, span


def _relative(line: Line, at: int, today: date) -> Found:
    word, after = line.word(at), line.word(at + 1)
    if word in ("this", "next", "coming") and after in ("week", "month", "weekend", "year", "term"):
        return _named_period(word, after, today), at, at + 2
    if word == "tomorrow":
        return (today + timedelta(1), today + timedelta(1)), at, at + 1
    if word == "starting" and after in ("now", "soon", "immediately", "today", "straight"):
        return (today, today + timedelta(28)), at, at + 2
    if word == "in" and (count := _COUNTS.get(after) or _small(after)):
        unit = line.word(at + 2).rstrip("s")
        days = {"week": 7, "day": 1, "month": 30}.get(unit, 0) * count
        return ((today, today + timedelta(days)), at, at + 3) if days else None
    return None


_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "few": 3, "couple": 2, "six": 6}


def _small(word: str) -> int:
    return int(word) if word.isdecimal() and word.isascii() and len(word) <= 2 else 0


def _named_period(which: str, period: str, today: date) -> Span:
    later = 1 if which == "next" else 0
    monday = today - timedelta(today.weekday()) + timedelta(7 * later)
    if period == "week":
        return max(today, monday), monday + timedelta(6)
    if period == "weekend":
        return monday + timedelta(5), monday + timedelta(6)
    if period == "month":
        first = _month_first(today, later)
        return max(today, first), _month_last(first)
    if period == "year":
        first = date(today.year + later, 1, 1)
        return max(today, first), date(first.year, 12, 31)
    starts = [date(today.year + n, month, 1) for n in (0, 1) for month in (1, 4, 9)]
    first = next(day for day in starts if day > today)
    return (first, first + timedelta(45)) if later else (today, first)


def _month_first(today: date, later: int) -> date:
    years, month = divmod(today.month - 1 + later, 12)
    return date(today.year + years, month + 1, 1)


def _month_last(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])


def _numeric(line: Line, at: int, today: date) -> Found:
    parts = line.word(at).split("/")
    if len(parts) < 2 or not all(part.isdecimal() for part in parts):
        return None
    year = int(parts[2]) if len(parts) > 2 else None
    found = _day(int(parts[0]), int(parts[1]), year, today)
    return ((found, found), at, at + 1) if found else None


def _day(day: int, month: int, year: int | None, today: date) -> date | None:
    if year is not None:
        year += 2000 if year < 100 else 0
    try:
        found = date(year or today.year, month, day)
        return found if year or found >= today else found.replace(year=today.year + 1)
    except ValueError:
        return None


def _month(line: Line, at: int, today: date, months: Mapping[str, int]) -> Found:
    month = months.get(line.word(at))
    if month is None:
        return None
    before, after = line.word(at - 1), line.word(at + 1)
    day = _ordinal(before)
    year = int(after) if len(after) == 4 and after.startswith("20") and after.isdecimal() else None
    end = at + 1 + (year is not None)
    if day and (found := _day(day, month, year, today)):
        return (found, found), at - 1, end
    if (day := _ordinal(after)) and (found := _day(day, month, None, today)):
        return (found, found), at, at + 2
    is_sure = len(line.words[at]) > 4 and line.words[at] != "march"
    if not (before in _IN or year or (is_sure and after in ("start", "intake"))):
        return None
    first = date(year or today.year, month, 1)
    if not year and _month_last(first) < today:
        first = first.replace(year=first.year + 1)
    return (max(today, first), _month_last(first)), at, end


def _ordinal(word: str) -> int:
    for ending in ("st", "nd", "rd", "th"):
        word = word.removesuffix(ending)
    number = _small(word)
    return number if number <= 31 else 0


def _season(line: Line, at: int, today: date, seasons: Mapping[str, tuple[int, int]]) -> Found:
    before = line.word(at - 1)
    start = at - 1 if before == "the" else at
    for words, (month, day) in seasons.items():
        parts = words.split("-")
        if [line.word(at + n) for n in range(len(parts))] != parts:
            continue
        said = line.word(start - 1)
        if said not in _IN:
            return None
        months = 2 if words in _LONG_SEASONS else 0
        first = date(today.year, month, day)
        last = _month_last(_month_first(first, months))
        if last < today:
            first = first.replace(year=first.year + 1)
            last = _month_last(_month_first(first, months))
        return (max(first, today), last), start, at + len(parts)
    return None


def read_hours(line: Line) -> Iterator[Criterion]:
    """ "after 6pm", "before 3 pm", "from 18:30", "at 10am", "after 6", "10 till 2"."""
    for at in range(1, len(line.words)):
        if span := _hours_between(line, at):
            yield span
            return
        before = line.word(at - 1)
        said_time = _time(line.word(at)) or _bare_hour(line, at)
        if said_time is None or not line.is_open(at, at + 1):
            continue
        after, until = None, None
        if before in ("after", "from", "past", "at", "around"):
            after = said_time
        if before in ("before", "by", "until", "till"):
            until = said_time
        if before in ("at", "around"):
            until = time(min(23, said_time.hour + 1), said_time.minute)
        if after or until:
            said = line.take(at - 1, at + 1)
            chip = hours_chip(after, until, said)
            yield Criterion("hours", (after, until), (chip,), frozenset(said.split()))
            return


def _hours_between(line: Line, at: int) -> Criterion | None:
    """ "10 till 2", "between 9.30 and 2.30": a beginning within these hours."""
    joint, first = line.word(at), line.word(at - 1)
    second = line.word(at + 1)
    is_between = line.word(at - 2) == "between"
    if not (joint in ("till", "til", "until", "to") or (joint == "and" and is_between)):
        return None
    after, before = _time(first) or _hour(first), _time(second) or _hour(second)
    is_plain = first.isdecimal() and second.isdecimal() and joint == "to" and not is_between
    if after is None or before is None or is_plain or not line.is_open(at - 1, at + 2):
        return None
    start = at - 1 - (line.word(at - 2) in ("between", "from"))
    said = line.take(start, at + 2)
    chip = hours_chip(after, before, said)
    return Criterion("hours", (after, before), (chip,), frozenset(said.split()))


def _bare_hour(line: Line, at: int) -> time | None:
    """ "after 6", "before 3 on a Monday"; a number of something else is none."""
    if line.word(at - 1) not in ("after", "before", "from"):
        return None
    return _hour(line.word(at)) if line.word(at + 1) in _AFTER_HOUR else None


def _hour(word: str) -> time | None:
    """The hour that a number means by itself: 7 to 11 in the morning, else after noon."""
    number = _small(word)
    if not 1 <= number <= 12:
        return None
    return time(number if number in _MORNING_HOURS else number % 12 + 12)


_MORNING_HOURS = frozenset({8, 9, 10, 11})
_AFTER_HOUR = frozenset({"", "oclock", "on", "in", "at", "near", "please", "or", "and", "because"})


def _time(word: str) -> time | None:
    half = word[-2:] if word.endswith(("am", "pm")) else ""
    digits = word.removesuffix(half).strip().replace(".", ":")
    hour, _, minute = digits.partition(":")
    if not hour.isdecimal() or (not half and not minute) or (minute and not minute.isdecimal()):
        return None
    hours = int(hour) % 12 + 12 if half == "pm" else int(hour) % 12 if half else int(hour)
    minutes = int(minute or 0)
    return time(hours, minutes) if hours < 24 and minutes < 60 else None
