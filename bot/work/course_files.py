"""Importing from a file or an address, by hand or on a schedule, for one whole installation."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import sys
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.courses.importing import ImportReport, Origin, Progress, Say, Source
from bot.courses.importing.records import Locate
from bot.courses.records import Point
from bot.errors import ImportRefused
from bot.skills.tagging import Rules
from bot.work.feeds import FeedRefresher, Refreshed
from bot.work.fetching import Fetched, Fetcher, NotModified
from bot.work.imports import import_into
from bot.work.paging import PagedFetcher
from bot.work.tagging import frameworks_of, rules_of
from content.load import Content
from content.places import Gazetteer, read_postcode
from content.schema import City
from storage import Database
from storage.listings import Feed

CHILD_SECONDS = 900
DAY = timedelta(days=1)
STOPPED = 3
"""How the command ends when an import stopped to ask."""


def locator(city: City) -> Locate:
    """Return what finds the point of a postcode in a city: its sector's or outcode's middle."""
    gazetteer = Gazetteer(city)

    def locate(text: str) -> Point | None:
        postcode = read_postcode(text)
        found = gazetteer.find_code(postcode) if postcode else None
        return Point(found.lat, found.lon) if found else None

    return locate


def give_way() -> None:
    """Let every other process go first: an import can wait, the people in the chat cannot."""
    if hasattr(os, "nice"):
        os.nice(10)


def is_address(what: str) -> bool:
    """Tell whether something to import is a web address."""
    return what.casefold().startswith(("http://", "https://"))


@dataclass(frozen=True, slots=True)
class CourseFiles:
    """Brings providers' files into the catalogue.

    Attributes:
        database: Has the catalogue and the feeds.
        hosts: From which addresses may be fetched.
        say: Puts reasons into words.
        clock: Where the time comes from.
        content: Knows which competences there are and how courses tell what they teach; where
            None any code will do, and the shipped rules.
    """

    database: Database
    hosts: Collection[str]
    say: Say
    clock: Callable[[], datetime]
    content: Content | None = None

    def bring_in(
        self,
        what: str,
        city: City,
        provider: str,
        *,
        venues: Path | None = None,
        fetched_from: str = "",
        is_dry_run: bool = False,
        allows_withdrawals: bool = False,
        withdraw_at_most: int = 0,
        progress: Callable[[Progress], None] | None = None,
        run: str = "",
    ) -> ImportReport:
        """Import a file, or an address, which from then on is refreshed every day.

        It blocks, and must not be called where an event loop runs. `fetched_from` is where a
        file came from, so that relative links in it are resolved as they were before. `run` is
        the run that it belongs to, where one was begun already.

        Raises:
            ImportRefused: it cannot be imported as a whole.
            StorageError: the database cannot do its work.
        """
        fetched = asyncio.run(self._fetcher().fetch(what)) if is_address(what) else None
        if isinstance(fetched, NotModified):
            raise ImportRefused("imports.refused.http_status", status=304)
        source = _source(what, fetched, fetched_from, venues)
        try:
            report = import_into(
                self.database,
                source,
                self._origin(city, provider),
                rules=self._rules(),
                say=self.say,
                now=self.clock(),
                is_dry_run=is_dry_run,
                allows_withdrawals=allows_withdrawals,
                withdraw_at_most=withdraw_at_most,
                progress=progress,
                run=run,
            )
        finally:
            if fetched is not None:
                source.path.unlink(missing_ok=True)
        if fetched is not None and not is_dry_run and not report.is_stopped:
            self._remember(what, city.id, provider, fetched)
        return report

    def _origin(self, city: City, provider: str) -> Origin:
        codes = None if self.content is None else frameworks_of(self.content)
        return Origin(city.id, provider, locator(city), city.zone, codes)

    def _rules(self) -> Rules | None:
        return None if self.content is None else rules_of(self.content)

    def _fetcher(self) -> PagedFetcher:
        return PagedFetcher(Fetcher(self.hosts))

    def _remember(self, address: str, city: str, provider: str, fetched: Fetched) -> None:
        name = hashlib.blake2b(f"{city}\x1f{provider}".encode(), digest_size=12).hexdigest()

        feed = Feed(
            name,
            city,
            provider,
            address,
            etag=fetched.etag,
            modified=fetched.modified,
            next_at=self.clock() + DAY,
        )
        self.database.write_now(lambda unit: unit.feeds.put(feed))

    async def refresh_now(self, cities: Collection[City]) -> list[Refreshed]:
        """Refresh every feed of these cities now, here in this process."""
        known = {city.id: city for city in cities}

        async def import_here(feed: Feed, source: Source) -> ImportReport:
            city = known[feed.city]
            return await asyncio.to_thread(
                import_into,
                self.database,
                source,
                self._origin(city, feed.provider),
                rules=self._rules(),
                say=self.say,
                now=self.clock(),
            )

        refresher = FeedRefresher(self.database, self._fetcher(), import_here)
        feeds = await self.database.read(lambda unit: unit.feeds.list_feeds())
        return [
            await refresher.refresh(feed) for feed in feeds if feed.city in known and feed.is_on
        ]


def _source(what: str, fetched: Fetched | None, fetched_from: str, venues: Path | None) -> Source:
    if fetched is None:
        name = fetched_from or Path(what).name
        return Source(Path(what), name=name, address=fetched_from, venues=venues)
    return Source(fetched.path, name=what, address=fetched.address, venues=venues)


def feed_refresher(
    database: Database, hosts: Collection[str], say: Say | None = None
) -> FeedRefresher:
    """Return what refreshes the feeds that are due beside a running bot."""
    return FeedRefresher(database, PagedFetcher(Fetcher(hosts)), import_apart, say=say)


@dataclass(frozen=True, slots=True)
class Manner:
    """How staff want an import done.

    Attributes:
        run: The run that it belongs to.
        is_trial: Say what would change, and store nothing.
        withdraw_at_most: So many courses may go, even if that is more than 40 %.
    """

    run: str = ""
    is_trial: bool = False
    withdraw_at_most: int = 0

    def options(self) -> list[str]:
        """Return it as the command takes it."""
        found = [f"--run={self.run}"] if self.run else []
        found += ["--dry-run"] if self.is_trial else []
        most = self.withdraw_at_most
        return [*found, f"--withdraw-at-most={most}"] if most else found


AS_ALWAYS = Manner()


async def import_apart(feed: Feed, source: Source, manner: Manner = AS_ALWAYS) -> ImportReport:
    """Import a fetched feed in a process of its own, so that the bot goes on answering.

    Raises:
        ImportRefused: the process says so, fails or takes over 15 minutes.
    """
    command = ["-m", "bot", "courses", "import", str(source.path), "--json"]
    options = [
        f"--city={feed.city}",
        f"--provider={feed.provider}",
        f"--fetched-from={source.address}",
        *([f"--venues={source.venues}"] if source.venues else []),
        *manner.options(),
    ]
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *command,
        *options,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(CHILD_SECONDS):
            output, _ = await process.communicate()
    except TimeoutError as error:
        raise ImportRefused("imports.refused.too_slow", seconds=CHILD_SECONDS) from error
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode not in {0, STOPPED}:
        raise ImportRefused("imports.refused.import_failed")
    return _report(output)


def _report(output: bytes) -> ImportReport:
    told = json.loads(output)
    return ImportReport(
        format=str(told["format"]),
        new=int(told["new"]),
        changed=int(told["changed"]),
        unchanged=int(told["unchanged"]),
        withdrawn=int(told["withdrawn"]),
        rejected_count=int(told["rejected_count"]),
        warnings_count=int(told["warnings_count"]),
        is_stopped=bool(told["stopped"]),
    )
