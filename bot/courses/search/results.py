"""What a search answers: hits with reasons, what was understood, and what was relaxed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from bot.courses.phrases import Phrase
from bot.courses.records import Course, CourseInstance, Point
from bot.courses.search.requests import Filters

_NO_FILTERS = Filters()
_EVERYTHING = Phrase("search.everything")


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter in force, shown so that a press can take it away.

    Attributes:
        id: "patterns:evening", "free", "place": give it to `SearchRequest.without`.
        kind: "time", "place", "price", "level", "delivery", "kind", "language", "support",
            "age", "provider", "skill" or "open".
        phrase: What to show, "search.chip.*".
        words: The words of the request that it was read from; empty for one set by hand.
    """

    id: str
    kind: str
    phrase: Phrase
    words: str = ""


class Correction(NamedTuple):
    """A word as typed, and what was searched instead."""

    typed: str
    used: str


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place that a request names.

    Attributes:
        kind: "postcode", "outcode", "ward", "neighbourhood", "library", "city", "venue",
            "town" or "here" (where the person is).
        point: None for a town known only by its name in the catalogue.
    """

    name: str
    kind: str
    point: Point | None
    radius_km: float


@dataclass(frozen=True, slots=True)
class Understood:
    """How a request was read.

    Attributes:
        text: As typed, cleaned.
        corrected: The text with its corrections.
        subject: The words that are searched, without filler and without filters' words.
        filters: All filters in force: those of the request and those read from the text.
        chips: The same one by one, each with the words it came from.
        place: The place that was resolved.
        needs_place: "near me" was said but nobody knows where the person is.
        unknown_place: Words after "near" that no place answers to.
        corrections: Misspelt words that were corrected.
        unanswerable: What was said but cannot be asked, because no course of the catalogue says
            anything about it (no course has an hour, say); not in force, and worth telling.
        phrase: "search.understood" with {parts}, the subject and the chips; or
            "search.everything" where neither was named.
    """

    text: str = ""
    corrected: str = ""
    subject: str = ""
    filters: Filters = _NO_FILTERS
    chips: tuple[Chip, ...] = ()
    place: FoundPlace | None = None
    needs_place: bool = False
    unknown_place: str = ""
    corrections: tuple[Correction, ...] = ()
    phrase: Phrase = _EVERYTHING
    unanswerable: tuple[Chip, ...] = ()


_NOTHING_UNDERSTOOD = Understood()


@dataclass(frozen=True, slots=True)
class Hit:
    """A course that was found.

    Attributes:
        instance: The run that meets the filters best, None for a course without runs.
        score: Relevance from 0 to 1; comparable within one result only.
        reasons: Why it is here: phrases "search.reason.*".
        distance_km: From the named place, else from `near`; None where unknown.
        is_past, is_full: No run lies ahead; every run ahead is full.
        misses: Ids of the chips that it does not meet (alternatives only; empty in hits).
    """

    course: Course
    instance: CourseInstance | None
    score: float
    reasons: tuple[Phrase, ...] = ()
    distance_km: float | None = None
    is_past: bool = False
    is_full: bool = False
    misses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Weight:
    """What the place of a course among the hits rests on.

    Attributes:
        relevance: What the order begins with: the better reading, and a little of the other.
        by_title, by_subject: How near it came with the request read as a title and as a subject,
            0 to 1; None where it did not come near at all, or no subject was named.
        start: From when on it can be taken, for the order among equals.
        is_closed: Past or full: it comes after comparable open ones.
    """

    relevance: float
    by_title: float | None = None
    by_subject: float | None = None
    start: date | None = None
    distance_km: float | None = None
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer to one request.

    Attributes:
        hits: Best first; every one meets every filter in force.
        total: How many courses match, of which `hits` are some.
        understood: How the request was read.
        corrections: Misspelt words that were corrected ("Showing results for ...").
        counts: For each filter that could be added, how many of the matching courses meet it:
            {"patterns": {"evening": 3}, "free": {"yes": 2}, ...}.
        relaxed: Only where nothing meets every filter: the chips that `alternatives` fail.
        alternatives: Only then: the nearest courses, each with what it misses.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    understood: Understood = _NOTHING_UNDERSTOOD
    corrections: tuple[Correction, ...] = ()
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=lambda: MappingProxyType({}))
    relaxed: tuple[Chip, ...] = ()
    alternatives: tuple[Hit, ...] = ()
