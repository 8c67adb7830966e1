"""The catalogue for other programs: what everybody may read, without counting it as a view."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.courses import Course, SearchRequest, SearchResult
from bot.work.catalogue import Catalogue
from storage import Database


class StoredOpenCatalogue:
    """Reads the indexes that the chat searches, and the courses that are stored."""

    def __init__(self, database: Database, catalogue: Catalogue) -> None:
        self._database = database
        self._catalogue = catalogue

    async def search(self, city: str, request: SearchRequest) -> SearchResult | None:
        """Search a city's courses; None before its catalogue was first read."""
        index = self._catalogue.index(city)
        return None if index is None else await asyncio.to_thread(index.search, request)

    async def courses(self, city: str, after: str, limit: int) -> Sequence[Course]:
        """Return courses of a city that are on offer, in the order of their ids, after an id."""
        return await self._database.read(lambda unit: unit.catalogue.page(city, after, limit))

    async def course(self, course: str) -> tuple[Course, bool] | None:
        """Return a course and whether it is on offer; None where there never was one."""
        entry = await self._database.read(lambda unit: unit.catalogue.find(course))
        return (entry.course, entry.status == "active") if entry else None
