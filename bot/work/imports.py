"""Imports into the database: the catalogue's store over units of work, and the run's record."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import orjson

from bot.courses.importing import (
    ImportReport,
    KnownCourse,
    Origin,
    Progress,
    Say,
    Source,
    StoredCourse,
    import_courses,
)
from bot.courses.phrases import Phrase
from bot.errors import ImportRefused
from bot.skills.tagging import Rules
from bot.work.samples import real_import_mark
from bot.work.tagging import put_courses
from storage import Database, Unit
from storage.listings import ImportRun

FINDINGS = "findings"
KEPT_FINDINGS = 500
"""Of each sort, with a run: more would hold the only writer up, and nobody reads them all."""


def source_of(provider: str) -> str:
    """Return the catalogue's name for a provider's imports; case and spacing do not matter."""
    return "provider:" + " ".join(provider.split()).casefold()


class DatabaseCatalogue:
    """The catalogue of a database, written in short units so that turns get in between."""

    def __init__(self, database: Database, rules: Rules | None = None) -> None:
        self._database = database
        self._rules = rules

    def list_known(self, city: str, provider: str) -> Mapping[str, KnownCourse]:
        """Return by id every course that ever came from this provider's imports."""
        source = source_of(provider)
        return self._database.read_now(lambda unit: unit.catalogue.known(city, source))

    def put_courses(
        self,
        city: str,
        provider: str,
        courses: Sequence[StoredCourse],
        at: datetime,  # noqa: ARG002  the unit has the clock
    ) -> None:
        """Add or replace courses, with what they teach."""
        self._database.write_now(put_courses(city, source_of(provider), courses, self._rules))

    def withdraw_courses(
        self,
        city: str,
        ids: Sequence[str],
        at: datetime,  # noqa: ARG002  the unit has the clock
    ) -> None:
        """Mark courses as withdrawn."""
        self._database.write_now(lambda unit: unit.catalogue.withdraw(city, ids))


def import_into(
    database: Database,
    source: Source,
    origin: Origin,
    *,
    say: Say,
    now: datetime,
    is_dry_run: bool = False,
    allows_withdrawals: bool = False,
    withdraw_at_most: int = 0,
    progress: Callable[[Progress], None] | None = None,
    rules: Rules | None = None,
    run: str = "",
) -> ImportReport:
    """Import a file and record the run, refused ones too. It blocks: give it its own thread.

    Args:
        say: Puts the reasons into words, as they are kept with the run.
        withdraw_at_most: So many courses may go, even if that is more than 40 %.
        rules: By which it is worked out what courses teach; those that are shipped where None.
        run: The run that it belongs to, a trial's too; a new one where empty.

    Raises:
        ImportRefused: the file cannot be imported; the run says why.
        StorageError: the database cannot do its work.
    """
    if not run and not is_dry_run:
        run = _start(database, origin, source)
    try:
        report = import_courses(
            source,
            origin,
            DatabaseCatalogue(database, rules),
            now=now,
            is_dry_run=is_dry_run,
            allows_withdrawals=allows_withdrawals,
            withdraw_at_most=withdraw_at_most,
            progress=_noting(database, run, progress) if run else progress,
        )
    except ImportRefused as refusal:
        if run:
            why = say(Phrase(refusal.text_id, refusal.values))
            _finish(database, run, {"refused": why, "name": source.name})
        raise
    if run:
        _keep_findings(database, run, origin.city, report.to_json(say))
        _finish(database, run, {**_kept(report, say), "name": source.name})
    if _has_courses(report):
        _note_real(database, origin.city, now)
    return report


def _start(database: Database, origin: Origin, source: Source) -> str:
    return database.write_now(
        lambda unit: unit.imports.start(origin.city, origin.provider, source.address)
    )


def _note_real(database: Database, city: str, now: datetime) -> None:
    """Note that a city has courses of its own: its samples may go."""
    mark = real_import_mark(city)
    database.write_now(lambda unit: unit.marks.put(mark, now.isoformat()))


def _has_courses(report: ImportReport) -> bool:
    """Whether courses of the file stand in the catalogue now."""
    is_stored = not (report.is_dry_run or report.is_stopped)
    return is_stored and bool(report.new or report.changed or report.unchanged)


def _kept(report: ImportReport, say: Say) -> dict[str, object]:
    """Return what is kept of a report: its counts, and the first findings of each sort."""
    told = report.to_json(say)
    for name in ("rejected", "warnings"):
        told[name] = told[name][:KEPT_FINDINGS]
    return told


def _noting(
    database: Database, run: str, progress: Callable[[Progress], None] | None
) -> Callable[[Progress], None]:
    """Return what keeps how far a run is, for whoever watches it."""

    def note(done: Progress) -> None:
        database.write_now(lambda unit: unit.imports.note(run, done.step, done.courses))
        if progress is not None:
            progress(done)

    return note


def _keep_findings(database: Database, run: str, city: str, told: Mapping[str, Any]) -> None:
    """Keep everything that was found, where that is more than stands in the report."""
    found = {kind: told[kind] for kind in ("rejected", "warnings")}
    if all(len(each) <= KEPT_FINDINGS for each in found.values()):
        return
    body = zlib.compress(orjson.dumps(found))
    database.write_now(lambda unit: unit.imports.put_part(run, city, FINDINGS, 0, body, ""))


def findings_of(unit: Unit, run: ImportRun) -> dict[str, list[dict[str, str]]]:
    """Return what a run found, by "rejected" and "warnings": where, field and reason in words."""
    kept = unit.imports.find_part(run.id, FINDINGS, 0)
    found = run.report if kept is None else orjson.loads(zlib.decompress(kept[1]))
    return {kind: list(found.get(kind, ())) for kind in ("rejected", "warnings")}


def _finish(database: Database, run: str, report: Mapping[str, object]) -> None:
    database.write_now(lambda unit: unit.imports.finish(run, report))
