"""Reading files in tests: a reading over bytes, a catalogue in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot.courses.importing import (
    ImportReport,
    KnownCourse,
    Origin,
    Progress,
    Reading,
    Rejection,
    Source,
    StoredCourse,
    import_courses,
    read_courses,
)
from bot.courses.importing.records import Finding
from bot.courses.records import Course, Point

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
ORIGIN = Origin("manchester", "Test College")


@dataclass
class Found:
    """What one reading of a file gave."""

    format: str
    courses: list[Course]
    rejected: list[Rejection]
    warnings: list[Finding]

    def reasons(self) -> list[tuple[str, str, str]]:
        return [(each.where, each.field, _last(each)) for each in self.rejected]

    def warned(self) -> list[tuple[str, str, str]]:
        return [(each.where, each.field, _last(each)) for each in self.warnings]


def _last(finding: Finding) -> str:
    return finding.reason.id.removeprefix("imports.reason.")


def read(path: Path, origin: Origin = ORIGIN, venues: Path | None = None) -> Found:
    reading = Reading(origin, Source(path, path.name, venues=venues))
    with read_courses(reading) as opened:
        items = list(opened.items)
    return Found(
        str(opened.format),
        [each for each in items if isinstance(each, Course)],
        [each for each in items if isinstance(each, Rejection)],
        reading.warnings.listed,
    )


def read_text(folder: Path, text: str | bytes, name: str = "file", **options: object) -> Found:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(path, **options)  # type: ignore[arg-type]


def locate(postcode: str) -> Point | None:
    return {"M15 5FQ": Point(53.465, -2.247)}.get(postcode)


@dataclass
class MemoryCatalogue:
    """A catalogue that remembers how it was written to."""

    known: dict[str, KnownCourse] = field(default_factory=dict)
    courses: dict[str, Course] = field(default_factory=dict)
    batches: list[int] = field(default_factory=list)

    def list_known(self, city: str, provider: str) -> Mapping[str, KnownCourse]:
        return dict(self.known)

    def put_courses(
        self, city: str, provider: str, courses: Sequence[StoredCourse], at: datetime
    ) -> None:
        self.batches.append(len(courses))
        for each in courses:
            self.known[each.course.id] = KnownCourse(each.hash, is_active=True)
            self.courses[each.course.id] = each.course

    def withdraw_courses(self, city: str, ids: Sequence[str], at: datetime) -> None:
        for id_ in ids:
            self.known[id_] = KnownCourse(self.known[id_].hash, is_active=False)


def bring_in(
    store: MemoryCatalogue,
    path: Path,
    *,
    origin: Origin = ORIGIN,
    is_dry_run: bool = False,
    allows_withdrawals: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> ImportReport:
    return import_courses(
        Source(path, path.name),
        origin,
        store,
        now=NOW,
        is_dry_run=is_dry_run,
        allows_withdrawals=allows_withdrawals,
        progress=progress,
    )
