"""Counting looks at courses and subjects that people found: numbers, and nobody in them."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import date
from typing import Final

MOST_KNOWN: Final = 50_000
"""So many finds of a week are remembered, to count nobody twice; more are not counted."""


class Views:
    """Counts in memory until they are taken; safe from any thread. A crash loses a minute."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()
        self._lock = threading.Lock()

    def count(self, city: str, course: str) -> None:
        """Count one look at a course (its id)."""
        with self._lock:
            self._counts[city, course] += 1

    def take(self) -> dict[str, dict[str, int]]:
        """Return the counts since the last time, by city and course, and begin anew."""
        with self._lock:
            taken, self._counts = self._counts, Counter()
        found: dict[str, dict[str, int]] = {}
        for (city, course), number in taken.items():
            found.setdefault(city, {})[course] = number
        return found


class Finds:
    """Counts people by the subject that a search of theirs found, each once in a week.

    What is remembered for that is in memory alone, and as numbers that no other program can make;
    after a start somebody may count once more.
    """

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()
        self._known: set[int] = set()
        self._week: date | None = None
        self._lock = threading.Lock()

    def count(self, city: str, person: str, subject: str) -> None:
        """Count that a person found a subject, in the catalogue's words."""
        mark = hash((city, person, subject))
        with self._lock:
            if subject and mark not in self._known and len(self._known) < MOST_KNOWN:
                self._known.add(mark)
                self._counts[city, subject] += 1

    def take(self, week: date) -> dict[str, dict[str, int]]:
        """Return the people since the last time, by city and subject.

        Args:
            week: The first day of the week that it is; a new one begins anew with everybody.
        """
        with self._lock:
            taken, self._counts = self._counts, Counter()
            if week != self._week:
                self._known, self._week = set(), week
        found: dict[str, dict[str, int]] = {}
        for (city, subject), people in taken.items():
            found.setdefault(city, {})[subject] = people
        return found
