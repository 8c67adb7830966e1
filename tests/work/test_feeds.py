"""Feeds on a schedule: what is due, what is skipped, and how failures back off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.courses.importing import ImportReport, Origin, Source
from bot.courses.phrases import Phrase
from bot.errors import DatabaseBusy, ImportRefused
from bot.work.feeds import FAILED, IMPORTED, STOPPED, UNCHANGED, FeedRefresher, next_wait
from bot.work.fetching import Fetched, NotModified
from bot.work.imports import import_into
from storage import Database
from storage.listings import Feed

START = datetime(2026, 11, 21, 12, tzinfo=UTC)
FEED = Feed("f1", "manchester", "Hulme Hub", "https://feeds.example.org/c.csv", interval_hours=24)
HEADER = "reference,title,summary,start_date,cost,url\n"


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


class FakeFetcher:
    """Gives what the test put in, and notes what it was asked with."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.text: str | None = None
        self.error: Exception | None = None
        self.asked: list[tuple[str, str]] = []

    async def fetch(
        self, address: str, *, etag: str = "", modified: str = "", folder: Path | None = None
    ) -> Fetched | NotModified:
        self.asked.append((etag, modified))
        if self.error:
            raise self.error
        if self.text is None:
            return NotModified()
        return Fetched(write(self.folder / "fetched", self.text), address, '"v2"', "today")


def write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def rows(*names: str) -> str:
    return HEADER + "".join(f"{name},Course {name},Text,,5,\n" for name in names)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def database(tmp_path: Path, clock: Clock) -> Iterator[Database]:
    url = f"sqlite:///{tmp_path}/bot.db"
    Database.migrate(url)
    database = Database.open(url, clock=clock)
    database.write_now(lambda unit: unit.feeds.put(FEED))
    yield database
    database.close()


@pytest.fixture
def fetcher(tmp_path: Path) -> FakeFetcher:
    return FakeFetcher(tmp_path)


@pytest.fixture
def refresher(database: Database, fetcher: FakeFetcher, clock: Clock) -> FeedRefresher:
    async def import_feed(feed: Feed, source: Source) -> ImportReport:
        origin = Origin(feed.city, feed.provider)
        return import_into(database, source, origin, say=say, now=clock.now)

    return FeedRefresher(database, fetcher, import_feed, spread=lambda: 0.0)


def say(phrase: Phrase) -> str:
    return phrase.id


def feed_of(database: Database) -> Feed:
    feed = database.read_now(lambda unit: unit.feeds.find("f1"))
    assert feed is not None
    return feed


async def test_a_due_feed_is_imported_once(
    refresher: FeedRefresher, fetcher: FakeFetcher, database: Database, tmp_path: Path
) -> None:
    fetcher.text = rows("A", "B")
    (done,) = await refresher.refresh_due()
    assert (done.status, done.report and done.report.new) == (IMPORTED, 2)
    assert await refresher.refresh_due() == []
    feed = feed_of(database)
    assert (feed.etag, feed.modified, feed.last_status) == ('"v2"', "today", IMPORTED)
    assert feed.next_at == START + timedelta(hours=24)
    assert not (tmp_path / "fetched").exists()
    (run,) = database.read_now(lambda unit: unit.imports.list_latest("manchester"))
    assert (run.source, run.report["new"]) == ("Hulme Hub", 2)
    assert database.read_now(lambda unit: unit.catalogue.count("manchester")) == 2


async def test_an_unchanged_feed_is_spared(
    refresher: FeedRefresher, fetcher: FakeFetcher, database: Database, clock: Clock
) -> None:
    fetcher.text = rows("A")
    await refresher.refresh_due()
    clock.now, fetcher.text = START + timedelta(hours=25), None
    (done,) = await refresher.refresh_due()
    assert (done.status, fetcher.asked[-1]) == (UNCHANGED, ('"v2"', "today"))
    assert feed_of(database).etag == '"v2"'


async def test_a_great_withdrawal_waits_for_staff(
    refresher: FeedRefresher, fetcher: FakeFetcher, database: Database, clock: Clock
) -> None:
    fetcher.text = rows(*"ABCDE")
    await refresher.refresh_due()
    clock.now, fetcher.text = START + timedelta(hours=25), rows("A")
    (done,) = await refresher.refresh_due()
    assert done.status == STOPPED
    assert feed_of(database).etag == ""  # so that the same file is not taken as known
    assert database.read_now(lambda unit: unit.catalogue.count("manchester")) == 5


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (ImportRefused("imports.refused.http_status", status=500), "imports.refused.http_status"),
        (DatabaseBusy(), "DatabaseBusy"),
    ],
)
async def test_failures_back_off(
    refresher: FeedRefresher,
    fetcher: FakeFetcher,
    database: Database,
    clock: Clock,
    error: Exception,
    status: str,
) -> None:
    fetcher.error = error
    waits = []
    for _ in range(4):
        (done,) = await refresher.refresh_due()
        assert done.status == FAILED
        feed = feed_of(database)
        assert feed.next_at
        waits.append(feed.next_at - clock.now)
        clock.now = feed.next_at
    assert waits == [timedelta(minutes=minutes) for minutes in (15, 30, 60, 120)]
    assert (feed_of(database).failures, feed_of(database).last_status) == (4, status)
    fetcher.error, fetcher.text = None, rows("A")
    await refresher.refresh_due()
    assert feed_of(database).failures == 0


async def test_a_refused_file_is_kept_with_its_reason(
    refresher: FeedRefresher, fetcher: FakeFetcher, database: Database
) -> None:
    fetcher.text = "%PDF-1.7"
    (done,) = await refresher.refresh_due()
    assert (done.status, done.reason) == (FAILED, "imports.refused.pdf")
    (run,) = database.read_now(lambda unit: unit.imports.list_latest("manchester"))
    assert run.report["refused"] == "imports.refused.pdf"


def test_waiting() -> None:
    day = timedelta(days=1)
    assert next_wait(day, 0, 0.0) == day
    assert next_wait(day, 0, 1.0) == day * 1.1
    assert next_wait(day, 50, 0.0) == timedelta(days=3)
