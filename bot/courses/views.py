"""Counting how often courses are looked at: numbers by course, and nobody in them."""

from __future__ import annotations

import threading
from collections import Counter


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
