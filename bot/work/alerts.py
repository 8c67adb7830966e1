"""Watched searches: what is new in a catalogue and fits them becomes a due notice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from bot.courses import CourseIndex, SearchRequest
from bot.work.background import in_background
from bot.work.catalogue import Catalogue
from storage import Database, Unit
from storage.records import SavedSearch

SLICE = 50
"""Watched searches judged at once."""
NOTED_AT_ONCE = 50
"""Notices stored in one unit: no unit may hold the writer long."""
MOST_HITS = 20

Match: TypeAlias = tuple[SavedSearch, str]
"""A watched search, and the id of a course that answers it."""


class Alerts:
    """Finds what is new for watched searches after a city's index was rebuilt."""

    def __init__(self, db: Database, catalogue: Catalogue) -> None:
        self._db = db
        self._catalogue = catalogue

    async def note(self, city: str) -> int:
        """Store a notice for each watched search and new course that fits it.

        Returns:
            How many notices were new.
        """
        index = self._catalogue.index(city)
        if index is None:
            return 0
        after, noted = "", 0
        while True:
            found = await self._db.read(_next_searches(city, after))
            if not found:
                return noted
            matches = await in_background(_all_matches, index, found)
            for start in range(0, len(matches), NOTED_AT_ONCE):
                noted += await self._db.write(_record(matches[start : start + NOTED_AT_ONCE]))
            after = found[-1].id


def _next_searches(city: str, after: str) -> Callable[[Unit], list[SavedSearch]]:
    return lambda unit: unit.wishes.list_searches_of_city(city, after=after, limit=SLICE)


def _all_matches(index: CourseIndex, searches: Sequence[SavedSearch]) -> list[Match]:
    return [(one, course) for one in searches for course in _matches(index, one.request)]


def _matches(index: CourseIndex, request: dict[str, object]) -> list[str]:
    asked = replace(SearchRequest.from_json(request), limit=MOST_HITS, now=index.now)
    return [hit.course.id for hit in index.search(asked).hits if not hit.is_past]


def _record(matches: Sequence[Match]) -> Callable[[Unit], int]:
    def record(unit: Unit) -> int:
        noted = 0
        for search, course_id in matches:
            entry = unit.catalogue.find(course_id)
            is_news = entry is not None and entry.first_seen_at > search.created_at
            if is_news and unit.wishes.add_notice(search, course_id):
                noted += 1
        return noted

    return record
