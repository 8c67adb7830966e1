"""Watched searches: what is new in a catalogue and fits them becomes a due notice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeAlias

from bot.courses import CourseIndex, SearchRequest
from bot.reminders import NewReminder, Once
from bot.reminders.kinds import NEW_COURSES
from bot.reminders.zones import next_morning, zone_of
from bot.work.background import in_background
from bot.work.catalogue import Catalogue
from storage import Database, Unit
from storage.records import SavedSearch

SLICE = 50
"""Watched searches judged at once."""
NOTED_AT_ONCE = 10
"""Notices stored in one unit: no unit may hold the writer long."""
PAGE = 200
"""Hits asked of the index at once, which gives no more."""

MOST_ANSWERS = 1_000
"""A search with more answers is too wide for news about it to be of any use."""

TOGETHER = timedelta(minutes=10)
"""So long after a match people are told, so that what comes at once is told at once."""

Match: TypeAlias = tuple[SavedSearch, str]
"""A watched search, and the id of a course that answers it."""


@dataclass(frozen=True, slots=True)
class News:
    """What may be news for some watched searches.

    Attributes:
        first_seen: When the courses that came after the oldest of them were first seen, by id.
        noted: Pairs of a search and a course (ids) that were noted before.
    """

    first_seen: Mapping[str, datetime]
    noted: frozenset[tuple[str, str]]

    def for_search(self, search: SavedSearch) -> set[str]:
        """Return the courses that came after a search and were not noted for it."""
        return {
            course
            for course, seen_at in self.first_seen.items()
            if seen_at > search.created_at and (search.id, course) not in self.noted
        }


class Alerts:
    """Finds what is new for watched searches after a city's index was rebuilt, and has it told."""

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
            news = await self._db.read(_news(city, found))
            matches = await in_background(_all_matches, index, found, news)
            for start in range(0, len(matches), NOTED_AT_ONCE):
                some, zone = matches[start : start + NOTED_AT_ONCE], self._catalogue.zone(city)
                noted += await self._db.write(_record(some, zone))
            after = found[-1].id


def _next_searches(city: str, after: str) -> Callable[[Unit], list[SavedSearch]]:
    return lambda unit: unit.wishes.list_searches_of_city(city, after=after, limit=SLICE)


def _news(city: str, searches: Sequence[SavedSearch]) -> Callable[[Unit], News]:
    since = min(one.created_at for one in searches)
    ids = [one.id for one in searches]
    return lambda unit: News(unit.catalogue.list_new(city, since), unit.wishes.list_noted(ids))


def _all_matches(index: CourseIndex, searches: Sequence[SavedSearch], news: News) -> list[Match]:
    return [(one, course) for one in searches for course in _matches(index, one, news)]


def _matches(index: CourseIndex, search: SavedSearch, news: News) -> list[str]:
    """Return the new courses among all that answer a search, however far down they stand."""
    wanted = news.for_search(search)
    if not wanted:
        return []
    asked = replace(SearchRequest.from_json(search.request), now=index.now)
    return [hit.course.id for hit in index.among(asked, wanted) if not hit.is_past]


def _record(matches: Sequence[Match], zone: str) -> Callable[[Unit], int]:
    def record(unit: Unit) -> int:
        new = [one for one, course in matches if unit.wishes.add_notice(one, course)]
        for person, search in {one.person: one for one in new}.items():
            _tell_soon(unit, person, search.city, zone)
        return len(new)

    return record


def _tell_soon(unit: Unit, person: str, city: str, zone: str) -> None:
    """Have a person told by day, once for all that is new by then."""
    if any(one.kind == NEW_COURSES for one in unit.reminders.list_of(person)):
        return
    at = next_morning(unit.now + TOGETHER, zone_of(zone)).astimezone(zone_of(zone))
    rule = Once(at.date(), at.time().replace(second=0, microsecond=0))
    contacts = unit.contacts.list_of(person)
    channel = contacts[0].channel if contacts else ""
    unit.reminders.put(NewReminder(person, city, NEW_COURSES, rule, zone, channel))
