"""Sending what turns and campaigns have stored: replies first, each chat in its order."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeAlias

import structlog

from bot.errors import BotError, StorageError
from bot.work import faults
from bot.work.delivery import Again, Attempt, End, Lane, after_failure
from bot.work.metrics import Metrics
from bot.work.ports import Channel
from storage import Database, Unit
from storage.records import Outgoing, SendResult

LEASE = timedelta(seconds=30)
LOOK_EVERY = 1.0
RESCUE_EVERY = 5.0
REPLIES_AT_ONCE = 64
BULK_AT_ONCE = 10
PAUSE_WHEN_BUSY = 0.5

ChatKey: TypeAlias = tuple[str, str, str]
log = structlog.get_logger()


@dataclass(slots=True)
class _Chat:
    """The messages of one chat that this process holds, oldest first."""

    waiting: deque[Outgoing] = field(default_factory=deque)
    put_back_until: datetime | None = None


class Sender:
    """Drains the outbox.

    A reply comes straight from the turn that stored it, already leased to this process. Everything
    else (what waits for a later try, reminders, campaigns) is claimed from the outbox.

    Args:
        database: Where the outbox is.
        channels: The channels that are sent through, by name and bot.
        holder: This process's name in leases.
        metrics: What to count in.
        clock: Where the time comes from.
        may_send: Tells whether anything may leave; if not, nothing is claimed.
    """

    def __init__(
        self,
        database: Database,
        channels: Mapping[tuple[str, str], Channel],
        *,
        holder: str,
        metrics: Metrics,
        clock: Callable[[], datetime],
        may_send: Callable[[], bool] = lambda: True,
    ) -> None:
        self._may_send = may_send
        self._database = database
        self._channels = channels
        self._holder = holder
        self._metrics = metrics
        self._clock = clock
        self._chats: dict[ChatKey, _Chat] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._bulk = 0
        self._instead_of: dict[str, str] = {}
        self._results: list[SendResult] = []
        self._has_results = asyncio.Event()
        self._is_flushed = asyncio.Event()
        self._is_flushed.set()
        self._look = asyncio.Event()
        self._is_behind = False
        self._is_stopping = False

    # -- coming in ---------------------------------------------------------------------------

    def accept(self, rows: Iterable[Outgoing], instead_of: str = "") -> None:
        """Send rows that are leased to this process; those of one chat in the given order.

        Args:
            rows: What to send.
            instead_of: The message whose place the last row takes, if it still can.
        """
        row = None
        for row in rows:
            key = (row.channel, row.bot, row.chat)
            chat = self._chats.get(key)
            if chat is None:
                chat = self._chats[key] = _Chat()
                chat.waiting.append(row)
                self._start(key, chat)
            elif chat.put_back_until is not None:
                self._put_back(row, chat.put_back_until)
            else:
                chat.waiting.append(row)
        if row is not None and instead_of:
            self._instead_of[row.id] = instead_of

    def look(self) -> None:
        """Look for waiting rows soon: something was put into the outbox."""
        self._is_behind = True
        self._look.set()

    def _start(self, key: ChatKey, chat: _Chat) -> None:
        task = asyncio.create_task(self._drain(key, chat))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # -- going out ---------------------------------------------------------------------------

    async def _drain(self, key: ChatKey, chat: _Chat) -> None:
        while chat.waiting:
            row = chat.waiting.popleft()
            is_bulk = row.lane != Lane.REPLY
            self._bulk += is_bulk
            try:
                await self._deliver(row, chat)
            finally:
                self._bulk -= is_bulk
            if chat.put_back_until is not None:
                await self._put_back_rest(chat, chat.put_back_until)
        if self._chats.get(key) is chat:
            del self._chats[key]

    async def _deliver(self, row: Outgoing, chat: _Chat) -> None:
        is_plain = False
        while True:
            error = await self._try(row, is_plain=is_plain)
            if error is None:
                return
            now = self._clock()
            step = after_failure(_attempt(row, now, is_plain=is_plain), error, now)
            if isinstance(step, End):
                await self._end(row, step)
                return
            if step.is_plain and not is_plain and step.after == 0:
                is_plain = True
                continue
            chat.put_back_until = now + timedelta(seconds=step.after)
            self._put_back(row, chat.put_back_until, step)
            return

    async def _try(self, row: Outgoing, *, is_plain: bool) -> Exception | None:
        channel = self._channels.get((row.channel, row.bot))
        if channel is None:
            return BotError("no such channel runs here")
        try:
            faults.point("send.before")
            message_id = await self._call(channel, row, is_plain=is_plain)
            faults.point("send.after")
        except Exception as error:  # noqa: BLE001 - one message never stops the others
            return error
        self._result(SendResult(row.id, "sent", message_id=message_id))
        self._metrics.sent.labels(str(row.lane), "sent").inc()
        return None

    async def _call(self, channel: Channel, row: Outgoing, *, is_plain: bool) -> str:
        """Edit the message whose place this one takes, or send a new one; return its id."""
        target = self._instead_of.pop(row.id, "")
        if target:
            edited = await channel.edit(row.chat, target, row.message)
            return edited.message_id if edited is not None else target
        sent = await channel.send(row.chat, row.message, lane=row.lane, is_plain=is_plain)
        if sent.moved_to:
            # The message is there: not being able to note the address must not send it again.
            with contextlib.suppress(StorageError):
                await self._database.write(
                    lambda unit: unit.contacts.move(row.channel, row.bot, row.chat, sent.moved_to)
                )
        return sent.message_id

    async def _end(self, row: Outgoing, end: End) -> None:
        self._metrics.sent.labels(str(row.lane), end.outcome).inc()
        log.warning("sending.ended", outgoing=row.id, outcome=end.outcome, reason=end.reason)
        if end.outcome == "in_doubt":
            self._result(SendResult(row.id, "doubt", reason=end.reason))
        else:
            self._result(SendResult(row.id, end.outcome, reason=end.reason))
        if end.outcome == "gone":
            await self._forget_chat(row)

    async def _forget_chat(self, row: Outgoing) -> None:
        """Mark the person unreachable and cancel what else waits for that chat."""
        chat = self._chats.get((row.channel, row.bot, row.chat))
        if chat is not None:
            chat.waiting.clear()
        with contextlib.suppress(StorageError):
            await self._database.write(
                lambda unit: make_unreachable(unit, row.channel, row.bot, row.chat)
            )

    # -- trying later ------------------------------------------------------------------------

    def _put_back(self, row: Outgoing, until: datetime, step: Again | None = None) -> None:
        is_doubt = step is not None and step.is_doubt
        self._result(SendResult(row.id, "doubt" if is_doubt else "wait", not_before=until))

    async def _put_back_rest(self, chat: _Chat, until: datetime) -> None:
        """Give the chat's later rows back to the outbox, which keeps their order from now on."""
        while chat.waiting:
            self._put_back(chat.waiting.popleft(), until)
        await self._is_flushed.wait()
        chat.put_back_until = None

    # -- storing results ---------------------------------------------------------------------

    def _result(self, result: SendResult) -> None:
        self._results.append(result)
        self._has_results.set()
        self._is_flushed.clear()

    async def _store_results(self) -> None:
        while True:
            await self._has_results.wait()
            self._has_results.clear()
            batch, self._results = self._results, []
            if batch:
                await self._store(batch)

    async def _store(self, batch: list[SendResult]) -> None:
        while True:
            try:
                await self._database.write(lambda unit: unit.outbox.mark_many(batch))
                break
            except StorageError:
                log.warning("sending.results_wait", results=len(batch))
                await asyncio.sleep(PAUSE_WHEN_BUSY)
        if not self._results:
            self._is_flushed.set()
        if self._is_behind:  # a chat's next message can be claimed now
            self._look.set()
        faults.point("send.marked")

    # -- running -----------------------------------------------------------------------------

    async def run(self) -> None:
        """Send until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._store_results())
            group.create_task(self._claim_for_ever())
            group.create_task(self._rescue_for_ever())

    async def _claim_for_ever(self) -> None:
        while True:
            try:
                is_more = await self._claim()
            except StorageError:
                is_more = False
                log.warning("sending.database_busy")
            if not is_more:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_EVERY):
                        await self._look.wait()
                self._look.clear()

    async def _claim(self) -> bool:
        """Claim what may be sent now; True where there may be more."""
        if self._is_stopping or not self._may_send():
            return False
        replies = await self._claim_lanes((Lane.REPLY,), REPLIES_AT_ONCE)
        room = BULK_AT_ONCE - self._bulk
        bulk = 0
        if room > 0 and not replies:
            lanes = (Lane.REMINDER, Lane.CAMPAIGN)
            bulk = await self._claim_lanes(lanes, room)
        return replies == REPLIES_AT_ONCE or bulk > 0

    async def _claim_lanes(self, lanes: tuple[Lane, ...], limit: int) -> int:
        until = self._clock() + LEASE
        rows, waiting = await self._database.write(
            lambda unit: (
                unit.outbox.claim(limit, [int(lane) for lane in lanes], self._holder, until),
                unit.outbox.counts().get("waiting", 0),
            )
        )
        self._is_behind = waiting > 0
        self.accept(rows)
        return len(rows)

    async def _rescue_for_ever(self) -> None:
        while True:
            with contextlib.suppress(StorageError):
                await self._database.write(lambda unit: unit.outbox.rescue())
            await asyncio.sleep(RESCUE_EVERY)

    async def settled(self) -> None:
        """Wait until nothing is under way and every result is stored."""
        while self._tasks:
            await asyncio.wait(self._tasks)
        await self._is_flushed.wait()

    async def stop(self, seconds: float) -> None:
        """Take nothing more from the outbox; wait for what is under way, at most `seconds`."""
        self._is_stopping = True
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        for chat in self._chats.values():
            while chat.waiting:
                self._put_back(chat.waiting.popleft(), self._clock())
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(2.0):
                await self._is_flushed.wait()


def make_unreachable(unit: Unit, channel: str, bot: str, chat: str) -> None:
    """Note that a chat cannot be reached any more, and cancel what waits for it."""
    unit.contacts.set_reachable(channel, bot, chat, False)
    unit.outbox.cancel_for_chat(channel, bot, chat)


def _attempt(row: Outgoing, now: datetime, *, is_plain: bool) -> Attempt:
    first_at = row.created_at or now
    return Attempt(Lane(row.lane), first_at, row.attempts, int(row.was_in_doubt), is_plain)
