"""Catalogues in the manner of the United Kingdom's adult and further education, made by rule."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.courses import (
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

TODAY = date(2026, 11, 2)
HERE = Path(__file__).parent
BODIES = [
    "Edexcel", "City & Guilds", "OCR", "AQA", "NCFE", "CACHE", "BCS", "VTCT", "ABC", "NOCN", "Ascentis",
    "Trinity", "ITEC", "Pearson", "ILM", "CMI", "AAT", "HABIA", "Gateway", "IMI", "Highfield", "EAL",
]  # fmt: skip
TITLES: dict[str, list[str]] = {
    "vocational": [
        "{award} in {s}", "{award} in {s} ({body})", "{s} Level {n}", "{s} - Level {n} {kind}", "Level {n} {kind} in {s}", "NVQ Level {n} in {s}",
        "{body} Level {n} {kind} in {s}", "BTEC Level {n} {kind} in {s} (Edexcel)", "Diploma in {s} - Level {n}", "Introduction to {s}", "{s} NVQ {n}",
        "{body} {s} Level {n} (QCF)", "Apprenticeship - {s} Level {n}", "{s} (Intermediate Apprenticeship)", "Advanced {s}", "{kind} in {s}", "{s}", "{upper} LEVEL {n}",
        "{s} Award Level {n}", "{s} {kind} - Evening", "Level {n} {s} (part time)", "Award in {s} (Level {n})", "Principles of {s} Level {n}", "Certificate in the Principles of {s}",
    ],
    "short": [
        "{s}", "{s} for Beginners", "{s} Workshop", "{s} - Taster", "{s} - One Day Course", "Introduction to {s}", "{s} Awareness", "{s} Refresher",
        "{s} Level {n}", "{body} Award in {s}", "Award in {s} ({body}) Level {n}", "Essential {s}", "{s} Update", "{s} (Online)", "Getting Started with {s}", "Certificate in {s} - Distance Learning",
    ],
    "digital": [
        "{s}", "{s} for Beginners", "{s} - Introduction", "{s} - Intermediate", "{s} Advanced", "{s} for the Terrified", "{s} Taster", "{s} Level {n}", "{s} 2010", "{s} 2016 Intermediate",
        "BCS {s} Level {n}", "Level {n} {kind} in {s}", "BTEC Level {n} Diploma in {s}", "Improve Your {s}", "Get Started with {s}", "{s}: Next Steps", "{s} Workshop", "{s} Part 2", "{upper}", "{s} - Drop in",
    ],
    "leisure": [
        "{s}", "{s} for Beginners", "{s} - Beginners", "{s} - Improvers", "{s} - Intermediate", "{s} - Mixed Ability", "{s} Workshop", "{s} - All Levels", "Introduction to {s}", "{s} - Day School",
        "{s} Taster", "{s} (Saturday)", "{s} Evening Class", "Creative {s}", "An Introduction to {s}", "{s} for All", "{s} 1", "{s} 2", "{s}: Techniques and Styles", "Weekend {s}", "{s} for Improvers Term 2", "Learn {s}", "{s} - continuing", "{upper}",
    ],
    "language": [
        "{s} for Beginners", "{s} Beginners", "{s} Improvers", "{s} Intermediate", "{s} Advanced", "{s} Conversation", "{s} Level {n}", "{s} Stage {n}", "{s} GCSE", "GCSE {s}", "A Level {s}", "{s} for Holidays", "Get by in {s}", "{s} Year 2", "{s} - Post GCSE", "Business {s}", "{s} Entry 3",
        "{s} Lower Intermediate", "{s} Language and Culture", "Certificate in {s} Level {n}", "{s} Beginners Plus", "NVQ Units in {s} Level {n}",
    ],
    "basic": [
        "{s}", "{s} Entry {e}", "{s} Entry Level {e}", "{s} Level {n}", "{s} - Pre Entry", "{body} Entry Level Award in {s}", "{s} E{e}", "{s} (Community)", "Award in {s} (Entry {e})", "Certificate in {s} (Entry {e})",
        "{s} Level 1 and 2", "{s} Drop In", "{s} - Full Time", "City & Guilds {s} (Entry Level {e})", "Introductory Award in {s}", "{s} - Women Only", "{s} GCSE", "Pre GCSE {s}",
    ],
    "access": ["Access to HE Diploma ({s})", "Access to Higher Education - {s}", "Access to {s}", "Access to HE {s} Level 3", "Foundation Degree in {s}", "Pre-Access to {s}", "HNC {s}", "HND {s}"],
    "degree": ["BA (Hons) {s}", "BSc (Hons) {s}", "MSc {s}", "MA {s}", "{s} HNC", "{s} HND", "Foundation Degree {s}", "PgCert {s}", "A Level {s}", "AS Level {s}", "A2 {s}", "GCSE {s}", "{s} AS/A2", "PhD {s}", "FdA {s}", "BTEC HND {s}"],
}  # fmt: skip
TEXTS = [
    "This course gives you the knowledge and practical skills for {low}. You will work in a small group with a friendly tutor.",
    "Aimed at people with an interest in {low}, it can lead to further study or a job. No previous experience is needed.",
    "Build your confidence, meet new people and learn {low} at your own pace. Materials are provided; please bring a pen and paper.",
    "You will cover the main topics of {low}, with written and practical assessment, and receive a certificate from {body}.",
    "Suitable for those who already work in this area and want a recognised qualification in {low}. Your employer must support you.",
    "Learners will develop communication, teamwork and IT skills alongside {low}. Childcare may be available; ask the college.",
    "Over ten weeks we look at {low} through discussion, exercises and projects. Some study at home is expected.",
]
PROVIDERS = ["Northgate College", "Mersey Road Adult Learning", "Irwell Training", "Castle Hill Community Centre", "The Learning Barn", "Openfield Institute",
    "Lantern Works", "Harbour City College", "Weavers Workshop", "Sixth Lane Sixth Form", "Beacon Skills", "Kiln Street Studio", "Ashtree Education", "Peoples Hall", "Quayside Training"]  # fmt: skip
VENUES = [
    ("Moss Side Leisure Hall", "Manchester", "M15 5NN", 53.459, -2.246),
    ("Hulme Learning Rooms", "Manchester", "M15 6BA", 53.466, -2.254),
    ("Didsbury House", "Manchester", "M20 2DW", 53.416, -2.231),
    ("Wythenshawe Campus", "Manchester", "M22 5RX", 53.379, -2.266),
    ("Cheetham Hall", "Manchester", "M8 8EP", 53.505, -2.240),
    ("Harpurhey Rooms", "Manchester", "M9 4AF", 53.514, -2.212),
    ("Levenshulme Old Baths", "Manchester", "M19 3PJ", 53.443, -2.191),
    ("Piccadilly Tower", "Manchester", "M1 2BN", 53.480, -2.235),
    ("Chorlton Chapel", "Manchester", "M21 9AN", 53.442, -2.276),
    ("Gorton Hub", "Manchester", "M18 8LD", 53.463, -2.166),
]
AWARDS = ["Award", "Certificate", "Diploma", "Extended Diploma", "Extended Certificate", "Subsidiary Diploma", "Intermediate Certificate", "NVQ Diploma"]  # fmt: skip


@cache
def subjects() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Every (sector, subject, styles)."""
    sectors = yaml.safe_load((HERE / "subjects.yaml").read_text("utf-8"))
    return tuple(
        (sector, subject, tuple(value["style"]))
        for sector, value in sectors.items()
        for subject in value["subjects"]
    )


