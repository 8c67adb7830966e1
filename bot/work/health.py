"""Whether the program can serve, in plain words for whoever runs it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.errors import StorageError
from bot.work.metrics import Metrics
from storage import Database

OLD_INBOX = 60.0
"""Seconds after which a message that waits is a problem."""
OLD_OUTBOX = 300.0
PATIENCE = 3.0


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether the program can serve, and what stops it."""

    is_ready: bool
    problems: tuple[str, ...] = ()


class Health:
    """Looks at the database, the inbox, the outbox and the channels.

    Args:
        database: What is asked.
        metrics: Where ages are written to.
        clock: Where the time comes from.
        channel_problems: What is wrong with the channels, in plain words.
    """

    def __init__(
        self,
        database: Database,
        metrics: Metrics,
        clock: Callable[[], datetime],
        channel_problems: Callable[[], tuple[str, ...]],
    ) -> None:
        self._database = database
        self._metrics = metrics
        self._clock = clock
        self._channel_problems = channel_problems
        self.is_started = False
        self.is_stopping = False

    async def readiness(self) -> Readiness:
        """Say whether messages come in, are played and go out."""
        problems = list(self._channel_problems())
        if self.is_stopping:
            problems.append("The bot is stopping.")
        if not self.is_started:
            problems.append("The bot is starting.")
        problems.extend(await self._database_problems())
        return Readiness(not problems, tuple(problems))

    async def _database_problems(self) -> list[str]:
        try:
            async with asyncio.timeout(PATIENCE):
                await self._database.write(lambda unit: unit.now)
            inbox, outbox = await self.ages()
        except TimeoutError:
            return ["The database does not answer."]
        except StorageError as error:
            return [f"The database cannot be written: {error}"]
        problems = []
        if inbox > OLD_INBOX:
            problems.append(f"A message has waited for {inbox:.0f} seconds to be read.")
        if outbox > OLD_OUTBOX:
            problems.append(f"A reply has waited for {outbox:.0f} seconds to be sent.")
        return problems

    async def ages(self) -> tuple[float, float]:
        """Return the age in seconds of the oldest waiting message and reply; 0 for none."""
        *oldest, backlog = await self._database.read(
            lambda unit: (
                unit.inbox.oldest_waiting_at(),
                unit.outbox.oldest_waiting_at(0),
                unit.complaints.backlog(),
            )
        )
        now = self._clock()
        inbox, outbox = (max(0.0, (now - at).total_seconds()) if at else 0.0 for at in oldest)
        self._metrics.inbox_age.set(inbox)
        self._metrics.outbox_age.set(outbox)
        self._metrics.complaints.set(backlog.waiting)
        self._metrics.complaints_overdue.set(backlog.overdue)
        return inbox, outbox

    def metrics(self) -> bytes:
        """Return the figures in the Prometheus text format."""
        return self._metrics.render()

    async def watch_loop(self, every: float = 1.0) -> None:
        """Measure how late the event loop is, until cancelled."""
        while True:
            before = time.perf_counter()
            await asyncio.sleep(every)
            self._metrics.loop_lag.set(max(0.0, time.perf_counter() - before - every))
