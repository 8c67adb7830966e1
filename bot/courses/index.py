"""The catalogue's search index: immutable, built at once, swapped whole."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.courses.records import Course
from bot.courses.search.requests import Filters, SearchRequest
from bot.courses.search.results import Hit, SearchResult, Understood

__all__ = ["CourseIndex"]


class CourseIndex:
    """All courses of a catalogue, ready to be searched. Safe to share between threads."""

    def __init__(self, courses: tuple[Course, ...], now: date) -> None:
        self._courses = courses
        self._by_id = {course.id: course for course in courses}
        self.now = now

    @classmethod
    def build(cls, courses: Iterable[Course], now: date) -> CourseIndex:
        """Index the courses. `now` is the local day from which past and "next month" count."""
        return cls(tuple(courses), now)

    def __len__(self) -> int:
        return len(self._courses)

    def get(self, course_id: str) -> Course | None:
        """The course with this id, None where there is none."""
        return self._by_id.get(course_id)

    def understand(self, text: str, request: SearchRequest | None = None) -> Understood:
        """How a line of text is read, without searching."""
        return Understood(text, text, text, request.filters if request else Filters())

    def search(self, request: SearchRequest) -> SearchResult:
        """The best courses for a request. Never raises, whatever the text."""
        words = request.text.casefold().split()
        found = [
            (sum(word in course.title.casefold() for word in words), course)
            for course in self._courses
        ]
        best = sorted((pair for pair in found if pair[0] or not words), key=lambda p: -p[0])
        hits = tuple(
            Hit(course, course.instances[0] if course.instances else None, n / max(1, len(words)))
            for n, course in best
        )
        page = hits[request.offset : request.offset + request.limit]
        return SearchResult(page, len(hits), self.understand(request.text))

    def similar(self, course_id: str, limit: int = 3) -> tuple[Hit, ...]:
        """Courses like this one, without itself; empty where the id is unknown."""
        course = self.get(course_id)
        if course is None:
            return ()
        hits = self.search(SearchRequest(course.title, limit=limit + 1)).hits
        return tuple(hit for hit in hits if hit.course.id != course_id)[:limit]
