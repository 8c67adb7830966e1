"""The database as the rest of the program sees it: whole units of work, async or not."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine as SqlEngine
from sqlalchemy.exc import DBAPIError

from bot.errors import DatabaseBroken
from storage.engines.files import Lock, make_private, refuse_damaged
from storage.engines.sqlite import SqliteEngine, sqlite_engine
from storage.facts import DatabaseFacts
from storage.failures import raise_translated
from storage.instants import utc_now
from storage.jobs import Engine, Job
from storage.migrations import migrate, refuse_unmigrated
from storage.unit import Unit

T = TypeVar("T")

READERS = 4


def sqlite_path(url: str) -> Path | None:
    """Return the file of a SQLite URL, or None for another database.

    Raises:
        DatabaseBroken: The URL is neither SQLite nor PostgreSQL.
    """
    scheme, _, rest = url.partition("://")
    if scheme == "sqlite" and rest.startswith("/") and len(rest) > 1:
        return Path(rest[1:])
    if scheme in ("postgres", "postgresql", "postgresql+psycopg"):
        return None
    raise DatabaseBroken("BOT_DATABASE_URL must be sqlite:///FILE or postgresql://...")


def _checked(engine: SqlEngine, action: Callable[[SqlEngine], T]) -> T:
    try:
        return action(engine)
    except DBAPIError as error:
        raise_translated(error)
    finally:
        engine.dispose()


def _erase_slice(person: str, unit: Unit) -> bool:
    return unit.privacy.erase(person)


class Database:
    """Runs units of work. A unit function gets a `Unit`, and may be run more than once.

    So it must have no effect outside the database. What it raises undoes it and reaches the
    caller; whoever is answered without an error is answered after the commit.
    """

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = utc_now) -> None:
        self._engine = engine
        self._clock = clock
        self._reading = ThreadPoolExecutor(READERS, thread_name_prefix="storage-reader")

    @classmethod
    def open(
        cls, url: str, *, clock: Callable[[], datetime] = utc_now, is_alone: bool = True
    ) -> Database:
        """Open a migrated database.

        Args:
            url: `sqlite:///FILE` (four slashes for an absolute path) or `postgresql://...`.
            clock: Where the time comes from.
            is_alone: Refuse to share a SQLite file with another running bot. A command that runs
                beside the bot passes False; the file's own lock then keeps them apart.

        Raises:
            DatabaseBroken: Damaged, not migrated, of a newer version, or in use.
        """
        path = sqlite_path(url)
        if path is None:
            from storage.engines.postgres import PostgresEngine, postgres_engine

            _checked(postgres_engine(url), refuse_unmigrated)
            return cls(PostgresEngine(url, clock), clock)
        lock = Lock(path) if is_alone else None
        try:
            refuse_damaged(path)
            _checked(sqlite_engine(path), refuse_unmigrated)
            return cls(SqliteEngine(path, clock, lock=lock), clock)
        except BaseException:
            if lock is not None:
                lock.release()
            raise

    @staticmethod
    def migrate(url: str) -> bool:
        """Bring the tables up to date; True if anything was done. Makes a SQLite file and folder.

        Raises:
            DatabaseBroken: The file is damaged or of a newer version.
        """
        path = sqlite_path(url)
        if path is None:
            from storage.engines.postgres import postgres_engine

            return _checked(postgres_engine(url), migrate)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        refuse_damaged(path)
        is_done = _checked(sqlite_engine(path), migrate)
        make_private(path)
        return is_done

    async def write(self, fn: Callable[[Unit], T]) -> T:
        """Run a unit and return its result after the commit.

        Raises:
            DatabaseBusy: Locked, full, read-only or away; nothing was stored.
            Conflict: It contradicts what somebody else stored.
        """
        job = Job(fn, asyncio.get_running_loop())
        self._engine.submit([job])
        assert job.future is not None  # noqa: S101  # made with a loop
        result: T = await job.future
        return result

    async def write_many(self, fns: Sequence[Callable[[Unit], T]]) -> list[T | Exception]:
        """Run several units, each on its own terms; what one raises stands in its place."""
        loop = asyncio.get_running_loop()
        jobs = [Job(fn, loop) for fn in fns]
        self._engine.submit(jobs)
        results: list[T | Exception] = []
        for job in jobs:
            assert job.future is not None  # noqa: S101  # made with a loop
            try:
                results.append(await job.future)
            except Exception as error:  # noqa: BLE001  # handed to the caller in place
                results.append(error)
        return results

    async def read(self, fn: Callable[[Unit], T]) -> T:
        """Run a unit that only reads, in a reader thread."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._reading, self.read_now, fn)

    def write_now(self, fn: Callable[[Unit], T]) -> T:
        """Run a unit and block until it is committed; for callers outside an event loop."""
        job = Job(fn)
        self._engine.submit([job])
        result: T = job.wait()
        return result

    def read_now(self, fn: Callable[[Unit], T]) -> T:
        """Run a unit that only reads, here in the calling thread."""
        result: T = self._engine.read(fn)
        return result

    def now(self) -> datetime:
        """Return the time by the database's clock."""
        return self._clock()

    async def in_slices(self, step: Callable[[Unit], bool]) -> None:
        """Write a step again and again until it returns True; other units run in between."""
        while not await self.write(step):
            continue

    async def erase(self, *people: str) -> None:
        """Erase everything about some people, and leave nothing of it in the file."""
        for person in people:
            await self.in_slices(partial(_erase_slice, person))
        await asyncio.to_thread(self.scrub)

    def scrub(self) -> None:
        """Empty SQLite's journal into the file, where deleted rows are overwritten already."""
        self._engine.maintain()

    def facts(self) -> DatabaseFacts:
        """Return counts of units and commits since the opening."""
        return self._engine.facts()

    def close(self) -> None:
        """Finish what was taken, then close."""
        self._engine.close()
        self._reading.shutdown(wait=True)

    async def aclose(self) -> None:
        """Close without holding up the event loop."""
        await asyncio.to_thread(self.close)


__all__ = ["Database", "sqlite_path"]
