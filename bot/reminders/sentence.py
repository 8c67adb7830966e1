"""What somebody typed, as words with marks on those that were understood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeVar

from bot.reminders.vocabulary import Phrases, phrases_of

MOST_TYPED = 300
"""Characters that are looked at."""
MOST_WORDS = 60
_CLOCK = re.compile(r"(?<![0-9./:-])([0-9]{1,2})[:.]([0-9]{2})(?![0-9./:-])")
_EDGES = " .,;:!?\"'()-\u06d4\u061f\u060c"

T = TypeVar("T")


class Calendar(Protocol):
    """The words for numbers, days and months of one language."""

    @property
    def numbers(self) -> Mapping[str, int]:
        """Small numbers."""

    @property
    def ordinals(self) -> Mapping[str, int]:
        """Positions, counted from 1."""

    @property
    def weekdays(self) -> Mapping[str, int]:
        """Monday is 0."""

    @property
    def months(self) -> Mapping[str, int]:
        """January is 1."""

    @property
    def days(self) -> Mapping[str, int]:
        """Phrases for a day, by its distance from today."""

    @property
    def following(self) -> Collection[str]:
        """Words for "next"."""

    @property
    def nearest(self) -> Collection[str]:
        """Words for "this"."""


@dataclass(frozen=True, slots=True)
class Speech:
    """How one person speaks.

    Attributes:
        language: Their language.
        calendars: Its words for numbers and days, then those of English.
        fold: Makes text into bare words in the form of those tables.
        read_dates: Reads dates of a text, given today.
    """

    language: str
    calendars: tuple[Calendar, ...]
    fold: Callable[[str], tuple[str, ...]]
    read_dates: Callable[[str, date], tuple[date, ...]]

    @property
    def phrases(self) -> tuple[Phrases, ...]:
        """The words in which they say when."""
        return phrases_of(self.language)


@dataclass(slots=True)
class Sentence:
    """A row of words; the ones that said when are marked as used.

    Attributes:
        chunks: As they were typed, between spaces.
        words: Folded; each with the chunk that it came from.
    """

    speech: Speech
    chunks: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    origin: list[int] = field(default_factory=list)
    used: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, typed: str, speech: Speech) -> Sentence:
        """Take a text apart; what is beyond the bounds is left out."""
        made = cls(speech)
        ascii_digits = "".join(_digit(char) for char in typed[:MOST_TYPED])
        for chunk in ascii_digits.split():
            made.chunks.append(chunk)
            for word in speech.fold(_CLOCK.sub(r"\1h\2", chunk)):
                if len(made.words) < MOST_WORDS:
                    made.words.append(word)
                    made.origin.append(len(made.chunks) - 1)
        return made

    def __len__(self) -> int:
        return len(self.words)

    def at(self, position: int) -> str:
        """Return the word at a position; empty outside and where it is used already."""
        if 0 <= position < len(self.words) and position not in self.used:
            return self.words[position]
        return ""

    def use(self, *positions: int) -> None:
        """Mark words as understood."""
        self.used.update(positions)

    def has(self, position: int, names: Iterable[Collection[str]]) -> bool:
        """Tell whether the word there is in one of the tables."""
        word = self.at(position)
        return bool(word) and any(word in table for table in names)

    def value(self, position: int, tables: Iterable[Mapping[str, T]]) -> T | None:
        """Return what the word there means in the first table that knows it."""
        word = self.at(position)
        found = (table[word] for table in tables if word in table) if word else iter(())
        return next(found, None)

    def follows(self, position: int, phrase: tuple[str, ...]) -> bool:
        """Tell whether a phrase stands at a position."""
        return all(self.at(position + n) == word for n, word in enumerate(phrase))

    def number(self, position: int) -> int | None:
        """Return the number there, in digits or as a word."""
        word = self.at(position)
        if word.isdecimal() and len(word) <= 3:
            return int(word)
        return self.value(position, [one.numbers for one in self.speech.calendars])

    def weekday(self, position: int) -> int | None:
        """Return the day of the week there; plurals are days of the week too."""
        word = self.at(position)
        for calendar in self.speech.calendars:
            for form in (word, word.removesuffix("s")):
                if form in calendar.weekdays:
                    return calendar.weekdays[form]
        return None

    def month(self, position: int) -> int | None:
        """Return the month there."""
        return self.value(position, [one.months for one in self.speech.calendars])

    def rest(self) -> str:
        """Return what they want to be told: the longest stretch of words that said no time."""
        self._use_lead_in()
        runs = [self._stripped(run) for run in self._runs()]
        best = max(runs, key=lambda run: sum(len(self.words[one]) for one in run), default=[])
        chunks = list(dict.fromkeys(self.origin[one] for one in best))
        return " ".join(self.chunks[one] for one in chunks).strip(_EDGES)

    def _use_lead_in(self) -> None:
        for position in range(len(self.words)):
            known = [
                phrase
                for phrases in self.speech.phrases
                for phrase in phrases.lead_in
                if self.follows(position, phrase)
            ]
            if known:
                longest = max(known, key=len)
                self.use(*range(position, position + len(longest)))

    def _runs(self) -> list[list[int]]:
        runs: list[list[int]] = [[]]
        for position in range(len(self.words)):
            if position in self.used:
                runs.append([])
            else:
                runs[-1].append(position)
        return runs

    def _stripped(self, run: list[int]) -> list[int]:
        glue = [phrases.glue for phrases in self.speech.phrases]
        while run and self.has(run[0], glue):
            run = run[1:]
        while run and self.has(run[-1], glue):
            run = run[:-1]
        return run


def _digit(char: str) -> str:
    if char.isascii():
        return char
    value = unicodedata.digit(char, None)
    return char if value is None else str(value)
