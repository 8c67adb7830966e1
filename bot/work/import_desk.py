"""Staff's side of imports: feeds, trials of files, and runs that staff begin and watch."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from bot.courses.importing import ImportReport, Say, Source
from bot.courses.keeping.running import TRIAL, FaultyRow, FeedLine, GivenFile, Run
from bot.courses.phrases import Phrase
from bot.errors import Refused
from bot.work.course_files import Manner, import_apart, is_address
from bot.work.feeds import FAILED, UNCHANGED, FeedRefresher, Fetches
from bot.work.fetching import Fetcher
from bot.work.import_runs import FILE, VENUES, line_of, rows_of, run_of
from bot.work.paging import PagedFetcher
from bot.work.runs_under_way import RunsUnderWay
from storage import Database, Unit
from storage.listings import Feed

Apart = Callable[[Feed, Source, Manner], Awaitable[ImportReport]]
FILE_GONE = Phrase("imports.refused.file_gone")
RUNS = 20
"""Runs on a page."""


class ImportDesk:
    """Feeds and imports of some cities. What staff do is audited; runs go one after the other.

    Args:
        database: Has the feeds, the runs and the files that staff give.
        fetcher: Fetches feeds.
        allow: Refuses an address that is never fetched.
        say: Puts reasons into words.
        apart: Imports in a process of its own.
    """

    def __init__(
        self,
        database: Database,
        fetcher: Fetches,
        allow: Callable[[str], object],
        say: Say,
        apart: Apart = import_apart,
    ) -> None:
        self._database, self._fetcher, self._allow = database, fetcher, allow
        self._runs, self._apart = RunsUnderWay(database, say), apart

    # -- looking -----------------------------------------------------------------------------------

    async def feeds(self, cities: Sequence[str]) -> Sequence[FeedLine]:
        """Return the feeds of these cities, those that fail first."""
        now = self._database.now()
        lines = await self._database.read(
            lambda unit: [
                line_of(unit, feed, now) for city in cities for feed in unit.feeds.list_feeds(city)
            ]
        )
        return sorted(lines, key=lambda one: (not one.problem, one.city, one.provider.casefold()))

    async def runs(self, cities: Sequence[str], before: datetime | None = None) -> Sequence[Run]:
        """Return the newest runs and trials of these cities, that began before a moment."""
        now = self._database.now()

        def look(unit: Unit) -> list[Run]:
            found = [one for city in cities for one in unit.imports.list_before(city, before, RUNS)]
            newest = sorted(found, key=lambda one: one.started_at, reverse=True)
            return [run_of(unit, one, now) for one in newest[:RUNS]]

        return await self._database.read(look)

    async def run(self, run: str, cities: Sequence[str]) -> tuple[Run, Sequence[FaultyRow]] | None:
        """Return a run with every row that was kept out or is worth a look."""
        now = self._database.now()

        def look(unit: Unit) -> tuple[Run, Sequence[FaultyRow]] | None:
            found = unit.imports.find(run)
            if found is None or found.city not in cities:
                return None
            seen = run_of(unit, found, now)
            if not seen.feed and is_address(found.address):
                feeds = {one.provider: one.id for one in unit.feeds.list_feeds(found.city)}
                seen = replace(seen, feed=feeds.get(found.source, ""))
            return seen, rows_of(unit, found)

        return await self._database.read(look)

    # -- feeds -------------------------------------------------------------------------------------

    async def add_feed(self, city: str, provider: str, address: str, hours: int, by: str) -> str:
        """Add a feed and import it at once; return its run.

        Raises:
            Refused: No provider is named, or it has a feed already.
            ImportRefused: The address is of no host that may be fetched from.
        """
        provider, address = " ".join(provider.split()), address.strip()
        if not provider:
            raise Refused("listings.refused.no_provider")
        self._allow(address)
        name = hashlib.blake2b(f"{city}\x1f{provider}".encode(), digest_size=12).hexdigest()
        feed = Feed(name, city, provider, address, interval_hours=hours)

        def act(unit: Unit) -> None:
            if unit.feeds.find(name) is not None:
                raise Refused("listings.refused.there_already")
            unit.feeds.put(feed)
            _audit(unit, "feed.added", feed, by)

        await self._database.write(act)
        return await self._begin(feed, by, 0)

    async def change_feed(self, feed: str, cities: Sequence[str], act: str, by: str) -> bool:
        """Pause, resume or remove a feed, or set its hours ("24"); False where it is not theirs."""

        def change(unit: Unit) -> bool:
            found = unit.feeds.find(feed)
            if found is None or found.city not in cities:
                return False
            if act == "remove":
                unit.feeds.remove(feed)
            elif act in ("pause", "resume"):
                unit.feeds.put(replace(found, is_on=act == "resume"))
            else:
                unit.feeds.put(replace(found, interval_hours=int(act)))
            _audit(unit, f"feed.{DONE.get(act, 'interval')}", found, by, act)
            return True

        return await self._database.write(change)

    async def import_now(
        self, feed: str, cities: Sequence[str], by: str, withdraw_at_most: int = 0
    ) -> str | None:
        """Fetch and import a feed now; return its run, None where it is not theirs.

        Raises:
            Refused: It is being imported already.
        """
        found = await self._database.read(lambda unit: unit.feeds.find(feed))
        if found is None or found.city not in cities:
            return None
        return await self._begin(found, by, withdraw_at_most)

    async def _begin(self, feed: Feed, by: str, withdraw_at_most: int) -> str:
        run = await self._database.write(
            lambda unit: self._runs.note_begun(unit, feed, by, withdraw_at_most=withdraw_at_most)
        )
        manner = Manner(run, withdraw_at_most=withdraw_at_most)
        self._runs.go(run, partial(self._fetch_and_import, feed, manner))
        return run

    async def _fetch_and_import(self, feed: Feed, manner: Manner) -> None:
        async def apart(one: Feed, source: Source) -> ImportReport:
            return await self._apart(one, source, manner)

        done = await FeedRefresher(self._database, self._fetcher, apart).refresh(feed)
        if done.status == UNCHANGED:
            await self._runs.end(manner.run, {"same": True, "name": feed.address})
        elif done.status == FAILED:
            why = done.why or Phrase("imports.refused.import_failed")
            await self._runs.refuse(manner.run, why, feed.address)

    # -- files -------------------------------------------------------------------------------------

    async def try_file(
        self, city: str, provider: str, file: GivenFile, venues: GivenFile | None, by: str
    ) -> str:
        """Keep a file and say what importing it would change; return the trial's run.

        Raises:
            Refused: No provider is named.
        """
        feed = Feed("", city, " ".join(provider.split()), file.name)
        if not feed.provider:
            raise Refused("listings.refused.no_provider")
        run = await self._database.write(lambda unit: self._runs.note_begun(unit, feed, by, TRIAL))
        for part, given in ((FILE, file), (VENUES, venues)):
            for number, piece in enumerate(given.pieces if given else ()):
                name = given.name if given else ""
                put = partial(_put_piece, run, city, part, number, piece, name)
                await self._database.write(put)
        self._runs.go(run, partial(self._import_file, run, feed, Manner(run, is_trial=True)))
        return run

    async def import_tried(
        self, trial: str, cities: Sequence[str], by: str, withdraw_at_most: int = 0
    ) -> str | None:
        """Import the file of a trial; return the run, None where it is not theirs or gone.

        Raises:
            Refused: Something of this provider is being imported already.
        """
        found = await self._database.read(lambda unit: unit.imports.find(trial))
        seen = await self.run(trial, cities)
        if found is None or seen is None or not (seen[0].is_trial and seen[0].has_file):
            return None
        feed = Feed("", found.city, found.source, found.address)
        run = await self._database.write(
            lambda unit: self._runs.note_begun(unit, feed, by, withdraw_at_most=withdraw_at_most)
        )
        manner = Manner(run, withdraw_at_most=withdraw_at_most)
        self._runs.go(run, partial(self._import_file, trial, feed, manner))
        return run

    async def _import_file(self, trial: str, feed: Feed, manner: Manner) -> None:
        with tempfile.TemporaryDirectory(prefix="import-") as folder:
            file = await self._write_out(trial, FILE, Path(folder))
            venues = await self._write_out(trial, VENUES, Path(folder))
            if file is None:
                await self._runs.refuse(manner.run, FILE_GONE, feed.address)
                return
            await self._apart(feed, Source(file, name=feed.address, venues=venues), manner)

    async def _write_out(self, run: str, part: str, folder: Path) -> Path | None:
        path, number = folder / part, 0
        while True:
            piece = await self._database.read(partial(_piece, run=run, part=part, number=number))
            if piece is None:
                return path if number else None
            with path.open("ab") as file:
                file.write(piece)
            number += 1

    async def settled(self) -> None:
        """Wait until nothing is under way."""
        await self._runs.settled()

    async def close(self) -> None:
        """Stop what is under way."""
        await self._runs.close()


DONE = {"pause": "paused", "resume": "resumed", "remove": "removed"}


def _put_piece(
    run: str, city: str, part: str, number: int, piece: bytes, name: str, unit: Unit
) -> None:
    unit.imports.put_part(run, city, part, number, piece, name)


def _piece(unit: Unit, run: str, part: str, number: int) -> bytes | None:
    found = unit.imports.find_part(run, part, number)
    return found[1] if found else None


def _audit(unit: Unit, action: str, feed: Feed, by: str, act: str = "") -> None:
    facts = {"address": feed.address} | ({"hours": act} if act.isdecimal() else {})
    unit.audit.record(
        action,
        actor=unit.people.reference_of(by),
        subject=feed.provider,
        city=feed.city,
        facts=facts,
    )


def import_desk(database: Database, hosts: Collection[str], say: Say) -> ImportDesk:
    """Return the desk of a running bot.

    Args:
        hosts: From which addresses may be fetched.
        say: Puts reasons into words.
    """
    fetcher = Fetcher(hosts)
    return ImportDesk(database, PagedFetcher(fetcher), fetcher.allowed, say)
