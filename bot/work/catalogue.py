"""The catalogue in memory: one immutable search index a city, swapped whole when it changed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import structlog

from bot.courses import Course, CourseIndex, SearchRequest, Skills
from bot.courses.views import Finds, Views
from bot.insights.sheets import period_of
from bot.work.background import in_background, making_what_stays
from bot.work.tagging import frameworks_of
from content.load import Content
from storage import Database, Unit

log = structlog.get_logger()

Taught = dict[str, tuple[tuple[str, int], ...]]
Build = Callable[[str, Iterable[Course], date, Taught], CourseIndex]
"""Makes the index of a city (its id) from its courses on a day, and from what they teach."""
LONGEST_WAIT = timedelta(minutes=15)
"""For the end of an import, before its courses so far are indexed."""
FREED_AT_ONCE = 500


def indexer(content: Callable[[], Content]) -> Build:
    """Return what indexes a city's courses with the skills of the content in use."""

    def build(city: str, courses: Iterable[Course], today: date, taught: Taught) -> CourseIndex:
        del city
        skills = Skills(taught, frameworks_of(content()))
        return CourseIndex.build(courses, now=today, skills=skills)

    return build


class Catalogue:
    """What is on offer in each city, ready to be searched from any thread."""

    def __init__(self, db: Database, zones: Mapping[str, str], build: Build) -> None:
        """Start empty; `refresh` fills it.

        Args:
            db: Where the courses are.
            zones: Time zone names by city id: the cities that are served.
            build: Makes one city's index.
        """
        self._db = db
        self._zones = dict(zones)
        self._build = build
        self._indexes: dict[str, CourseIndex] = {}
        self._stamps: dict[str, tuple[str, date]] = {}
        self._waiting: dict[str, datetime] = {}
        self.views = Views()
        self.finds = Finds()

    def zone(self, city: str) -> str:
        """Return the name of a served city's time zone."""
        return self._zones[city]

    def index(self, city: str) -> CourseIndex | None:
        """Return a city's index, or None before its first refresh or for an unknown city."""
        return self._indexes.get(city)

    def named(
        self,
        city: str,
        words: str,
        limit: int = 20,
        keeps: Callable[[Course], bool] | None = None,
    ) -> list[Course]:
        """Return courses of a city by words, the best first; none before its first refresh.

        Args:
            keeps: Which courses to look among; all where None. Without words they are given by
                their titles.
        """
        index = self.index(city)
        if index is None:
            return []
        asked = SearchRequest(words, limit=limit, city=city)
        if keeps is None:
            return [hit.course for hit in index.search(asked).hits]
        kept = [one for one in index if keeps(one)]
        if not words.strip():
            return sorted(kept, key=lambda one: one.title.casefold())[:limit]
        return [hit.course for hit in index.among(asked, [one.id for one in kept])[:limit]]

    def find(self, unit: Unit, course_id: str) -> tuple[Course, bool] | None:
        """Return a course and whether it was withdrawn, also one that nobody can find any more."""
        for index in self._indexes.values():
            course = index.get(course_id)
            if course is not None:
                return course, False
        entry = unit.catalogue.find(course_id)
        return (entry.course, entry.status != "active") if entry else None

    async def refresh(self, now: datetime) -> tuple[str, ...]:
        """Rebuild the indexes whose catalogue or day changed, off the event loop.

        A city whose courses are being imported keeps its index until the import has ended, or
        has taken very long: an index of half a catalogue helps nobody.

        Returns:
            The ids of the cities that were rebuilt.
        """
        await self._keep_views(now)
        rebuilt = []
        for city, zone in self._zones.items():
            today = now.astimezone(ZoneInfo(zone)).date()
            stamp = await self._db.read(_stamp_of(city))
            if self._stamps.get(city) == (stamp, today) or await self._waits(city, now):
                continue
            began = time.perf_counter()
            # Before the first index of a city nobody chats about it: no need to come last.
            build = in_background if city in self._indexes else asyncio.to_thread
            courses = await build(self._rebuild, city, today)
            self._stamps[city] = (stamp, today)
            self._waiting.pop(city, None)
            rebuilt.append(city)
            seconds = round(time.perf_counter() - began, 3)
            log.info("index.rebuilt", city=city, courses=courses, seconds=seconds)
        return tuple(rebuilt)

    async def _keep_views(self, now: datetime) -> None:
        """Add what was looked at and found since the last time to the day's counts."""
        for city, counts in self.views.take().items():
            if city in self._zones:
                day = now.astimezone(ZoneInfo(self._zones[city])).date()
                add = partial(_add_views, city=city, day=day, counts=counts)
                await self._db.write(add)
        for city, people in self.finds.take(period_of(now.date(), "week")).items():
            if city in self._zones:
                day = now.astimezone(ZoneInfo(self._zones[city])).date()
                await self._db.write(partial(_add_finds, city=city, day=day, people=people))

    async def _waits(self, city: str, now: datetime) -> bool:
        """Tell whether the new index had better wait for the end of an import."""
        if city not in self._indexes:
            return False
        since = self._waiting.setdefault(city, now)
        earliest = now - LONGEST_WAIT
        return since > earliest and await self._db.read(_is_importing(city, earliest))

    def _rebuild(self, city: str, today: date) -> int:
        """Put a new index in the place of the old one, and return how many courses it has."""
        with making_what_stays():
            courses = self._db.read_now(lambda unit: list(unit.catalogue.iterate(city)))
            taught = self._db.read_now(lambda unit: unit.tags.of_city(city))
            index = self._build(city, courses, today, taught)
        # The first look through everything puts it in order: nobody in the chat shall wait for it.
        index.search(SearchRequest(limit=1))
        old = list(self._indexes.get(city) or ())
        self._indexes[city] = index
        while old:
            # All at once, 100,000 courses would hold up every chat for a third of a second.
            del old[-FREED_AT_ONCE:]
        return len(index)


def _add_finds(unit: Unit, city: str, day: date, people: Mapping[str, int]) -> None:
    unit.reach.add_finds(city, day, people)


def _add_views(unit: Unit, city: str, day: date, counts: Mapping[str, int]) -> None:
    unit.reach.add_views(city, day, counts)


def _stamp_of(city: str) -> Callable[[Unit], str]:
    return lambda unit: unit.catalogue.stamp(city)


def _is_importing(city: str, earliest: datetime) -> Callable[[Unit], bool]:
    """Return what tells whether a city's newest import goes on; a killed one never ends."""

    def look(unit: Unit) -> bool:
        runs = unit.imports.list_latest(city, limit=1)
        return any(run.ended_at is None and run.started_at > earliest for run in runs)

    return look
