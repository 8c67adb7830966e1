"""What a provider is told of whom it reaches: never so little that it could be somebody."""

from __future__ import annotations

from collections.abc import Iterable

from bot.courses.phrases import Phrase
from bot.courses.records import Course
from bot.courses.search.words import stem, words_of

LEAST = 5
"""Fewer people are not told apart from one another."""
DAYS = 30
"""So far back looks are counted."""
SHORTEST = 4
"""Letters of a word that says what something is about."""


def told_count(count: int) -> Phrase:
    """Say a count in steps of five; none looks like few.

    Whoever looks again later, or knows one count by other means, works out no small one.
    """
    if count < LEAST:
        return Phrase("reach.few", {"least": LEAST})
    return Phrase("reach.count", {"count": count - count % LEAST})


def about_of(courses: Iterable[Course]) -> frozenset[str]:
    """Return what courses are about, as stems of their titles' and subjects' words."""
    return frozenset(
        one
        for course in courses
        for text in (course.title, *course.subjects, *course.keywords)
        for one in _stems(text)
    )


def is_about(wish: str, subjects: frozenset[str]) -> bool:
    """Say whether a wish names something that is among the subjects."""
    return not subjects.isdisjoint(_stems(wish))


def _stems(text: str) -> Iterable[str]:
    return (stem(word) for word in words_of(text) if len(word) >= SHORTEST)
