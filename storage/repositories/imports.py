"""Runs of imports, and the addresses that are imported on a schedule."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import orjson
from sqlmodel import col, select

from bot.errors import NotFound
from storage.listings import Feed, ImportRun
from storage.records import Json
from storage.repositories.repository import Repository
from storage.tables.catalogue import FeedRow, ImportPartRow, ImportRow

CLAIMED_FOR = timedelta(minutes=30)


class Imports(Repository):
    """Runs of imports with their reports."""

    __slots__ = ()

    def start(
        self,
        city: str,
        source: str,
        address: str = "",
        *,
        kind: str = "import",
        feed: str = "",
        by: str = "",
    ) -> str:
        """Note that a run begins and return its id.

        Args:
            kind: "import" or "trial".
            feed: The feed's id, where it is one's.
            by: A person's id, where somebody began it.
        """
        row = ImportRow(
            id=self._unit.new_id(),
            city=city,
            source=source,
            address=address,
            started_at=self._unit.now,
            kind=kind,
            feed=feed,
            made_by=self._unit.people.reference_of(by) if by else "",
        )
        self._unit.orm.add(row)
        self._unit.orm.flush()
        return row.id

    def note(self, run: str, step: str, courses: int) -> None:
        """Say how far a run is; one that nobody knows, or that ended, stays as it is."""
        row = self._unit.orm.get(ImportRow, run)
        if row is not None and row.ended_at is None:
            row.step, row.courses = step, courses
            self._unit.orm.flush()

    def finish(self, run: str, report: Mapping[str, Json]) -> None:
        """Store the report of a run.

        Raises:
            NotFound: There is no such run.
        """
        row = self._unit.orm.get(ImportRow, run)
        if row is None:
            raise NotFound("There is no such import run.")
        row.report, row.ended_at = orjson.dumps(report).decode(), self._unit.now
        self._unit.orm.flush()

    def find(self, run: str) -> ImportRun | None:
        """Return a run."""
        row = self._unit.orm.get(ImportRow, run)
        return None if row is None else _run(row)

    def list_latest(
        self, city: str, limit: int = 20, *, source: str = "", has_trials: bool = False
    ) -> list[ImportRun]:
        """Return a city's imports, newest first.

        Args:
            source: Of this source alone, where one is named.
            has_trials: Those too that only said what would change.
        """
        query = select(ImportRow).where(ImportRow.city == city)
        if source:
            query = query.where(ImportRow.source == source)
        if not has_trials:
            query = query.where(ImportRow.kind == "import")
        ordered = query.order_by(col(ImportRow.started_at).desc(), col(ImportRow.id).desc())
        return [_run(row) for row in self._unit.orm.exec(ordered.limit(limit)).all()]

    def list_before(self, city: str, before: datetime | None, limit: int) -> list[ImportRun]:
        """Return a city's runs and trials that began before a moment, newest first."""
        query = select(ImportRow).where(ImportRow.city == city)
        if before is not None:
            query = query.where(ImportRow.started_at < before)
        ordered = query.order_by(col(ImportRow.started_at).desc(), col(ImportRow.id).desc())
        return [_run(row) for row in self._unit.orm.exec(ordered.limit(limit)).all()]

    def put_part(self, run: str, city: str, part: str, number: int, body: bytes, name: str) -> None:
        """Keep a piece of what belongs to a run: "file", "venues" or "findings", from 0 on."""
        self._unit.orm.merge(
            ImportPartRow(
                run=run,
                part=part,
                number=number,
                city=city,
                name=name,
                body=body,
                at=self._unit.now,
            )
        )
        self._unit.orm.flush()

    def find_part(self, run: str, part: str, number: int) -> tuple[str, bytes] | None:
        """Return the name and the bytes of a piece."""
        row = self._unit.orm.get(ImportPartRow, (run, part, number))
        return None if row is None else (row.name, row.body)

    def name_parts(self, run: str) -> set[str]:
        """Return which parts of a run are kept."""
        query = select(ImportPartRow.part).where(ImportPartRow.run == run).distinct()
        return set(self._unit.orm.exec(query).all())


class Feeds(Repository):
    """Addresses that are imported on a schedule."""

    __slots__ = ()

    def put(self, feed: Feed) -> None:
        """Add a feed, or change it."""
        row = self._unit.orm.get(FeedRow, feed.id) or FeedRow(
            id=feed.id, city=feed.city, provider=feed.provider, address="", next_at=self._unit.now
        )
        row.city, row.provider, row.address = feed.city, feed.provider, feed.address
        row.interval_hours, row.is_on = feed.interval_hours, feed.is_on
        row.etag, row.modified = feed.etag, feed.modified
        row.failures, row.last_status = feed.failures, feed.last_status
        row.next_at = feed.next_at or self._unit.now
        self._unit.orm.add(row)
        self._unit.orm.flush()

    def find(self, feed: str) -> Feed | None:
        """Return a feed."""
        row = self._unit.orm.get(FeedRow, feed)
        return None if row is None else _feed(row)

    def list_feeds(self, city: str = "") -> list[Feed]:
        """Return the feeds of a city, or of all."""
        query = select(FeedRow).order_by(FeedRow.city, FeedRow.id)
        if city:
            query = query.where(FeedRow.city == city)
        return [_feed(row) for row in self._unit.orm.exec(query).all()]

    def claim_due(self, limit: int = 5) -> list[Feed]:
        """Return feeds whose time has come; nobody else gets them for half an hour."""
        query = (
            select(FeedRow)
            .where(col(FeedRow.is_on).is_(True), FeedRow.next_at <= self._unit.now)
            .order_by(col(FeedRow.next_at))
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        due = []
        for row in self._unit.orm.exec(query).all():
            due.append(_feed(row))
            row.next_at = self._unit.now + CLAIMED_FOR
        self._unit.orm.flush()
        return due

    def record(
        self,
        feed: str,
        *,
        status: str,
        next_at: datetime,
        failures: int = 0,
        etag: str = "",
        modified: str = "",
    ) -> None:
        """Record how a fetch ended and when the next is due."""
        row = self._unit.orm.get(FeedRow, feed)
        if row is None:
            return
        row.last_status, row.next_at, row.failures = status, next_at, failures
        row.etag, row.modified, row.fetched_at = etag, modified, self._unit.now
        self._unit.orm.flush()

    def remove(self, feed: str) -> bool:
        """Forget a feed; its courses stay. False if there was none."""
        row = self._unit.orm.get(FeedRow, feed)
        if row is None:
            return False
        self._unit.orm.delete(row)
        self._unit.orm.flush()
        return True


def _run(row: ImportRow) -> ImportRun:
    return ImportRun(
        id=row.id,
        city=row.city,
        source=row.source,
        address=row.address,
        started_at=row.started_at,
        ended_at=row.ended_at,
        report=orjson.loads(row.report),
        kind=row.kind,
        feed=row.feed,
        made_by=row.made_by,
        step=row.step,
        courses=row.courses,
    )


def _feed(row: FeedRow) -> Feed:
    return Feed(
        id=row.id,
        city=row.city,
        provider=row.provider,
        address=row.address,
        interval_hours=row.interval_hours,
        is_on=row.is_on,
        etag=row.etag,
        modified=row.modified,
        failures=row.failures,
        last_status=row.last_status,
        next_at=row.next_at,
        fetched_at=row.fetched_at,
    )
