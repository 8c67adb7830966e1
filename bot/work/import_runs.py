"""Runs of imports as they are stored, told as staff see them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.courses.keeping.running import CUT_OFF_AFTER, TRIAL, FaultyRow, FeedLine, Run
from bot.work.feeds import IMPORTED, STOPPED, UNCHANGED
from bot.work.imports import findings_of
from storage import Unit
from storage.listings import Feed, ImportRun

COUNTS = ("new", "changed", "unchanged", "withdrawn")
FILE, VENUES = "file", "venues"


def run_of(unit: Unit, stored: ImportRun, now: datetime) -> Run:
    """Return a run as staff see it."""
    report = stored.report
    return Run(
        id=stored.id,
        city=stored.city,
        provider=stored.source,
        name=stored.address or str(report.get("name", "")),
        state=_state(stored, now),
        started_at=stored.started_at,
        ended_at=stored.ended_at,
        is_trial=stored.kind == TRIAL,
        format=str(report.get("format", "")),
        refused=str(report.get("refused", "")),
        counts={name: int(report.get(name, 0)) for name in COUNTS}
        | {name: _count(report, name) for name in ("rejected", "warnings")},
        step=stored.step,
        courses=stored.courses,
        made_by=stored.made_by,
        feed=stored.feed,
        has_file=FILE in unit.imports.name_parts(stored.id),
    )


def _state(stored: ImportRun, now: datetime) -> str:
    report = stored.report
    if stored.ended_at is None:
        return "running" if now - stored.started_at < CUT_OFF_AFTER else "cut_off"
    if report.get("refused"):
        return "refused"
    if report.get("same"):
        return "same"
    if report.get("stopped"):
        return "stopped"
    return "tried" if stored.kind == TRIAL else "done"


def _count(report: Any, name: str) -> int:
    return int(report.get(f"{name}_count", len(report.get(name, ()))))


def line_of(unit: Unit, feed: Feed, now: datetime) -> FeedLine:
    """Return a feed with its last run."""
    last = unit.imports.list_latest(feed.city, 1, source=feed.provider)
    is_fine = feed.last_status in ("", UNCHANGED, IMPORTED, STOPPED)
    return FeedLine(
        id=feed.id,
        city=feed.city,
        provider=feed.provider,
        address=feed.address,
        interval_hours=feed.interval_hours,
        is_on=feed.is_on,
        next_at=feed.next_at,
        fetched_at=feed.fetched_at,
        failures=feed.failures,
        problem="" if is_fine else feed.last_status,
        last=run_of(unit, last[0], now) if last else None,
    )


def rows_of(unit: Unit, stored: ImportRun) -> tuple[FaultyRow, ...]:
    """Return every row that was kept out, then every one that is worth a look."""
    found = findings_of(unit, stored)
    return tuple(
        FaultyRow(one.get("where", ""), one.get("field", ""), one.get("reason", ""), is_out)
        for kind, is_out in (("rejected", True), ("warnings", False))
        for one in found[kind]
    )
