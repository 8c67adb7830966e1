"""What an import is given and what it reports."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from bot.courses.phrases import Phrase
from bot.courses.records import Course, Point

Locate: TypeAlias = "Callable[[str], Point | None]"
"""Finds the point of a postcode; None where it is not known."""

Say: TypeAlias = "Callable[[Phrase], str]"
"""Puts a phrase into the reader's language as plain text."""

KEPT_FINDINGS = 10_000
"""Rejections, and warnings, that a report lists; further ones are only counted."""


def nowhere(_postcode: str) -> Point | None:
    """Know no postcode."""
    return None


@dataclass(frozen=True, slots=True)
class Source:
    """A file to import.

    Attributes:
        path: Where it lies; it is read more than once.
        name: What people know it by: its file name or web address.
        address: The web address it came from, against which relative links are resolved.
        venues: The venues file given beside a national directory file.
    """

    path: Path
    name: str = ""
    address: str = ""
    venues: Path | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose courses are imported, and for which city.

    Attributes:
        city: The city's id.
        provider: The provider's name; it is the scope of a refresh, and it is shown where a
            file does not name the provider of a course itself.
        locate: Finds the point of a venue's postcode.
        time_zone: In which dates with an offset are written down.
        competences: Codes that a provider may name; None accepts whatever looks like one.
    """

    city: str
    provider: str
    locate: Locate = nowhere
    time_zone: str = "Europe/London"
    competences: Collection[str] | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a person should see about one place of a file.

    Attributes:
        where: "row 12", "course 3" or "item 7" as counted from 1.
        field: The column or element.
        reason: What is wrong, as a phrase of `imports.reason.*`.
        course_id: The course it is about, where that much could be read.
    """

    where: str
    field: str
    reason: Phrase
    course_id: str = ""

    def to_json(self, say: Say) -> dict[str, str]:
        """Return where, field and the reason in words."""
        return {"where": self.where, "field": self.field, "reason": say(self.reason)}


@dataclass(frozen=True, slots=True)
class Rejection(Finding):
    """A course that is not imported, and why."""


Item: TypeAlias = Course | Rejection


class Findings:
    """Collects findings up to a limit and counts them all."""

    def __init__(self) -> None:
        self.listed: list[Finding] = []
        self.count = 0

    def add(self, finding: Finding) -> None:
        """Note one more."""
        self.count += 1
        if len(self.listed) < KEPT_FINDINGS:
            self.listed.append(finding)


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a file: whose it is, and the warnings met so far."""

    origin: Origin
    source: Source
    warnings: Findings = field(default_factory=Findings)

    def warn(self, where: str, field: str, reason: str, **values: object) -> None:
        """Note something that did not keep a course out."""
        self.warnings.add(Finding(where, field, Phrase(f"imports.reason.{reason}", values)))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import has come: courses so far, in the step `reading` or `storing`."""

    step: str
    courses: int


@dataclass(frozen=True, slots=True)
class KnownCourse:
    """What the catalogue holds of a course: its hash, and whether it is offered now."""

    hash: bytes
    is_active: bool


@dataclass(frozen=True, slots=True)
class StoredCourse:
    """A course to add or replace, with its body as `bodies.dump_course` gives it."""

    course: Course
    body: bytes
    hash: bytes


class CatalogueStore(Protocol):
    """Where an import puts courses. Each call is one short transaction of its own."""

    def list_known(self, city: str, provider: str) -> Mapping[str, KnownCourse]:
        """Return by id every course ever imported for this city and importing provider."""

    def put_courses(
        self, city: str, provider: str, courses: Sequence[StoredCourse], at: datetime
    ) -> None:
        """Add the courses, or replace those with the same id; they become active."""

    def withdraw_courses(self, city: str, ids: Sequence[str], at: datetime) -> None:
        """Mark the courses withdrawn; they are kept for those who saved them."""


@dataclass(slots=True)
class ImportReport:
    """What an import did, or would do.

    Attributes:
        format: The format's name, such as `xcri-cap` or `template-csv`.
        new, changed, unchanged, withdrawn: Numbers of courses.
        rejected: Courses kept out, with `rejected_count` counting also those not listed.
        warnings: What was imported but should be looked at, likewise counted.
        is_stopped: Nothing was stored, because `withdrawn` courses would have gone, more than
            the allowed share; allow withdrawals and import again.
        is_dry_run: Nothing was stored, as asked.
    """

    format: str = ""
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    rejected: list[Finding] = field(default_factory=list)
    rejected_count: int = 0
    warnings: list[Finding] = field(default_factory=list)
    warnings_count: int = 0
    is_stopped: bool = False
    is_dry_run: bool = False

    def to_json(self, say: Say) -> dict[str, Any]:
        """Return the report as JSON values, reasons in words."""
        return {
            "format": self.format,
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "withdrawn": self.withdrawn,
            "rejected": [each.to_json(say) for each in self.rejected],
            "rejected_count": self.rejected_count,
            "warnings": [each.to_json(say) for each in self.warnings],
            "warnings_count": self.warnings_count,
            "stopped": self.is_stopped,
            "dry_run": self.is_dry_run,
        }
