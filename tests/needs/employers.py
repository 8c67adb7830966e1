"""Needs, courses and provisions for tests, all of them open and fitting unless said otherwise."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from bot.courses.records import Course, CourseInstance, Delivery, Kind, Pattern, Point, Venue
from bot.needs import Fit, Need, Provision, Target
from bot.skills.tagging import Tag

TODAY = date(2026, 11, 23)
HERE = Point(53.48, -2.24)


def run(**changes: Any) -> CourseInstance:
    known: dict[str, Any] = {
        "id": "1",
        "start_date": TODAY + timedelta(days=30),
        "delivery": Delivery.IN_PERSON,
        "patterns": frozenset({Pattern.EVENING}),
        "cost": Decimal(20),
        "places": 12,
        "venue": Venue(name="Hall", point=HERE),
    }
    return CourseInstance(**known | changes)


def course(key: str = "a", *runs: CourseInstance, **changes: Any) -> Course:
    known: dict[str, Any] = {
        "id": key,
        "provider": "P",
        "title": f"Course {key}",
        "city": "manchester",
        "kind": Kind.COURSE,
        "instances": runs or (run(),),
    }
    return Course(**known | changes)


def teaching(one: Course, **levels: int) -> Provision:
    """Return a course with tags: `c13=2` is competence 1.3 at level 2."""
    codes = {f"{name[1]}.{name[2]}": level for name, level in levels.items()}
    return Provision(one, tuple(Tag(code, level) for code, level in sorted(codes.items())))


def need(*targets: Target, **changes: Any) -> Need:
    known: dict[str, Any] = {
        "id": "n",
        "targets": targets or (Target("1.3", 1, 2),),
        "people": 4,
        "fit": Fit(city="manchester", point=HERE, max_price=Decimal(50)),
    }
    return Need(**known | changes)
