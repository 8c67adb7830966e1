"""What courses teach, worked out when they are stored and whenever the rules for it change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import structlog

from bot.courses.importing import StoredCourse
from bot.courses.records import Course
from bot.skills import wording
from bot.skills.tagging import Rules, Tag, shipped_rules, tags_of
from bot.work.background import in_background
from content.load import SHIPPED, Content
from content.tagging import read_tagging
from storage import Database, Unit

log = structlog.get_logger()

SLICE = 250
"""Courses whose tags are stored in one unit: far under 50 ms of the only writer's time."""

Tags = dict[str, tuple[Tag, ...]]
"""By course id, what provider or text say that it teaches; staff's word is added in storage."""


def rules_of(content: Content) -> Rules:
    """Return the rules of the content in use, read once for each version of it."""
    return (
        shipped_rules() if content.root == SHIPPED else _read_rules(content.root, content.version)
    )


@lru_cache(maxsize=2)
def _read_rules(root: Path, version: str) -> Rules:
    del version  # only tells one reading from the next
    return Rules(read_tagging(root))


def frameworks_of(content: Content) -> dict[str, str]:
    """Return, for the code of every competence, the id of the framework that it stands in."""
    return wording.frameworks_of(content.frameworks.values())


def tags_for(courses: Iterable[Course], rules: Rules | None = None) -> Tags:
    """Work out what courses teach. It takes about 0.2 ms a course: do it outside of a unit."""
    return {course.id: tags_of(course, rules=rules) for course in courses}


def put_courses(
    city: str, source: str, courses: Sequence[StoredCourse], rules: Rules | None = None
) -> Callable[[Unit], None]:
    """Return the unit of work that stores courses together with what they teach."""
    tags = tags_for((each.course for each in courses), rules)

    def put(unit: Unit) -> None:
        unit.catalogue.put(city, source, courses)
        unit.tags.put(city, tags)

    return put


class Tagging:
    """Makes the tags of a city anew where they were made by other rules, in the background.

    Args:
        database: Where courses and tags are.
        cities: Ids of the cities that are served.
        rules: By which tags are made now.
    """

    def __init__(
        self,
        database: Database,
        cities: Iterable[str],
        rules: Callable[[], Rules] = shipped_rules,
    ) -> None:
        self._database = database
        self._cities = tuple(cities)
        self._rules = rules

    async def bring_up_to_date(self) -> tuple[str, ...]:
        """Return the cities whose tags were made anew; cheap where none had to be.

        A restart in between begins the city again: tags that are made twice are the same.
        """
        rules, renewed = self._rules(), []
        for city in self._cities:
            if await self._database.read(_made_by(city)) == rules.version:
                continue
            courses = await self._renew(city, rules)
            await self._database.write(_finish(city, rules.version))
            renewed.append(city)
            log.info("tags.renewed", city=city, courses=courses)
        return tuple(renewed)

    async def _renew(self, city: str, rules: Rules) -> int:
        after, count = "", 0
        while True:
            courses, hashes = await self._database.read(_page(city, after))
            if not courses:
                return count
            tags = await in_background(tags_for, courses, rules)
            await self._database.write(_put(city, tags, hashes))
            after, count = courses[-1].id, count + len(courses)


def rules_mark(city: str) -> str:
    """Return the name of the mark that says by which rules a city's tags were made."""
    return f"tags.rules.{city}"


def _made_by(city: str) -> Callable[[Unit], str]:
    return lambda unit: unit.marks.get(rules_mark(city)) or ""


def _page(city: str, after: str) -> Callable[[Unit], tuple[list[Course], dict[str, bytes]]]:
    def read(unit: Unit) -> tuple[list[Course], dict[str, bytes]]:
        courses = unit.catalogue.page(city, after, SLICE)
        ids = [course.id for course in courses]
        return courses, unit.catalogue.hashes(city, ids[0], ids[-1]) if ids else {}

    return read


def _put(city: str, tags: Tags, hashes: dict[str, bytes]) -> Callable[[Unit], None]:
    def put(unit: Unit) -> None:
        # What an import changed or withdrew meanwhile has its new tags already.
        now = unit.catalogue.hashes(city, min(tags), max(tags))
        same = {one: told for one, told in tags.items() if now.get(one) == hashes.get(one, b"-")}
        unit.tags.put(city, same)

    return put


def _finish(city: str, version: str) -> Callable[[Unit], None]:
    def finish(unit: Unit) -> None:
        unit.marks.put(rules_mark(city), version)
        unit.catalogue.touch(city)

    return finish
