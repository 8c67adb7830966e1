"""The one thread that writes to SQLite: units in savepoints, committed in groups."""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection
from sqlalchemy import Engine as SqlEngine

from bot.errors import DatabaseBusy, StorageError
from storage.facts import Meter
from storage.failures import translated
from storage.jobs import Job, settle_all
from storage.unit import Unit

GROUP_UNITS = 256
GROUP_SECONDS = 0.020
MOST_WAITING = 20_000


class GroupWriter:
    """Runs units one after another and commits those that came in together with one sync.

    While a commit waits for the disk, the next units queue up: under load groups grow by
    themselves, and a single caller never waits for others. A caller is answered after the commit.
    A unit that fails is undone alone, by its savepoint; when the transaction itself fails, the
    group is run again unit by unit, so that one bad unit costs nobody else anything.
    """

    def __init__(
        self, engine: SqlEngine, make_unit: Callable[[Connection], Unit], meter: Meter
    ) -> None:
        self._make_unit = make_unit
        self._meter = meter
        self._connection = engine.connect()
        self._driver: Any = self._connection.connection.driver_connection
        self._queue: queue.SimpleQueue[Job] = queue.SimpleQueue()
        self._backlog: deque[Job] = deque()
        self._is_closed = False
        self._thread = threading.Thread(target=self._work, name="storage-writer", daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> int:
        """How many units wait."""
        return self._queue.qsize() + len(self._backlog)

    def submit(self, jobs: list[Job]) -> None:
        """Queue jobs, or refuse them all.

        Raises:
            DatabaseBusy: The writer is closed or far behind.
        """
        if self._is_closed or self._queue.qsize() > MOST_WAITING:
            raise DatabaseBusy("The database is closing or far behind.")
        for job in jobs:
            self._queue.put(job)

    def close(self) -> None:
        """Run what is queued, then end the thread and close the connection."""
        if self._is_closed:
            return
        self._is_closed = True
        self._queue.put(Job(self._end, is_alone=True))
        self._thread.join()
        self._connection.close()

    def _work(self) -> None:
        is_open = True
        while is_open:
            self._gather()
            if self._backlog[0].is_alone:
                is_open = self._run_alone(self._backlog.popleft())
            else:
                self._run_group()

    @staticmethod
    def _end(_: Any) -> bool:
        return True

    def _gather(self) -> None:
        """Wait until there is something to do, and take whatever came with it."""
        if not self._backlog:
            self._backlog.append(self._queue.get())
        while len(self._backlog) < GROUP_UNITS:
            try:
                self._backlog.append(self._queue.get_nowait())
            except queue.Empty:
                return

    def _run_alone(self, job: Job) -> bool:
        """Run what cannot stand inside a transaction; False when it was the sign to end."""
        try:
            job.result = job.fn(self._driver)
        except Exception as error:  # noqa: BLE001  # the caller gets it
            job.error = translated(error)
        settle_all([job])
        return job.fn is not self._end

    def _run_group(self) -> None:
        group: list[Job] = []
        try:
            transaction = self._connection.begin()
        except Exception as error:  # noqa: BLE001  # the callers get it
            self._refuse_waiting(error)
            return
        try:
            deadline = time.monotonic() + GROUP_SECONDS
            while self._backlog and not self._backlog[0].is_alone:
                group.append(self._backlog.popleft())
                self._run_saved(group[-1])
                if time.monotonic() > deadline:
                    break
            transaction.commit()
        except Exception as error:  # noqa: BLE001  # the callers get it
            self._roll_back()
            self._run_again(group, error)
        else:
            self._meter.commit()
        settle_all(group)

    def _refuse_waiting(self, error: Exception) -> None:
        """Tell everybody who waits: the database does not even begin a transaction."""
        self._roll_back()
        refused = [job for job in self._backlog if not job.is_alone]
        self._backlog = deque(job for job in self._backlog if job.is_alone)
        for job in refused:
            job.error = translated(error)
        settle_all(refused)

    def _run_again(self, group: list[Job], error: Exception) -> None:
        if len(group) == 1:
            group[0].error = translated(error)
            return
        for job in group:
            try:
                with self._connection.begin():
                    self._run_saved(job)
                self._meter.commit()
            except Exception as own_error:  # noqa: BLE001  # the caller gets it
                self._roll_back()
                job.error = translated(own_error)

    def _run_saved(self, job: Job) -> None:
        """Run one unit in a savepoint.

        Raises:
            StorageError: The whole transaction is lost, not only this unit.
        """
        job.result = job.error = None
        started = time.perf_counter()
        unit = self._make_unit(self._connection)
        self._driver.execute("SAVEPOINT unit")
        try:
            job.result = job.fn(unit)
            unit.finish()
        except Exception as error:
            job.error = translated(error)
            if isinstance(job.error, StorageError) or not self._driver.in_transaction:
                raise
            self._driver.execute("ROLLBACK TO unit")
        finally:
            unit.discard()
        self._driver.execute("RELEASE unit")
        self._meter.unit(job, time.perf_counter() - started)

    def _roll_back(self) -> None:
        """End the transaction whatever state SQLite left it in."""
        self._connection.rollback()
        if self._driver.in_transaction:
            self._driver.execute("ROLLBACK")
