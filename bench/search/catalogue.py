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


@cache
def forms() -> dict[str, Any]:
    """How titles, texts and venues are made."""
    found: dict[str, Any] = yaml.safe_load((HERE / "forms.yaml").read_text("utf-8"))
    return found


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
    body = dice.choice(forms()["bodies"])
    texts = dice.sample(forms()["texts"], 3) if described else []
    support = frozenset(s for s in Support if dice.random() < 0.12)
    return Course(
        id=identity,
        provider=dice.choice(forms()["providers"]),
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
    form = dice.choice(forms()["titles"][style])
    kind = dice.choice(forms()["awards"])
    title = form.format(
        s=subject,
        n=n,
        e=e,
        body=dice.choice(forms()["bodies"]),
        kind=kind,
        award=f"Level {n} {kind}",
        upper=subject.upper(),
    )
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
            "weekdays": (dice.choice([5, 6]),)
            if pattern == Pattern.WEEKEND
            else (dice.randrange(5),),
            "start_time": time(hour.get(pattern.value, 10), dice.choice([0, 30])),
        }
    if dice.random() < 0.2:
        values["delivery"] = Delivery.ONLINE
    else:
        name, town, postcode, lat, lon = dice.choice(forms()["venues"])
        values |= {
            "delivery": Delivery.IN_PERSON,
            "venue": Venue(name=name, town=town, postcode=postcode, point=Point(lat, lon)),
        }
    if dice.random() < 0.7:
        values["cost"] = dice.choice(
            [Decimal(0), Decimal(0), Decimal(25), Decimal(60), Decimal(150), Decimal(900)]
        )
    return CourseInstance(id=str(number), is_full=dice.random() < 0.05, **values)
