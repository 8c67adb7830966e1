"""The catalogue in memory: one immutable search index a city, swapped whole when it changed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

import structlog

from bot.courses import Course, CourseIndex
from storage import Database, Unit

log = structlog.get_logger()

Build = Callable[[str, Iterable[Course], date], CourseIndex]
"""Makes the index of a city (its id) from its courses on a day."""


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

    def index(self, city: str) -> CourseIndex | None:
        """Return a city's index, or None before its first refresh or for an unknown city."""
        return self._indexes.get(city)

    def find(self, unit: Unit, course_id: str) -> tuple[Course, bool] | None:
        """Return a course and whether it was withdrawn, also one that nobody can find any more."""
        for index in self._indexes.values():
            course = index.get(course_id)
            if course is not None:
                return course, False
        entry = unit.catalogue.find(course_id)
        return (entry.course, entry.status == "withdrawn") if entry else None

    async def refresh(self, now: datetime) -> tuple[str, ...]:
        """Rebuild the indexes whose catalogue or day changed, off the event loop.

        Returns:
            The ids of the cities that were rebuilt.
        """
        rebuilt = []
        for city, zone in self._zones.items():
            today = now.astimezone(ZoneInfo(zone)).date()
            stamp = await self._db.read(_stamp_of(city))
            if self._stamps.get(city) == (stamp, today):
                continue
            began = time.perf_counter()
            self._indexes[city] = index = await asyncio.to_thread(self._rebuild, city, today)
            self._stamps[city] = (stamp, today)
            rebuilt.append(city)
            seconds = round(time.perf_counter() - began, 3)
            log.info("index.rebuilt", city=city, courses=len(index), seconds=seconds)
        return tuple(rebuilt)

    def _rebuild(self, city: str, today: date) -> CourseIndex:
        courses = self._db.read_now(lambda unit: list(unit.catalogue.iterate(city)))
        return self._build(city, courses, today)


def _stamp_of(city: str) -> Callable[[Unit], str]:
    return lambda unit: unit.catalogue.stamp(city)
