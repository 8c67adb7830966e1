"""The pages for correcting skills tags, over the database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from bot.courses.records import Course
from bot.errors import NotFound
from bot.skills.tagging import Correction, Rules, tags_of
from bot.web.tag_port import Standing, TaggedCourse
from storage import Database, Unit
from storage.records import CatalogueEntry

MOST_FOUND = 20
COURSE_ADDRESS = "/courses/"

Search: TypeAlias = "Callable[[str, str], Sequence[Course]]"
"""Finds courses of a city (its id) by words."""


class StoredTagDesk:
    """Corrections of what courses teach. What staff say outlives every import of the course.

    Args:
        rules: By which tags are made now: a correction makes a course's tags anew.
        search: Finds courses by words.
    """

    def __init__(self, database: Database, rules: Callable[[], Rules], search: Search) -> None:
        self._database = database
        self._rules = rules
        self._search = search

    async def find(self, words: str, cities: Sequence[str]) -> Sequence[Course]:
        """Return courses of these cities by address, reference or words."""
        words = words.strip()
        name = words.partition(COURSE_ADDRESS)[2].partition("?")[0] or words
        exact = await self._database.read(lambda unit: _exact(unit, name, cities))
        if exact or COURSE_ADDRESS in words or not words:
            return exact
        found = [course for city in cities for course in self._search(city, words)]
        return found[:MOST_FOUND]

    async def course(self, course_id: str, cities: Sequence[str]) -> TaggedCourse | None:
        """Return a course with its tags and corrections; None where it is not of these cities."""
        return await self._database.read(lambda unit: _tagged(unit, course_id, cities))

    async def correct(
        self, course_id: str, cities: Sequence[str], correction: Correction, by: str
    ) -> bool:
        """Say what a course teaches, and note it in the audit log."""

        def act(unit: Unit) -> bool:
            entry = _entry(unit, course_id, cities)
            if entry is None:
                return False
            unit.tags.correct(entry.course.city, course_id, correction, by)
            self._follow(unit, entry, "tags.corrected", correction, by)
            return True

        return await self._database.write(act)

    async def undo(self, course_id: str, cities: Sequence[str], correction: str, by: str) -> bool:
        """Take a correction back, and note it in the audit log."""

        def act(unit: Unit) -> bool:
            entry = _entry(unit, course_id, cities)
            if entry is None:
                return False
            try:
                undone = unit.tags.undo(entry.course.city, course_id, correction, by)
            except NotFound:
                return False
            taken_back = Correction(undone.competence, undone.level)
            self._follow(unit, entry, "tags.undone", taken_back, by)
            return True

        return await self._database.write(act)

    def _follow(
        self,
        unit: Unit,
        entry: CatalogueEntry,
        action: str,
        said: Correction,
        by: str,
    ) -> None:
        """Bring the tags to what is said now; a withdrawn course gets its own when it is back."""
        course = entry.course
        if entry.status == "active":
            unit.tags.put(course.city, {course.id: tags_of(course, rules=self._rules())})
            unit.catalogue.touch(course.city)
        level = "" if said.level is None else str(said.level)
        unit.audit.record(
            action,
            actor=unit.people.reference_of(by),
            subject=course.id,
            city=course.city,
            facts={"competence": said.competence, "level": level},
        )


def _exact(unit: Unit, name: str, cities: Sequence[str]) -> list[Course]:
    entry = _entry(unit, name, cities)
    if entry is not None:
        return [entry.course]
    return [
        course
        for city in cities
        for course in unit.catalogue.list_by_reference(city, name, MOST_FOUND)
    ][:MOST_FOUND]


def _entry(unit: Unit, course_id: str, cities: Sequence[str]) -> CatalogueEntry | None:
    entry = unit.catalogue.find(course_id)
    return entry if entry is not None and entry.course.city in cities else None


def _tagged(unit: Unit, course_id: str, cities: Sequence[str]) -> TaggedCourse | None:
    entry = _entry(unit, course_id, cities)
    if entry is None:
        return None
    city = entry.course.city
    corrections = [
        Standing(one.id, one.competence, one.level, one.at)
        for one in reversed(unit.tags.list_corrections(city, course_id))
    ]
    return TaggedCourse(
        entry.course,
        entry.status != "active",
        unit.tags.of_course(city, course_id),
        tuple(corrections),
    )
