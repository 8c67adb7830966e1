"""Ways of choosing three courses for a need: ours, text search alone, competence tags alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bench.needs.labelled import TODAY
from bot.courses import Course, CourseIndex, SearchRequest
from bot.needs import SHOWN, Matcher, Need, Provision
from bot.needs.levels import coverage
from bot.skills.tagging import infer_tags

Way = Callable[[Need], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Ranking:
    """A way of choosing: the names of at most three courses, best first."""

    name: str
    choose: Way
    is_ours: bool = False


def rankings(courses: Mapping[str, Course]) -> list[Ranking]:
    """Return all ways over one catalogue. Each sees the need's city and the whole country's."""
    names = {course.id: name for name, course in courses.items()}
    tags = {course.id: infer_tags(course) for course in courses.values()}
    matcher = Matcher((Provision(one, tags[one.id]) for one in courses.values()), TODAY)
    cities = {course.city for course in courses.values() if course.city}
    pools = {city: [one for one in courses.values() if _is_near(one, city)] for city in cities}
    indexes = {city: CourseIndex.build(pool, TODAY) for city, pool in pools.items()}

    def by_matching(need: Need) -> list[str]:
        return [names[match.course.id] for match in matcher.answer(need).matches]

    def by_text(need: Need) -> list[str]:
        hits = indexes[need.fit.city].search(SearchRequest(need.words, limit=SHOWN)).hits
        return [names[hit.course.id] for hit in hits]

    def by_tags(need: Need) -> list[str]:
        parts = [
            (-coverage(need.targets, {tag.competence: tag.level for tag in tags[one.id]}), one.id)
            for one in pools[need.fit.city]
        ]
        return [names[key] for part, key in sorted(parts)[:SHOWN] if part]

    return [
        Ranking("ours", by_matching, is_ours=True),
        Ranking("text search alone", by_text),
        Ranking("competence tags alone", by_tags),
    ]


def _is_near(course: Course, city: str) -> bool:
    return course.national or course.city == city
