"""Feeds with an address, refreshed on a schedule; one that fails is asked less and less."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Protocol, TypeAlias

import structlog

from bot.courses.importing import ImportReport, Say, Source
from bot.courses.phrases import Phrase
from bot.errors import BotError, ImportRefused
from bot.work.fetching import Fetched, NotModified
from storage import Database, Unit
from storage.listings import Feed

log = structlog.get_logger()

FIRST_WAIT = timedelta(minutes=15)
LONGEST_WAIT = timedelta(days=3)
AT_ONCE = 3
SPREAD = 0.1
"""Part of the interval by which times are spread, so that feeds do not all come at one time."""

UNCHANGED, IMPORTED, STOPPED, FAILED = "unchanged", "imported", "stopped", "failed"

ImportFeed: TypeAlias = Callable[[Feed, Source], Awaitable[ImportReport]]


class Fetches(Protocol):
    """Fetches an address, as `bot.work.fetching.Fetcher` does."""

    async def fetch(
        self, address: str, *, etag: str = "", modified: str = "", folder: Path | None = None
    ) -> Fetched | NotModified:
        """Return the file, or that it has not changed."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """How one refresh ended: unchanged, imported, stopped (staff must decide) or failed."""

    feed: Feed
    status: str
    reason: str = ""
    report: ImportReport | None = None
    why: Phrase | None = None


class FeedRefresher:
    """Refreshes the feeds that are due.

    Args:
        database: Has the feeds.
        fetcher: Fetches them.
        import_feed: Imports a fetched file, away from the event loop.
        spread: A number from 0 to 1 that spreads the times; random where left out.
        say: Puts into words why a feed could not be fetched; where None no run tells of it.
    """

    def __init__(
        self,
        database: Database,
        fetcher: Fetches,
        import_feed: ImportFeed,
        *,
        spread: Callable[[], float] = random.random,
        say: Say | None = None,
    ) -> None:
        self._database = database
        self._fetcher = fetcher
        self._import_feed = import_feed
        self._spread = spread
        self._say = say

    async def refresh_due(self, limit: int = AT_ONCE) -> list[Refreshed]:
        """Refresh feeds whose time has come, one after the other."""
        feeds = await self._database.write(lambda unit: unit.feeds.claim_due(limit))
        return [await self.refresh(feed) for feed in feeds]

    async def refresh(self, feed: Feed) -> Refreshed:
        """Fetch one feed now and import it if it has changed. Never raises for a bad feed."""
        try:
            found = await self._fetch(feed)
            if isinstance(found, NotModified):
                return await self._record(Refreshed(feed, UNCHANGED), feed.etag, feed.modified)
            return await self._import(feed, found)
        except ImportRefused as refusal:
            why = Phrase(refusal.text_id, refusal.values)
            return await self._record(Refreshed(feed, FAILED, refusal.text_id, why=why))
        except BotError as error:
            return await self._record(Refreshed(feed, FAILED, type(error).__name__))

    async def _fetch(self, feed: Feed) -> Fetched | NotModified:
        try:
            return await self._fetcher.fetch(feed.address, etag=feed.etag, modified=feed.modified)
        except ImportRefused as refusal:
            if self._say is not None:
                words = self._say(Phrase(refusal.text_id, refusal.values))
                await self._database.write(lambda unit: _note_refused(unit, feed, words))
            raise

    async def _import(self, feed: Feed, found: Fetched) -> Refreshed:
        try:
            source = Source(found.path, name=feed.address, address=found.address)
            report = await self._import_feed(feed, source)
        finally:
            found.path.unlink(missing_ok=True)
        if report.is_stopped:
            # without its tag the same file is fetched and asked about again
            return await self._record(Refreshed(feed, STOPPED, report=report))
        done = Refreshed(feed, IMPORTED, report=report)
        return await self._record(done, found.etag, found.modified)

    async def _record(self, done: Refreshed, etag: str = "", modified: str = "") -> Refreshed:
        feed = done.feed
        failures = feed.failures + 1 if done.status == FAILED else 0
        wait = next_wait(timedelta(hours=feed.interval_hours), failures, self._spread())
        log.info("feed.refreshed", feed=feed.id, status=done.status, reason=done.reason)
        await self._database.write(
            lambda unit: unit.feeds.record(
                feed.id,
                status=done.reason or done.status,
                next_at=unit.now + wait,
                failures=failures,
                etag=etag,
                modified=modified,
            )
        )
        return done


def _note_refused(unit: Unit, feed: Feed, words: str) -> None:
    """Keep a run of a feed that could not be fetched, so that staff see why."""
    run = unit.imports.start(feed.city, feed.provider, feed.address, feed=feed.id)
    unit.imports.finish(run, {"refused": words, "name": feed.address})


def next_wait(interval: timedelta, failures: int, spread: float) -> timedelta:
    """Return how long to wait: the interval, or after failures 15 minutes doubled each time.

    The longest wait is 3 days.
    """
    if failures:
        interval = min(FIRST_WAIT * 2 ** min(failures - 1, 12), LONGEST_WAIT)
    return interval * (1 + SPREAD * spread)
