"""SQLite: one writer thread that commits units in groups, and readers beside it."""

from __future__ import annotations

import logging
import queue
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, event
from sqlalchemy import Engine as SqlEngine
from sqlalchemy.pool import NullPool

from storage.engines.files import Lock
from storage.engines.writer import GroupWriter
from storage.facts import DatabaseFacts, Meter
from storage.failures import raise_translated
from storage.ids import Ids
from storage.jobs import Job, UnitFunction
from storage.unit import Unit

BUSY_TIMEOUT_MS = 2_000
CHECKPOINT_SECONDS = 60.0
CHECKPOINT_PAUSE_S = 0.1

logger = logging.getLogger(__name__)


def sqlite_engine(path: Path, *, is_reader: bool = False) -> SqlEngine:
    """Return an engine whose connections are durable, tidy, and begin transactions themselves."""
    engine = create_engine(
        f"sqlite:///{path}",
        poolclass=NullPool,
        hide_parameters=True,
        connect_args={"check_same_thread": False, "cached_statements": 512},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: object) -> None:
        # The driver must not begin or commit behind our back: each savepoint would commit alone.
        connection.isolation_level = None
        for pragma in _pragmas(is_reader=is_reader):
            connection.execute(pragma)

    statement = "BEGIN" if is_reader else "BEGIN IMMEDIATE"

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # Straight to the driver: every read begins with this, and every group of writes.
        _driver(connection).execute(statement)

    return engine


def _pragmas(*, is_reader: bool) -> tuple[str, ...]:
    return (
        f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}",
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
        "PRAGMA secure_delete = ON",
        "PRAGMA temp_store = MEMORY",
        "PRAGMA cache_size = -16000",
        f"PRAGMA query_only = {'ON' if is_reader else 'OFF'}",
    )


class SqliteEngine:
    """Runs units on a SQLite file."""

    def __init__(
        self,
        path: Path,
        clock: Callable[[], datetime],
        *,
        lock: Lock | None = None,
        readers: int = 4,
    ) -> None:
        self._clock = clock
        self._ids = Ids(clock)
        self._meter = Meter()
        self._lock = lock
        self._reading = sqlite_engine(path, is_reader=True)
        self._readers: queue.LifoQueue[Connection] = queue.LifoQueue()
        self._reader_limit = threading.BoundedSemaphore(readers)
        self._writing = sqlite_engine(path)
        self._writer = GroupWriter(self._writing, self._unit, self._meter)

    def submit(self, jobs: list[Job]) -> None:
        """Queue jobs for the writer."""
        self._writer.submit(jobs)

    def read(self, fn: UnitFunction) -> Any:
        """Run a unit on a reader, in the calling thread."""
        with self._reader_limit:
            connection = self._take_reader()
            unit = self._unit(connection)
            try:
                with connection.begin():
                    return fn(unit)
            except Exception as error:  # noqa: BLE001  # raised again, translated
                raise_translated(error)
            finally:
                unit.discard()
                self._readers.put(connection)

    def maintain(self) -> None:
        """Move the journal into the file and empty it, so that nothing deleted lingers there."""
        deadline = time.monotonic() + CHECKPOINT_SECONDS
        while not self._is_checkpointed():
            if time.monotonic() > deadline:
                logger.warning(
                    "A long read kept the journal from being emptied; the next time will.",
                    extra={"action": "storage.journal_kept"},
                )
                return
            time.sleep(CHECKPOINT_PAUSE_S)

    def _is_checkpointed(self) -> bool:
        job = Job(_checkpoint, is_alone=True)
        self.submit([job])
        return bool(job.wait())

    def facts(self) -> DatabaseFacts:
        """Return counts of units and commits."""
        return self._meter.facts(self._writer.waiting)

    def close(self) -> None:
        """Run what is queued, then close every connection and give the lock back."""
        self._writer.close()
        with suppress(queue.Empty):
            while True:
                self._readers.get_nowait().close()
        self._writing.dispose()
        self._reading.dispose()
        if self._lock is not None:
            self._lock.release()

    def _take_reader(self) -> Connection:
        try:
            return self._readers.get_nowait()
        except queue.Empty:
            return self._reading.connect()

    def _unit(self, connection: Connection) -> Unit:
        return Unit("sqlite", connection, _driver(connection), self._clock, self._ids)


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _checkpoint(driver: Any) -> bool:
    """Empty the journal if no reader needs it; the writer does not wait for readers."""
    driver.execute("PRAGMA busy_timeout = 10")
    try:
        is_busy: int = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    finally:
        driver.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    return not is_busy
