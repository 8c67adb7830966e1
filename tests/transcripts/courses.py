"""The small catalogue of every transcript: invented courses on fixed days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from decimal import Decimal

from bot.courses.records import (
    Course,
    CourseInstance,
    Delivery,
    Kind,
    Level,
    Pattern,
    Point,
    Support,
    Venue,
)

HALL = Venue(
    name="Invented Hall",
    address="1 Example Street",
    town="Manchester",
    postcode="M15 5RX",
    point=Point(53.465, -2.248),
)
LIBRARY = Venue(name="Invented Library", town="Manchester", point=Point(53.48, -2.24))
PROVIDER = "Invented College"


def _evening(key: str, first: date, last: date, cost: str = "45") -> CourseInstance:
    return CourseInstance(
        id=key,
        start_date=first,
        end_date=last,
        weekdays=(1,),
        start_time=time(18, 30),
        end_time=time(20, 30),
        patterns=frozenset({Pattern.EVENING}),
        delivery=Delivery.IN_PERSON,
        venue=HALL,
        cost=Decimal(cost),
        places=12,
        apply_by=date(2027, 1, 8),
        apply_url="https://college.example/excel",
    )


EXCEL = Course(
    id="excel",
    provider=PROVIDER,
    title="Excel for work",
    city="manchester",
    summary="Learn to use spreadsheets for work.",
    who_for="Anybody who uses a computer at work.",
    leads_to="Excel, the next step.",
    level=Level.LEVEL_1,
    level_text="Level 1",
    subjects=("Spreadsheets",),
    languages=("en",),
    support=frozenset({Support.BEGINNERS, Support.STEP_FREE}),
    instances=(
        _evening("excel-1", date(2027, 1, 12), date(2027, 3, 16)),
        _evening("excel-2", date(2027, 4, 13), date(2027, 6, 15), "0"),
    ),
)
MORE_EXCEL = Course(
    id="excel2",
    provider="Invented Trust",
    title="Excel, the next step",
    city="manchester",
    summary="Formulas and charts in spreadsheets.",
    subjects=("Spreadsheets",),
    contact="0161 496 0000",
    instances=(
        CourseInstance(
            id="next-1",
            start_date=date(2027, 2, 6),
            weekdays=(5,),
            start_time=time(10),
            end_time=time(12),
            patterns=frozenset({Pattern.WEEKEND}),
            delivery=Delivery.IN_PERSON,
            venue=LIBRARY,
            cost=Decimal(0),
        ),
    ),
)
BREAD = Course(
    id="bread",
    provider="Invented Kitchen",
    title="Baking bread",
    city="manchester",
    kind=Kind.EVENT,
    summary="Bake two loaves and take them home.",
    subjects=("Cooking",),
    support=frozenset({Support.CHILDCARE}),
    instances=(
        CourseInstance(
            id="bread-1",
            start_date=date(2026, 12, 5),
            end_date=date(2026, 12, 5),
            start_time=time(10),
            end_time=time(13),
            delivery=Delivery.IN_PERSON,
            venue=HALL,
            cost=Decimal("7.50"),
            is_full=True,
        ),
    ),
)
POTTERY = Course(
    id="pottery",
    provider="Invented Workshop",
    title="Pottery online",
    city="manchester",
    summary="Make a bowl at your own table.",
    subjects=("Crafts",),
    instances=(CourseInstance(id="pottery-1", is_flexible_start=True, delivery=Delivery.ONLINE),),
)
WELSH = Course(
    id="welsh",
    provider="Coleg Dychmygol",
    title="Welsh for beginners",
    city="swansea",
    summary="First words of Welsh.",
    subjects=("Welsh",),
    instances=(CourseInstance(id="welsh-1", start_date=date(2027, 1, 20), cost=Decimal(0)),),
)

PAINTING = Course(
    id="painting",
    provider="Invented Workshop",
    title="Painting for beginners",
    city="manchester",
    summary="Colour, light and a bowl of fruit.",
    subjects=("Art",),
    instances=(CourseInstance(id="painting-1", start_date=date(2027, 1, 16), venue=LIBRARY),),
)
MOVED_EXCEL = replace(EXCEL, instances=(_evening("excel-1", date(2027, 1, 19), date(2027, 3, 23)),))

COURSES = {"manchester": (EXCEL, MORE_EXCEL, BREAD, POTTERY), "swansea": (WELSH,)}
LATER = {"adds painting": PAINTING, "moves excel": MOVED_EXCEL}
