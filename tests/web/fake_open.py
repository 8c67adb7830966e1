"""The open catalogue of the web's tests: a real index of a few courses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from bot.courses import Course, CourseIndex, SearchRequest, SearchResult
from bot.web.open_port import Opened
from tests.web.fakes import FakeCatalogue

TODAY = date(2026, 11, 21)


@cache
def _index(courses: tuple[Course, ...]) -> CourseIndex:
    return CourseIndex.build(courses, now=TODAY)


class FakeOpenCatalogue:
    """Active courses of the fake catalogue; nothing of a city whose id is in `unread`."""

    def __init__(self, catalogue: FakeCatalogue) -> None:
        self._listings = catalogue.listings
        self.unread: set[str] = set()

    def _active(self) -> Mapping[str, Course]:
        return {
            one.course.id: one.course for one in self._listings.values() if not one.is_withdrawn
        }

    async def search(self, city: str, request: SearchRequest) -> SearchResult | None:
        if city in self.unread:
            return None
        return _index(tuple(self._active().values())).search(request)

    async def courses(self, city: str, after: str, limit: int) -> Sequence[Course]:
        found = (one for one in self._active().values() if one.city == city and one.id > after)
        return sorted(found, key=lambda one: one.id)[:limit]

    async def course(self, course: str) -> tuple[Course, bool] | None:
        listing = self._listings.get(course)
        return (listing.course, not listing.is_withdrawn) if listing else None


def opened(catalogue: FakeCatalogue) -> Opened:
    return Opened(FakeOpenCatalogue(catalogue))
