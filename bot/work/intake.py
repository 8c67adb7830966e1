"""Taking in what people do: stored durably first, acknowledged after."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Protocol

import structlog

from bot.conversation.messages import Incoming
from bot.work import faults
from bot.work.flood import FloodControl, Verdict
from bot.work.metrics import Metrics
from bot.work.ports import Channel
from storage import Database, Unit
from storage.records import ClaimedIncoming

LEASE = timedelta(seconds=30)
log = structlog.get_logger()


class TurnQueue(Protocol):
    """Where claimed messages go on to."""

    def accept(self, claimed: Sequence[ClaimedIncoming]) -> None:
        """Take messages that are leased to this process."""
        ...

    def look(self) -> None:
        """Claim soon: some message waits behind another of its chat."""
        ...


class Intake:
    """The one door for incoming messages of every channel.

    Args:
        database: Where the inbox is.
        turns: Takes what may be played at once.
        channels: For stopping the waiting sign of pressed buttons.
        notice_flood: Stores the one notice that a flooding chat gets.
        holder: This process's name in leases.
    """

    def __init__(
        self,
        database: Database,
        turns: TurnQueue,
        channels: Mapping[tuple[str, str], Channel],
        notice_flood: Callable[[Unit, Incoming], None],
        *,
        holder: str,
        flood: FloodControl,
        metrics: Metrics,
    ) -> None:
        self._database = database
        self._turns = turns
        self._channels = channels
        self._notice_flood = notice_flood
        self._holder = holder
        self._flood = flood
        self._metrics = metrics
        self._acknowledging: set[asyncio.Task[None]] = set()

    async def receive(self, incoming: Sequence[Incoming]) -> None:
        """Store the messages; they are durable when this returns.

        Raises:
            DatabaseBusy: Nothing was stored and nothing may be acknowledged.
        """
        faults.point("intake.before")
        taken, floods = self._judged(incoming)
        claimed = await self._stored(taken, floods) if taken or floods else []
        faults.point("intake.after")
        self._count(incoming, taken, claimed)
        self._acknowledge(incoming)
        ready = [row for row in claimed if row.holder]
        if ready:
            self._turns.accept(ready)
        if len(ready) < len(claimed):
            self._turns.look()

    def _judged(self, incoming: Sequence[Incoming]) -> tuple[list[Incoming], list[Incoming]]:
        now = time.monotonic()
        taken: list[Incoming] = []
        floods: list[Incoming] = []
        for item in incoming:
            verdict = self._flood.judge((item.channel, item.bot, item.chat), now)
            if verdict is Verdict.TAKE:
                taken.append(item)
            elif verdict is Verdict.NOTICE:
                floods.append(item)
        return taken, floods

    async def _stored(self, taken: list[Incoming], floods: list[Incoming]) -> list[ClaimedIncoming]:
        def store(unit: Unit) -> list[ClaimedIncoming]:
            for item in floods:
                self._notice_flood(unit, item)
            return unit.inbox.add_many(taken, holder=self._holder, until=unit.now + LEASE)

        return await self._database.write(store)

    def _count(
        self,
        incoming: Sequence[Incoming],
        taken: Sequence[Incoming],
        claimed: Sequence[ClaimedIncoming],
    ) -> None:
        for item in taken:
            self._metrics.received.labels(item.channel).inc()
        self._metrics.duplicates.inc(len(taken) - len(claimed))
        self._metrics.refused.labels("flood").inc(len(incoming) - len(taken))

    def _acknowledge(self, incoming: Sequence[Incoming]) -> None:
        for item in incoming:
            channel = self._channels.get((item.channel, item.bot))
            if item.callback_id and channel is not None:
                task = asyncio.create_task(_quietly_acknowledge(channel, item.callback_id))
                self._acknowledging.add(task)
                task.add_done_callback(self._acknowledging.discard)


async def _quietly_acknowledge(channel: Channel, callback_id: str) -> None:
    try:
        await channel.acknowledge(callback_id)
    except Exception as error:  # noqa: BLE001 - the waiting sign ends by itself
        log.info("intake.not_acknowledged", error=type(error).__name__)
