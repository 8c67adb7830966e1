"""PostgreSQL: a small pool of threads, each unit in a transaction of its own."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, create_engine
from sqlalchemy import Engine as SqlEngine
from sqlalchemy.exc import DBAPIError

from bot.errors import DatabaseBusy
from storage.engines.postgres_failures import is_worth_repeating
from storage.facts import DatabaseFacts, Meter
from storage.failures import raise_translated
from storage.ids import Ids
from storage.jobs import Job, UnitFunction, settle_all
from storage.privacy.holdings import HOLDINGS
from storage.unit import Unit

TRIES = 4
PAUSE_S = 0.05
MOST_WAITING = 20_000
SLOW_UNIT_S = 1.0
"""Units wait for the network and for each other here, but hold up only their own rows."""


def postgres_engine(url: str, *, connections: int = 8) -> SqlEngine:
    """Return an engine that checks connections before use and drops dead ones."""
    scheme, rest = url.split("://", 1)
    return create_engine(
        f"postgresql+psycopg://{rest}" if scheme in ("postgres", "postgresql") else url,
        hide_parameters=True,
        pool_size=connections,
        max_overflow=2,
        pool_pre_ping=True,
        pool_recycle=1800,
        pool_timeout=10,
        connect_args={"connect_timeout": 5, "application_name": "learning-city-bot"},
    )


class PostgresEngine:
    """Runs units on a PostgreSQL server; any number of processes may do so at once."""

    def __init__(self, url: str, clock: Callable[[], datetime], *, threads: int = 8) -> None:
        self._clock = clock
        self._ids = Ids(clock)
        self._meter = Meter(SLOW_UNIT_S)
        self._engine = postgres_engine(url, connections=threads)
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="storage")
        self._waiting = 0
        self._is_closed = False

    def submit(self, jobs: list[Job]) -> None:
        """Hand jobs to the pool.

        Raises:
            DatabaseBusy: The pool is closed or far behind.
        """
        if self._is_closed or self._waiting > MOST_WAITING:
            raise DatabaseBusy("The database is closing or far behind.")
        for job in jobs:
            self._waiting += 1
            self._threads.submit(self._run, job)

    def read(self, fn: UnitFunction) -> Any:
        """Run a unit that only reads, in the calling thread."""
        return self._repeated(fn)

    def maintain(self) -> None:
        """Vacuum the tables with personal data, so that no index leads to a deleted row."""
        autocommit = self._engine.execution_options(isolation_level="AUTOCOMMIT")
        try:
            with autocommit.connect() as connection:
                for name, holding in HOLDINGS.items():
                    if holding.whose != "nobody":
                        connection.exec_driver_sql(f"VACUUM (SKIP_LOCKED) {name}")
        except DBAPIError as error:
            raise_translated(error)

    def facts(self) -> DatabaseFacts:
        """Return counts of units and commits."""
        return self._meter.facts(self._waiting)

    def close(self) -> None:
        """Run what was handed over, then close every connection."""
        self._is_closed = True
        self._threads.shutdown(wait=True)
        self._engine.dispose()

    def _run(self, job: Job) -> None:
        started = time.perf_counter()
        try:
            job.result = self._repeated(job.fn)
            self._meter.commit()
        except Exception as error:  # noqa: BLE001  # the caller gets it
            job.error = error
        self._waiting -= 1
        self._meter.unit(job, time.perf_counter() - started)
        settle_all([job])

    def _repeated(self, fn: UnitFunction) -> Any:
        """Run the unit whole, and again where the server went away or a clash was resolved."""
        for attempt in range(1, TRIES + 1):
            try:
                return self._once(fn)
            except Exception as error:  # noqa: BLE001  # raised again, translated
                if attempt < TRIES and is_worth_repeating(error):
                    time.sleep(PAUSE_S * 4 ** (attempt - 1))
                    continue
                raise_translated(error)
        raise DatabaseBusy

    def _once(self, fn: UnitFunction) -> Any:
        with self._engine.connect() as connection, connection.begin():
            unit = self._unit(connection)
            try:
                result = fn(unit)
                unit.finish()
            finally:
                unit.discard()
        return result

    def _unit(self, connection: Connection) -> Unit:
        driver = connection.connection.driver_connection
        return Unit("postgresql", connection, driver, self._clock, self._ids)
