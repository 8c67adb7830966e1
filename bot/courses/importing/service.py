"""An import from file to catalogue: read everything, compare, ask where needed, then store."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import IO

from bot.courses.bodies import body_hash, dump_course, load_course
from bot.courses.importing.reading import read_courses
from bot.courses.importing.records import (
    CatalogueStore,
    Findings,
    ImportReport,
    KnownCourse,
    Origin,
    Progress,
    Reading,
    Rejection,
    Source,
    StoredCourse,
)
from bot.courses.phrases import Phrase
from bot.courses.records import Course

BATCH = 250
"""Courses stored in one transaction: far under 50 ms of the only writer's time."""

ALLOWED_SHARE = 0.4
"""A refresh may withdraw this share of a provider's courses without being asked."""

PROGRESS_EVERY = 1_000
MEMORY_SPOOL = 16 * 1024 * 1024


@dataclass(slots=True)
class _Comparison:
    """Where the courses of a file differ from the catalogue."""

    known: Mapping[str, KnownCourse]
    seen: set[str] = field(default_factory=set)
    kept: set[str] = field(default_factory=set)
    rejected: Findings = field(default_factory=Findings)
    new: int = 0
    changed: int = 0
    unchanged: int = 0

    def vanished(self) -> list[str]:
        gone = (id_ for id_, known in self.known.items() if known.is_active)
        return sorted(id_ for id_ in gone if id_ not in self.seen and id_ not in self.kept)

    def active(self) -> int:
        return sum(known.is_active for known in self.known.values())


def import_courses(
    source: Source,
    origin: Origin,
    store: CatalogueStore,
    *,
    now: datetime,
    is_dry_run: bool = False,
    allows_withdrawals: bool = False,
    withdraw_at_most: int = 0,
    progress: Callable[[Progress], None] | None = None,
) -> ImportReport:
    """Bring a provider's courses in the catalogue to what the file says.

    The whole file is read before anything is stored, so a broken or truncated file changes
    nothing. Storing goes in short transactions; each may be repeated without harm. It blocks:
    run it in a thread of its own.

    Args:
        source: The file.
        origin: Its provider and city.
        store: The catalogue.
        now: When the changes count as made.
        is_dry_run: Report only.
        allows_withdrawals: Go on even if more than 40 % of the courses would be withdrawn.
        withdraw_at_most: Go on even so, if no more courses than these would be.
        progress: Told about every 1,000 courses, in the thread that imports.

    Raises:
        ImportRefused: the file cannot be read as a whole.
        StorageError: the catalogue cannot be read or written.
    """
    tell = progress or _silent
    comparison = _Comparison(store.list_known(origin.city, origin.provider))
    reading = Reading(origin, source)
    with SpooledTemporaryFile(max_size=MEMORY_SPOOL) as spool:
        format_name = _read(reading, comparison, spool, tell)
        vanished = comparison.vanished()
        report = _report(reading, comparison, format_name, len(vanished), is_dry_run)
        most = max(ALLOWED_SHARE * comparison.active(), withdraw_at_most)
        allowed = allows_withdrawals or len(vanished) <= most
        report.is_stopped = not allowed
        if allowed and not is_dry_run:
            _store(spool, vanished, origin, store, now, tell)
    return report


def _silent(_progress: Progress) -> None:
    return None


def _read(
    reading: Reading,
    comparison: _Comparison,
    spool: IO[bytes],
    tell: Callable[[Progress], None],
) -> str:
    with read_courses(reading) as opened:
        for item in opened.items:
            if isinstance(item, Rejection):
                comparison.rejected.add(item)
                comparison.kept.add(item.course_id)
            elif item.id in comparison.seen:
                comparison.rejected.add(_repeated(len(comparison.seen) + 1, item))
            else:
                _compare(comparison, item, spool)
                if len(comparison.seen) % PROGRESS_EVERY == 0:
                    tell(Progress("reading", len(comparison.seen)))
        return opened.format.value


def _repeated(number: int, course: Course) -> Rejection:
    values = {"reference": course.reference, "title": course.title}
    reason = Phrase("imports.reason.repeated", values)
    return Rejection(f"course {number}", "reference", reason, course.id)


def _compare(comparison: _Comparison, course: Course, spool: IO[bytes]) -> None:
    comparison.seen.add(course.id)
    body = dump_course(course)
    known = comparison.known.get(course.id)
    if known is not None and known.is_active and known.hash == body_hash(body):
        comparison.unchanged += 1
        return
    if known is None:
        comparison.new += 1
    else:
        comparison.changed += 1
    spool.write(body + b"\n")


def _report(
    reading: Reading,
    comparison: _Comparison,
    format_name: str,
    withdrawn: int,
    is_dry_run: bool,
) -> ImportReport:
    return ImportReport(
        format=format_name,
        new=comparison.new,
        changed=comparison.changed,
        unchanged=comparison.unchanged,
        withdrawn=withdrawn,
        rejected=comparison.rejected.listed,
        rejected_count=comparison.rejected.count,
        warnings=reading.warnings.listed,
        warnings_count=reading.warnings.count,
        is_dry_run=is_dry_run,
    )


def _store(
    spool: IO[bytes],
    vanished: list[str],
    origin: Origin,
    store: CatalogueStore,
    now: datetime,
    tell: Callable[[Progress], None],
) -> None:
    spool.seek(0)
    stored = 0
    for batch in _batches(spool):
        store.put_courses(origin.city, origin.provider, batch, now)
        stored += len(batch)
        if stored % PROGRESS_EVERY == 0:
            tell(Progress("storing", stored))
    for start in range(0, len(vanished), BATCH):
        store.withdraw_courses(origin.city, vanished[start : start + BATCH], now)


def _batches(spool: IO[bytes]) -> Iterator[list[StoredCourse]]:
    lines = iter(spool)
    while batch := list(islice(lines, BATCH)):
        yield [_stored(line.rstrip(b"\n")) for line in batch]


def _stored(body: bytes) -> StoredCourse:
    return StoredCourse(load_course(body), body, body_hash(body))
