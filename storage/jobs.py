"""A unit on its way through an engine, and how its caller gets the answer."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable
from typing import Any, Protocol

from storage.facts import DatabaseFacts
from storage.unit import Unit

UnitFunction = Callable[[Unit], Any]


class Job:
    """One unit to run. It ends once, with a result or an error, and then tells its caller.

    `is_alone` marks what runs between transactions and is handed the driver in place of a unit.
    """

    __slots__ = ("_event", "error", "fn", "future", "is_alone", "loop", "result")

    def __init__(
        self,
        fn: Callable[[Any], Any],
        loop: asyncio.AbstractEventLoop | None = None,
        *,
        is_alone: bool = False,
    ) -> None:
        self.fn = fn
        self.is_alone = is_alone
        self.result: Any = None
        self.error: BaseException | None = None
        self.loop = loop
        self.future: asyncio.Future[Any] | None = loop.create_future() if loop else None
        self._event = None if loop else threading.Event()

    @property
    def name(self) -> str:
        """What to call it in a log line."""
        return getattr(self.fn, "__qualname__", type(self.fn).__name__)

    def wait(self) -> Any:
        """Block until it ended; for callers outside an event loop."""
        if self._event is not None:
            self._event.wait()
        if self.error is not None:
            raise self.error
        return self.result

    def settle(self) -> None:
        """Hand the outcome over, in the caller's own thread."""
        if self._event is not None:
            self._event.set()
        elif self.future is not None and not self.future.done():
            if self.error is not None:
                self.future.set_exception(self.error)
            else:
                self.future.set_result(self.result)


class Engine(Protocol):
    """What both databases offer to the facade."""

    def submit(self, jobs: list[Job]) -> None:
        """Take jobs to write; each is settled after its commit."""

    def read(self, fn: UnitFunction) -> Any:
        """Run a unit that only reads, in the calling thread."""

    def maintain(self) -> None:
        """Leave nothing of deleted rows behind in the file."""

    def facts(self) -> DatabaseFacts:
        """Return counts of units and commits."""

    def close(self) -> None:
        """Finish what was taken, then let go of every connection."""


def settle_all(jobs: Iterable[Job]) -> None:
    """Settle jobs with one wake-up for each event loop among their callers."""
    by_loop: dict[asyncio.AbstractEventLoop, list[Job]] = {}
    for job in jobs:
        if job.loop is None:
            job.settle()
        else:
            by_loop.setdefault(job.loop, []).append(job)
    for loop, settled in by_loop.items():
        try:
            loop.call_soon_threadsafe(_settle, settled)
        except RuntimeError:  # the loop was closed: nobody is waiting any more
            continue


def _settle(jobs: list[Job]) -> None:
    for job in jobs:
        job.settle()
