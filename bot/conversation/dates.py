"""Reading dates as people type them, day first."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.conversation.numbers import number_at
from bot.conversation.tokens import Words, fold_digits, words_of
from bot.conversation.vocabulary import Vocabulary, spoken

_SUFFIXES = ("st", "nd", "rd", "th")
_SEPARATORS = "/.-"
_TYPO_LETTERS = 5
_TYPO_SCORE = 0.75
_CLEAR_BY = 0.1
_MOST_AHEAD = 1_000
_CENTURY = 2_000


def read_dates(
    text: str,
    today: date,
    language: str,
    earliest: date | None = None,
    latest: date | None = None,
) -> tuple[date, ...]:
    """Return the dates that a text could mean: none, one, or several to ask about.

    Args:
        today: The day on which it was typed, in the city.
        earliest, latest: The days that may be answered; they settle a missing year.
    """
    days = _Days(today, earliest, latest)
    folded = fold_digits(text.strip().casefold())
    numeric = list(_numeric(folded, days))
    if numeric:
        return tuple(dict.fromkeys(numeric))
    words = words_of(folded)
    for vocabulary in spoken(language):
        if not vocabulary.negations.isdisjoint(words):
            return ()
        found = _Phrases(words, vocabulary, days).read()
        if found:
            return found
    return ()


class _Days:
    """The calendar around today."""

    def __init__(self, today: date, earliest: date | None, latest: date | None) -> None:
        self.today, self.earliest, self.latest = today, earliest, latest

    def fits(self, day: date) -> bool:
        return (self.earliest is None or day >= self.earliest) and (
            self.latest is None or day <= self.latest
        )

    def in_some_year(self, day: int, month: int) -> date | None:
        """Return the next such day, or the last one where only the past may be answered."""
        years = range(self.today.year - 4, self.today.year + 9)
        found = [made for year in years if (made := _make(year, month, day)) is not None]
        ahead = [one for one in found if one >= self.today]
        fitting = [one for one in ahead if self.fits(one)]
        behind = [one for one in reversed(found) if one < self.today and self.fits(one)]
        return next(iter((*fitting, *behind, *ahead)), None)

    def of_month(self, day: int) -> date | None:
        """Return the next day of that number."""
        month = self.today.replace(day=1)
        for _ in range(12):
            made = _make(month.year, month.month, day)
            if made is not None and made >= self.today:
                return made
            month = (month + timedelta(days=32)).replace(day=1)
        return None

    def ahead(self, count: int, unit: int) -> date | None:
        """Return the day so many units ahead; the unit is in days, 0 for months."""
        if not 0 <= count <= _MOST_AHEAD:
            return None
        if unit:
            return self.today + timedelta(days=count * unit)
        months = self.today.month - 1 + count
        year, month = self.today.year + months // 12, months % 12 + 1
        return date(year, month, min(self.today.day, calendar.monthrange(year, month)[1]))

    def weekday(self, wanted: int, *, is_following: bool) -> tuple[date, ...]:
        """Return the coming such weekday, and the one after it where both could be meant."""
        coming = self.today + timedelta(days=(wanted - self.today.weekday()) % 7)
        later = coming + timedelta(days=7)
        if coming == self.today:
            return (later,) if is_following else (coming, later)
        is_this_week = wanted > self.today.weekday()
        return (coming, later) if is_following and is_this_week else (coming,)


class _Phrases:
    """The dates in a row of words, by the vocabulary of one language."""

    def __init__(self, words: Words, vocabulary: Vocabulary, days: _Days) -> None:
        self.words, self.vocabulary, self.days = words, vocabulary, days

    def read(self) -> tuple[date, ...]:
        named = tuple(dict.fromkeys(self._named()))
        weekday = self._weekday()
        if named:
            return self._agreed(named, weekday)
        relative = self._ahead() or self._day_phrase()
        if relative is not None:
            return (relative,)
        return weekday or self._numbered_day()

    def _agreed(self, named: tuple[date, ...], weekday: tuple[date, ...]) -> tuple[date, ...]:
        """Add the weekday that was named beside one date, where they contradict each other."""
        if len(named) == 1 and weekday and named[0].weekday() != weekday[0].weekday():
            return (named[0], weekday[0])
        return named

    def _named(self) -> Iterator[date]:
        """Yield each "3 March 2027", "March 3rd"."""
        for position, word in enumerate(self.words):
            month = _find(word, self.vocabulary.months)
            if month is None or self._is_weekday_word(word, position):
                continue
            day, behind = self._day_beside(position)
            if day is None:
                continue
            year = _year(self.words[behind : behind + 1])
            made = _make(year, month, day) if year else self.days.in_some_year(day, month)
            if made is not None:
                yield made

    def _is_weekday_word(self, word: str, position: int) -> bool:
        """Tell whether a word that is a month and a weekday ("mawrth") has no day beside it."""
        return word in self.vocabulary.weekdays and self._day_beside(position)[0] is None

    def _day_beside(self, position: int) -> tuple[int | None, int]:
        """Return the day before or behind a month, and the position behind both."""
        before = position - 1
        while before >= 0 and self.words[before] in ("of", "o", "the"):
            before -= 1
        day = _day(self.words[before], self.vocabulary) if before >= 0 else None
        if day is not None:
            return day, position + 1
        behind = position + 1
        if self.words[behind : behind + 1] == ("the",):
            behind += 1
        follows = self.words[behind : behind + 1]
        return (_day(follows[0], self.vocabulary) if follows else None), behind + 1

    def _ahead(self) -> date | None:
        """Return the day of "in two weeks", "3 days from now", "a fortnight"."""
        for position in range(len(self.words)):
            count, behind = number_at(self.words, position, self.vocabulary) or (None, position)
            if count is None and self.words[position] in ("a", "an", "one"):
                count, behind = 1, position + 1
            unit = self._unit(behind)
            is_ahead = self._says_ahead(position, behind + 1)
            if count is not None and unit is not None and is_ahead:
                return self.days.ahead(count, unit)
        return None

    def _unit(self, position: int) -> int | None:
        word = self.words[position : position + 1]
        return _find(word[0], self.vocabulary.units) if word else None

    def _says_ahead(self, before: int, behind: int) -> bool:
        """Tell whether a length of time is said to lie ahead: "in ..." or "... from now"."""
        is_whole = before == 0 and behind == len(self.words)
        around = (*self.words[:before], *self.words[behind : behind + 1])
        return is_whole or any(word in self.vocabulary.after or word == "time" for word in around)

    def _day_phrase(self) -> date | None:
        joined = f" {' '.join(self.words)} "
        for phrase, distance in self.vocabulary.days.items():
            if f" {phrase} " in joined:
                return self.days.today + timedelta(days=distance)
        return None

    def _weekday(self) -> tuple[date, ...]:
        found: list[date] = []
        for position, word in enumerate(self.words):
            wanted = _find(word, self.vocabulary.weekdays)
            is_month = word in self.vocabulary.months and self._day_beside(position)[0] is not None
            if wanted is not None and not is_month:
                found.extend(self._one_weekday(wanted, position))
        return tuple(dict.fromkeys(found))

    def _one_weekday(self, wanted: int, position: int) -> tuple[date, ...]:
        around = frozenset(self.words[max(0, position - 2) : position + 2])
        days = self.days.weekday(wanted, is_following=bool(around & self.vocabulary.following))
        if around & self.vocabulary.previous:
            return (days[0] - timedelta(days=7),)
        if around & self.vocabulary.nearest:
            return days[:1]
        if "week" in around and not around & self.vocabulary.following:
            return (days[0] + timedelta(days=7),)
        return days

    def _numbered_day(self) -> tuple[date, ...]:
        """Return the day of "the 3rd"."""
        for word in self.words:
            if word.endswith(_SUFFIXES) and (day := _day(word, self.vocabulary)) is not None:
                made = self.days.of_month(day)
                return (made,) if made is not None else ()
        return ()


def _numeric(text: str, days: _Days) -> Iterator[date]:
    """Yield each "12/3", "12.3.26", "2026-03-12"."""
    for part in text.replace(",", " ").split():
        for separator in _SEPARATORS:
            pieces = part.strip(".").split(separator)
            if len(pieces) in (2, 3) and all(p.isdecimal() and len(p) <= 4 for p in pieces):
                made = _from_pieces([int(piece) for piece in pieces], len(pieces[0]) == 4, days)
                if made is not None:
                    yield made


def _from_pieces(pieces: list[int], is_year_first: bool, days: _Days) -> date | None:
    if len(pieces) == 2:
        day, month = pieces
        return None if is_year_first else days.in_some_year(day, month)
    if is_year_first:
        return _make(*pieces)
    day, month, year = pieces
    return _make(year + _CENTURY if year < 100 else year, month, day)


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day(word: str, vocabulary: Vocabulary) -> int | None:
    digits = word[:-2] if word.endswith(_SUFFIXES) else word
    if digits.isdecimal() and len(digits) <= 2:
        return int(digits) if 1 <= int(digits) <= 31 else None
    position = vocabulary.ordinals.get(word) or vocabulary.numbers.get(word)
    return position if position is not None and 1 <= position <= 31 else None


def _year(words: Words) -> int | None:
    if words and len(words[0]) == 4 and words[0].isdecimal():
        return int(words[0])
    return None


def _find(word: str, table: dict[str, int]) -> int | None:
    """Return the value of a word, of one with a typing error where it is long enough."""
    value = table.get(word)
    if value is not None or len(word) < _TYPO_LETTERS or word.isdecimal():
        return value
    long_words = [known for known in table if len(known) >= _TYPO_LETTERS]
    near = process.extract(
        word, long_words, scorer=OSA.normalized_similarity, score_cutoff=_TYPO_SCORE, limit=2
    )
    values = {table[known] for known, score, _ in near if score > near[0][1] - _CLEAR_BY}
    return values.pop() if len(values) == 1 else None
