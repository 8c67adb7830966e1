"""A small catalogue in which every fact occurs, for the tests of search."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from bot.courses import (
    Course,
    CourseIndex,
    CourseInstance,
    Delivery,
    Kind,
    Level,
    Pattern,
    Point,
    StudyMode,
    Support,
    Venue,
)

TODAY = date(2026, 11, 2)
MOSS_SIDE = Point(53.457, -2.241)
DIDSBURY = Point(53.416, -2.231)


def run(**values: Any) -> CourseInstance:
    """A run in Moss Side in four weeks, with the values given."""
    standard: dict[str, Any] = {
        "id": "1",
        "start_date": TODAY + timedelta(28),
        "venue": Venue("Moss Side Hall", town="Manchester", point=MOSS_SIDE),
        "delivery": Delivery.IN_PERSON,
    }
    return CourseInstance(**(standard | values))


def course(identity: str, title: str, *runs: CourseInstance, **values: Any) -> Course:
    """A course of Manchester; its provider is its own unless one is given."""
    standard = {"provider": f"Provider {identity}", "city": "manchester", "instances": runs}
    return Course(identity, title=title, **(standard | values))


EVENING = frozenset({Pattern.EVENING})
DAYTIME = frozenset({Pattern.DAYTIME})
FREE = Decimal(0)
COURSES = (
    course(
        "excel-1",
        "Excel for Beginners",
        run(patterns=EVENING, cost=FREE, weekdays=(1,)),
        level=Level.LEVEL_1,
        support={Support.BEGINNERS},
    ),
    course(
        "excel-2",
        "Microsoft Excel Level 2",
        run(patterns=DAYTIME, cost=Decimal(45), weekdays=(3,)),
        level=Level.LEVEL_2,
    ),
    course(
        "excel-3", "Advanced Excel", run(patterns=EVENING, venue=Venue("Old House", point=DIDSBURY))
    ),
    course(
        "edexcel",
        "BTEC Level 3 Diploma in Engineering (Edexcel)",
        run(cost=Decimal(900)),
        level=Level.LEVEL_3,
    ),
    course(
        "plumbing",
        "Plumbing Studies",
        run(weekdays=(0, 2), start_time=time(18, 30), study_mode=StudyMode.PART_TIME),
    ),
    course(
        "care", "Health and Social Care", run(cost=FREE), description="Look after older people."
    ),
    course(
        "yoga",
        "Hatha Yoga",
        run(patterns=frozenset({Pattern.WEEKEND}), weekdays=(5,), cost=Decimal(8)),
    ),
    course(
        "esol",
        "ESOL Entry 2",
        run(patterns=DAYTIME, start_time=time(10), cost=FREE),
        level=Level.ENTRY_2,
        support={Support.CHILDCARE, Support.STEP_FREE},
        languages=("en", "ur"),
    ),
    course("online", "Online Marketing", run(delivery=Delivery.ONLINE, venue=None), min_age=19),
    course("weekend", "Weekend Painting"),
    course("drop-in", "Computer Help", run(), kind=Kind.DROP_IN),
    course("teens", "Coding for Young People", run(start_time=time(16)), min_age=12, max_age=17),
    course("french", "French for Beginners", run(start_date=date(2027, 1, 12))),
    course("childcare", "Childcare Level 3", run(), level=Level.LEVEL_3),
    course("cakes", "Cake Decorating", run(is_full=True)),
    course("bread", "Bread Making", run(start_date=date(2026, 9, 1))),
    course("free", "Gluten Free Baking", run(cost=Decimal(30))),
)


def index(courses: tuple[Course, ...] = COURSES) -> CourseIndex:
    """The catalogue's index."""
    return CourseIndex.build(courses, TODAY)
