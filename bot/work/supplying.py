"""What is on offer in a city, counted: courses are public, so nothing of them is kept back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from bot.courses.records import Course, CourseInstance
from bot.insights.sheets import ALL, Release
from bot.insights.telling import Told
from bot.work.campaigns.ground import CityGround
from bot.work.context import Surroundings

Taught: TypeAlias = Mapping[str, tuple[tuple[str, int], ...]]
"""Competence and level of everything that courses teach, by course."""
BANDS = (("up_to_50", 50), ("up_to_200", 200))
"""Prices in pounds up to which a course stands in a band."""


def supply_of(
    around: Surroundings, city: str, starts_on: date, taught: Callable[[], Taught]
) -> Release:
    """Count the courses of a city as they are now, each once in a part, with their places.

    Args:
        taught: Returns what courses teach, by course.
    """
    ground = CityGround(around.content, around.catalogue, around.places, city)
    tags = taught()
    courses: dict[str, Counter[str]] = {}
    total, places = 0, 0
    for course in around.catalogue.index(city) or ():
        total += 1
        places += _places(course)
        for way, part in set(_parts(course, ground, tags)):
            courses.setdefault(way, Counter())[part] += 1
    ways = {
        way: {part: Told(count) for part, count in sorted(found.items())}
        for way, found in sorted(courses.items())
    }
    groups = {ALL: Told(total, ways), "places": Told(places)}
    return Release("supply", starts_on, groups)


def _places(course: Course) -> int:
    left = [
        run.places_left if run.places_left is not None else run.places or 0
        for run in course.instances
        if not run.is_full
    ]
    return sum(left)


def _parts(course: Course, ground: CityGround, tags: Taught) -> Iterator[tuple[str, str]]:
    yield "level", course.level.value if course.level else ""
    for run in course.instances or (CourseInstance(),):
        yield "delivery", run.delivery.value if run.delivery else ""
        yield "price", _band(run.cost)
        for pattern in run.patterns:
            yield "pattern", pattern.value
        point = run.venue.point if run.venue else None
        if point is not None and (ward := ground.ward_of(point.lat, point.lon)):
            yield "ward", ward.casefold()
    for competence, _ in tags.get(course.id, ()):
        yield "competence", competence


def _band(cost: Decimal | None) -> str:
    if cost is None:
        return ""
    if not cost:
        return "free"
    return next((name for name, most in BANDS if cost <= most), "more")
