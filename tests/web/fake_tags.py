"""The staff desk for skills tags in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.courses.records import Course
from bot.skills.tagging import Correction, Tag
from bot.web.tag_port import Standing, TaggedCourse

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@dataclass
class FakeTagDesk:
    """Skills tags of the fake catalogue's courses; what staff do is written down in order."""

    courses: dict[str, Course]
    tags: dict[str, tuple[Tag, ...]] = field(default_factory=dict)
    corrections: dict[str, list[Standing]] = field(default_factory=dict)
    audit: list[tuple[str, str, str]] = field(default_factory=list)

    async def find(self, words: str, cities: Sequence[str]) -> Sequence[Course]:
        found = [one for one in self.courses.values() if one.city in cities]
        return [one for one in found if words.casefold() in one.title.casefold()]

    async def course(self, course_id: str, cities: Sequence[str]) -> TaggedCourse | None:
        course = self.courses.get(course_id)
        if course is None or course.city not in cities:
            return None
        corrections = tuple(reversed(self.corrections.get(course_id, [])))
        return TaggedCourse(course, False, self.tags.get(course_id, ()), corrections)

    async def correct(
        self, course_id: str, cities: Sequence[str], correction: Correction, by: str
    ) -> bool:
        if await self.course(course_id, cities) is None:
            return False
        held = self.corrections.setdefault(course_id, [])
        said = Standing(f"c{len(held)}", correction.competence, correction.level, NOW)
        held.append(said)
        self.audit.append((by, course_id, f"{said.competence} {said.level}"))
        return True

    async def undo(self, course_id: str, cities: Sequence[str], correction: str, by: str) -> bool:
        held = self.corrections.get(course_id, [])
        kept = [one for one in held if one.id != correction]
        if await self.course(course_id, cities) is None or len(kept) == len(held):
            return False
        self.corrections[course_id] = kept
        self.audit.append((by, course_id, f"undo {correction}"))
        return True
