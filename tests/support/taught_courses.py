"""A few courses that teach digital skills, with the real looks from a skill to them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from types import SimpleNamespace
from typing import Any

import bot.work.reads.steps as steps
from bot.courses import Course, CourseIndex, CourseInstance, Delivery, Kind, Pattern, Skills, Venue
from bot.courses.records import Point
from bot.work.tagging import frameworks_of
from tests.support.followed_routes import NO_BADGES
from tests.support.told_skills import ToldSkills, shipped

HULME, DIDSBURY = Point(53.465, -2.247), Point(53.416, -2.231)
TODAY = date(2027, 1, 4)
LEVELS = {
    "excel": (("1.3", 2), ("3.1", 1)),
    "files": (("1.3", 1),),
    "sheets": (("1.3", 2),),
    "folders": (("1.3", 1), ("1.3", 2)),
    "bread": (("4.4", 1),),
}


def _course(id_: str, title: str, kind: Kind, **run: Any) -> Course:
    standard: dict[str, Any] = {"id": "1", "delivery": Delivery.IN_PERSON}
    instance = CourseInstance(**(standard | run))
    return Course(id_, "Invented College", title, "manchester", kind=kind, instances=(instance,))


def _at(point: Point) -> Venue:
    return Venue("Hall", town="Manchester", point=point)


COURSES = (
    _course(
        "excel", "Excel for work", Kind.COURSE, start_date=date(2027, 2, 1), venue=_at(HULME),
        cost=Decimal(45), patterns=frozenset({Pattern.EVENING}),
    ),
    _course(
        "files", "Tidy your files", Kind.DROP_IN, start_date=date(2027, 1, 11),
        venue=_at(DIDSBURY), cost=Decimal(0), patterns=frozenset({Pattern.DAYTIME}),
    ),
    _course(
        "sheets", "Sheets in your job", Kind.IN_WORK, start_date=date(2027, 3, 1),
        delivery=Delivery.WORK,
    ),
    _course(
        "folders", "Folders online", Kind.SELF_PACED, delivery=Delivery.ONLINE, cost=Decimal(0),
        is_flexible_start=True,
    ),
    _course(
        "bread", "Baking bread", Kind.COURSE, start_date=date(2027, 2, 1), venue=_at(DIDSBURY),
        cost=Decimal(10),
    ),
)  # fmt: skip


@cache
def index() -> CourseIndex:
    """The courses, indexed with what they teach."""
    skills = Skills(LEVELS, frameworks_of(shipped()))
    return CourseIndex.build(COURSES, TODAY, skills=skills)


class TaughtCourses:
    """The looks from a skill to courses, for whoever told the skills."""

    def __init__(self, told: ToldSkills) -> None:
        self._told = told

    def looks(self) -> dict[str, Callable[..., Any]]:
        """The real looks, over these courses and what was told."""
        found: tuple[Any, ...] = (steps.skills_to_choose, steps.skill_named, steps.recommended)
        return {one.__name__: self._bound(one) for one in found}

    def _bound(self, function: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *args: function(self._context(), *args)

    def _context(self) -> Any:
        told = self._told.context
        pathways = SimpleNamespace(marks=lambda _: {}, list_followed=lambda _: [])
        more = {"pathways": pathways, "badges": NO_BADGES, "now": told.now}
        unit = SimpleNamespace(**{**vars(told.unit), **more})
        catalogue = SimpleNamespace(index=lambda _city: index())
        return SimpleNamespace(**{**vars(told), "unit": unit, "catalogue": catalogue})
