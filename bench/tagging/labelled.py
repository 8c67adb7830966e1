"""Courses with the competences that a person named for them, before any rule was written."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.courses.records import Course, Kind
from bot.courses.sample import sample_courses
from content.load import load
from content.tagging import LEVELS

HERE = Path(__file__).parent
REAL_FILE = HERE.resolve().parents[2] / "shared" / "data" / "courses" / "skills_toolkit_courses.csv"
ANY_DAY = date(2026, 11, 23)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A course and its labels.

    Attributes:
        name: As in labels.csv.
        labels: Level (1 to 4) by competence.
    """

    name: str
    course: Course
    labels: Mapping[str, int]

    @property
    def is_held_out(self) -> bool:
        """Whether it belongs to the third that is scored apart, by a rule fixed beforehand."""
        return int(hashlib.sha256(self.name.encode()).hexdigest(), 16) % 3 == 0


def labelled() -> list[Labelled]:
    """Return every labelled course; those of the real list only where its file is beside us."""
    courses = {**dict(_real()), **dict(_samples())}
    with (HERE / "labels.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        Labelled(row["course"], courses[row["course"]], dict(_labels(row["tags"])))
        for row in rows
        if row["course"] in courses
    ]


def _labels(text: str) -> Iterator[tuple[str, int]]:
    for one in text.split():
        code, _, level = one.partition("=")
        yield code, 1 + LEVELS.index(level)


def _samples() -> Iterator[tuple[str, Course]]:
    content = load()
    for city in content.cities.values():
        for course in sample_courses(content.samples.get(city.id, ()), city, ANY_DAY):
            yield f"{city.id}/{course.reference}", course


def _real() -> Iterator[tuple[str, Course]]:
    if not REAL_FILE.is_file():
        return
    with REAL_FILE.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 1):
            yield f"real/{number}", _course(number, row)


def _course(number: int, row: Mapping[str, str | None]) -> Course:
    is_self_paced = row.get("study_type") == "Self-paced"
    return Course(
        id=f"real-{number}",
        provider="a provider",
        title=row.get("title") or "",
        description=row.get("description") or "",
        kind=Kind.SELF_PACED if is_self_paced else Kind.COURSE,
        subjects=(row.get("topic") or "",),
        national=True,
    )
