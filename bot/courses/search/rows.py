"""The facts of every run of every course, packed so that filters read them quickly."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from datetime import date, time
from enum import StrEnum
from typing import Final

from bot.courses.records import (
    Course,
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
from bot.courses.search.skills import NO_SKILLS, SkillRows, Skills

EVENING_FROM = time(17)
NO_RUN: Final = CourseInstance()


def _bits() -> dict[str, int]:
    groups: Sequence[tuple[str, Sequence[object]]] = (
        ("weekdays", range(7)),
        ("patterns", list(Pattern)),
        ("delivery", list(Delivery)),
        ("study_modes", list(StudyMode)),
        ("levels", list(Level)),
        ("kinds", list(Kind)),
        ("support", list(Support)),
        ("free", ["yes"]),
    )
    names = [f"{group}:{_name(value)}" for group, values in groups for value in values]
    return {name: 1 << at for at, name in enumerate(names)}


def _name(value: object) -> str:
    return value.value if isinstance(value, StrEnum) else str(value)


BITS: Final = _bits()
GROUPS: Final = {
    group: sum(bit for name, bit in BITS.items() if name.startswith(f"{group}:"))
    for group in ("weekdays", "patterns", "delivery", "study_modes", "levels", "kinds", "support")
}
_DAY = [BITS[f"weekdays:{day}"] for day in range(7)]
_OF: Final[dict[StrEnum, int]] = {
    member: BITS[f"{group}:{member.value}"]
    for group, kind in (("patterns", Pattern), ("delivery", Delivery), ("study_modes", StudyMode),
        ("levels", Level), ("kinds", Kind), ("support", Support))
    for member in kind
}  # fmt: skip
_FREE = BITS["free:yes"]
_EVENING, _DAYTIME, _WEEKEND = _OF[Pattern.EVENING], _OF[Pattern.DAYTIME], _OF[Pattern.WEEKEND]


class Rows:
    """One row for each run of each course; a course without runs has one row without facts.

    Attributes:
        masks: For each row, the facts that are known (`BITS`).
        starts: For each document, its first row; one more at the end.
        points: For each row, where it is held, None where not known.
        known: All facts that some row knows.
        skills: What the documents teach.
    """

    def __init__(
        self,
        courses: Sequence[Course],
        of_venue: Callable[[Venue], Point | None],
        skills: Skills = NO_SKILLS,
    ) -> None:
        self.skills = SkillRows(courses, skills)
        self.masks = array("Q")
        self.starts = array("I")
        self.points: list[Point | None] = []
        self.known = 0
        self.languages: set[str] = set()
        self._said: set[str] = set()
        for course in courses:
            self.starts.append(len(self.masks))
            shared = _course_mask(course)
            self.languages.update(code.lower().split("-")[0] for code in course.languages)
            for run in course.instances or (NO_RUN,):
                mask = shared | (_run_mask(run) if run is not NO_RUN else 0)
                self.masks.append(mask)
                self.points.append(of_venue(run.venue) if run.venue is not None else None)
                self.known |= mask
                if run is not NO_RUN:
                    self._note(run)
        self.starts.append(len(self.masks))

    def _note(self, run: CourseInstance) -> None:
        said = self._said
        if run.start_time is not None or run.sessions:
            said.add("hours")
        if run.cost is not None:
            said.add("cost")
        if run.start_date is not None or run.is_flexible_start:
            said.add("starts")
        if run.venue is not None:
            said.add("place")

    def unknown(self) -> frozenset[str]:
        """Names of filters about which no course of the catalogue says anything."""
        groups = ("weekdays", "patterns", "delivery", "study_modes", "levels")
        found = {name for name in groups if not self.known & GROUPS[name]}
        found |= {name for name in ("hours", "starts", "place") if name not in self._said}
        if "cost" not in self._said:
            found |= {"free", "max_price"}
        if "hours" in found and "patterns" in found:
            found.add("part")
        if "levels" in found and not self.known & BITS[f"support:{Support.BEGINNERS}"]:
            found.add("stage")
        return frozenset(found)


def _course_mask(course: Course) -> int:
    mask = _OF[course.kind]
    if course.level is not None:
        mask |= _OF[course.level]
    for support in course.support:
        mask |= _OF[support]
    return mask


def _run_mask(run: CourseInstance) -> int:
    mask = 0
    for day in weekdays_of(run):
        mask |= _DAY[day]
    for pattern in run.patterns:
        mask |= _OF[pattern]
    if not run.patterns:
        mask |= _pattern_from(run, mask)
    if run.delivery is not None:
        mask |= _OF[run.delivery]
    if run.study_mode is not None:
        mask |= _OF[run.study_mode]
    return mask | _FREE if run.cost is not None and run.cost == 0 else mask


def weekdays_of(run: CourseInstance) -> Sequence[int]:
    """The days on which a run is held: its pattern's, its sessions', or its only day's."""
    if run.weekdays:
        return [day for day in run.weekdays if 0 <= day < 7]
    if run.sessions:
        return sorted({session.start_at.weekday() for session in run.sessions})
    if run.start_date is not None and run.start_date == run.end_date:
        return (run.start_date.weekday(),)
    return ()


def start_time_of(run: CourseInstance) -> time | None:
    """When in the day a run begins, None where nobody says."""
    if run.start_time is None and run.sessions:
        return run.sessions[0].start_at.time()
    return run.start_time


def start_date_of(run: CourseInstance) -> date | None:
    """The first day of a run, None where nobody says."""
    if run.start_date is None and run.sessions:
        return min(session.start_at for session in run.sessions).date()
    return run.start_date


def _pattern_from(run: CourseInstance, days: int) -> int:
    """The part of the week that days and hours tell where the provider names none."""
    mask = 0
    if days and not days & ~(_DAY[5] | _DAY[6]):
        mask |= _WEEKEND
    start = start_time_of(run)
    if start is not None:
        mask |= _EVENING if start >= EVENING_FROM else 0 if mask else _DAYTIME
    return mask


def is_past(run: CourseInstance, today: date) -> bool:
    """Whether a run is over, or has begun and cannot be joined any more."""
    if run.is_flexible_start:
        return run.end_date is not None and run.end_date < today
    if run.sessions:
        return all(session.start_at.date() < today for session in run.sessions)
    last = run.end_date or run.start_date
    if run.apply_by is not None and run.apply_by < today:
        return True
    return last is not None and last < today


def is_full(run: CourseInstance) -> bool:
    """Whether nobody else can come."""
    return run.is_full or run.places_left == 0
