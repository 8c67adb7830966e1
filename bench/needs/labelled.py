"""Needs and courses with a person's word on which course answers which need."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from bench.tagging.labelled import REAL_FILE
from bot.courses.records import Course, CourseInstance, Delivery, Kind, Pattern, Point
from bot.courses.sample import sample_courses
from bot.needs.records import Aim, Fit, Need, Target
from content.load import Content, load
from content.reading import read_yaml

HERE = Path(__file__).parent
TODAY = date(2026, 11, 23)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A need and its labels.

    Attributes:
        labels: 1 or 2 by course name, as in pairs.csv; a course that is missing counts as 0.
    """

    need: Need
    labels: Mapping[str, int]

    @property
    def is_held_out(self) -> bool:
        """Whether it belongs to the third that is scored apart, by a rule fixed beforehand."""
        return int(hashlib.sha256(self.need.id.encode()).hexdigest(), 16) % 3 == 2


def catalogue() -> dict[str, Course]:
    """Return the courses by name; those of the real list only where its file is beside us."""
    return {**dict(_real()), **dict(_samples(load()))}


def labelled() -> list[Labelled]:
    """Return every need with its labels."""
    labels: dict[str, dict[str, int]] = {}
    with (HERE / "pairs.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            labels.setdefault(row["need"], {})[row["course"]] = int(row["label"])
    document: Any = read_yaml(HERE / "needs.yaml", HERE).value
    content = load()
    return [Labelled(_need(key, fields, content), labels[key]) for key, fields in document.items()]


def _need(key: str, fields: Mapping[str, Any], content: Content) -> Need:
    city = content.cities[fields["city"]]
    wards = {ward.name: Point(ward.lat, ward.lon) for ward in city.places_of("ward")}
    return Need(
        id=key,
        targets=tuple(_targets(fields["targets"])),
        words=fields["words"],
        people=int(fields["people"]),
        aim=Aim(fields.get("aim", "developing")),
        by=TODAY + timedelta(days=int(fields["days"])) if "days" in fields else None,
        fit=Fit(
            city=city.id,
            point=wards[fields["place"]] if "place" in fields else None,
            delivery=frozenset(map(Delivery, fields.get("delivery", ()))),
            patterns=frozenset(map(Pattern, fields.get("patterns", ()))),
            max_price=Decimal(fields["max_price"]) if "max_price" in fields else None,
        ),
    )


def _targets(levels: Mapping[str, str]) -> Iterator[Target]:
    for code, way in levels.items():
        now, _, should = way.partition("-")
        yield Target(code, int(now), int(should))


def _samples(content: Content) -> Iterator[tuple[str, Course]]:
    for city in content.cities.values():
        for course in sample_courses(content.samples.get(city.id, ()), city, TODAY):
            yield f"{city.id}/{course.reference}", course


def _real() -> Iterator[tuple[str, Course]]:
    if not REAL_FILE.is_file():
        return
    with REAL_FILE.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 1):
            yield f"real/{number}", _course(number, row)


def _course(number: int, row: Mapping[str, str | None]) -> Course:
    """All of them are free, online, for the whole country and begun when one likes."""
    run = CourseInstance(
        id="1",
        is_flexible_start=True,
        delivery=Delivery.ONLINE,
        cost=Decimal(0),
        duration_text=row.get("study_time") or "",
    )
    return Course(
        id=f"real-{number}",
        provider="a provider",
        title=row.get("title") or "",
        description=row.get("description") or "",
        kind=Kind.SELF_PACED,
        subjects=(row.get("topic") or "",),
        national=True,
        instances=(run,),
    )