def courses(count: int, seed: int = 1) -> Iterator[Course]:
    """So many courses, the same ones for the same seed; half have no description."""
    dice = random.Random(seed)
    for number in range(count):
        yield _course(dice, f"{seed}-{number}")


def _course(dice: random.Random, identity: str) -> Course:
    sector, subject, styles = dice.choice(subjects())
    title, level = _title(dice, subject, dice.choice(styles))
    described = dice.random() < 0.5
    body = dice.choice(BODIES)
    texts = dice.sample(TEXTS, 3) if described else []
    support = frozenset(s for s in Support if dice.random() < 0.12)
    return Course(
        id=identity,
        provider=dice.choice(PROVIDERS),
        title=title,
        city="manchester",
        description=" ".join(text.format(low=subject.lower(), body=body) for text in texts),
        kind=Kind.COURSE,
        level=level,
        subjects=(sector,) if dice.random() < 0.5 else (),
        awarded_by=body if dice.random() < 0.3 else "",
        support=support,
        min_age=dice.choice([None, None, 16, 19]),
        instances=tuple(_instance(dice, n) for n in range(dice.choice([0, 1, 1, 1, 2, 3]))),
    )


def _title(dice: random.Random, subject: str, style: str) -> tuple[str, Level | None]:
    n, e = dice.choice([1, 2, 2, 3, 3, 4]), dice.choice([1, 2, 3])
    form = dice.choice(TITLES[style])
    kind = dice.choice(AWARDS)
    title = form.format(
        s=subject, n=n, e=e, body=dice.choice(BODIES), kind=kind, award=f"Level {n} {kind}", upper=subject.upper()
    )  # fmt: skip
    if dice.random() < 0.03:
        title = title.replace(" ", "  ", 1)
    if "{n}" in form or "{award}" in form:
        return title, Level(f"level-{n}")
    return title, Level(f"entry-{e}") if "{e}" in form else None


def _instance(dice: random.Random, number: int) -> CourseInstance:
    values: dict[str, Any] = {}
    if dice.random() < 0.85:
        values["start_date"] = TODAY + timedelta(days=dice.randrange(-30, 300))
    if dice.random() < 0.8:
        pattern = dice.choice(list(Pattern)[:3])
        hour = {"daytime": dice.choice([9, 10, 13]), "evening": dice.choice([18, 19])}
        values |= {
            "patterns": frozenset({pattern}),
            "weekdays": (dice.choice([5, 6]),) if pattern == Pattern.WEEKEND else (dice.randrange(5),),
            "start_time": time(hour.get(pattern.value, 10), dice.choice([0, 30])),
        }  # fmt: skip
    if dice.random() < 0.2:
        values["delivery"] = Delivery.ONLINE
    else:
        name, town, postcode, lat, lon = dice.choice(VENUES)
        values |= {
            "delivery": Delivery.IN_PERSON,
            "venue": Venue(name=name, town=town, postcode=postcode, point=Point(lat, lon)),
        }
    if dice.random() < 0.7:
        values["cost"] = dice.choice([Decimal(0), Decimal(0), Decimal(25), Decimal(60), Decimal(150), Decimal(900)])  # fmt: skip
    return CourseInstance(id=str(number), is_full=dice.random() < 0.05, **values)
