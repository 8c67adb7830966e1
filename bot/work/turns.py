"""Turns: taking the oldest message of each chat, playing it, storing all that follows at once."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Protocol

import structlog

from bot.errors import Conflict, StorageError
from bot.work import faults
from bot.work.metrics import Metrics
from bot.work.turn import Failed, Played, Stored, Turn
from storage import Database, Unit
from storage.records import ClaimedIncoming

LEASE = timedelta(seconds=30)
FORGET_AFTER = 20.0
"""Seconds after which a message that could not be stored is left to its lease."""
BATCH = 32
BATCHES_AT_ONCE = 2
THREADS = 8
SLOW = 0.25
"""Seconds after which another thread goes on with the rest of a batch."""
HUNG = 20.0
LOOK_EVERY = 1.0
RESCUE_EVERY = 5.0
PAUSE_WHEN_BUSY = 0.5
TRIES = 3
TRIES_AFTER_CONFLICT = 10

log = structlog.get_logger()


class Player(Protocol):
    """Plays turns: what `bot.work.turn.Player` does."""

    def play(self, unit: Unit, claimed: ClaimedIncoming) -> Played:
        """Play a message against what the unit reads; called off the event loop."""
        ...

    def give_up(self, unit: Unit, claimed: ClaimedIncoming, reason: str) -> Stored:
        """Set a message aside and tell the person once, with a reference."""
        ...


class Outlet(Protocol):
    """Where stored turns go on to: what they sent is delivered."""

    def deliver(self, stored: Stored) -> None:
        """Send what the turn put into the outbox; called on the event loop after the commit."""
        ...

    def show_work(self, claimed: ClaimedIncoming) -> None:
        """Show the person that an answer is being made, because it takes a while."""
        ...


class _Batch:
    """Messages of different chats that one thread plays in turn; more threads may join in."""

    def __init__(self, claimed: Sequence[ClaimedIncoming]) -> None:
        self.waiting = deque(claimed)
        self.playing: dict[str, tuple[ClaimedIncoming, float]] = {}
        self.played: deque[Played] = deque()

    def play(self, player: Player, unit: Unit) -> None:
        """Play what waits until nothing does."""
        while True:
            try:
                claimed = self.waiting.popleft()
            except IndexError:
                return
            faults.point("turn.claimed")
            self.playing[claimed.id] = (claimed, time.monotonic())
            try:
                played: Played = player.play(unit, claimed)
            except Exception as error:  # noqa: BLE001 - one message never stops the others
                played = Failed(claimed, error)
            if self.playing.pop(claimed.id, None) is not None:
                self.played.append(played)

    def fail(self, error: Exception) -> None:
        """Fail what waits: the database could not be read."""
        with contextlib.suppress(IndexError):
            while True:
                self.played.append(Failed(self.waiting.popleft(), error))

    def take_played(self) -> list[Played]:
        """Return what was played since the last time."""
        return [self.played.popleft() for _ in range(len(self.played))]

    def slow(self) -> list[ClaimedIncoming]:
        """Return the messages that are being played now."""
        return [one for one, _ in list(self.playing.values())]

    def take_hung(self) -> list[Played]:
        """Give up waiting for turns that take too long; their threads are left behind."""
        now = time.monotonic()
        hung = [one for one, since in list(self.playing.values()) if now - since > HUNG]
        return [
            Failed(one, TimeoutError("the turn did not end"))
            for one in hung
            if self.playing.pop(one.id, None) is not None
        ]


class Turns:
    """Plays incoming messages, one at a time for each chat and many chats at once.

    Args:
        database: Where everything is.
        player: Plays one message.
        outlet: Delivers what a stored turn wants to be sent.
        holder: This process's name in leases.
        metrics: What to count in.
    """

    def __init__(
        self,
        database: Database,
        player: Player,
        outlet: Outlet,
        *,
        holder: str,
        metrics: Metrics,
    ) -> None:
        self._database = database
        self._player = player
        self._outlet = outlet
        self._holder = holder
        self._metrics = metrics
        self._ready: deque[ClaimedIncoming] = deque()
        self._held_since: dict[str, float] = {}
        self._wake = asyncio.Event()
        self._look = asyncio.Event()
        self._slots = asyncio.Semaphore(BATCHES_AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="turn")
        self._is_stopping = False
        self._is_behind = False

    # -- coming in ---------------------------------------------------------------------------

    def accept(self, claimed: Sequence[ClaimedIncoming]) -> None:
        """Take messages that are leased to this process."""
        now = time.monotonic()
        for row in claimed:
            self._held_since.setdefault(row.id, now)
        self._ready.extend(claimed)
        self._wake.set()

    def look(self) -> None:
        """Claim soon: a message waits behind another of its chat."""
        self._is_behind = True
        self._look.set()

    # -- running -----------------------------------------------------------------------------

    async def run(self) -> None:
        """Play until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._serve())
            group.create_task(self._claim_for_ever())
            group.create_task(self._rescue_for_ever())

    async def _serve(self) -> None:
        while True:
            await self._wake.wait()
            await self._slots.acquire()
            batch = self._next_batch()
            if not batch:
                self._slots.release()
                self._wake.clear()
                continue
            task = asyncio.create_task(self._run_batch(batch))
            self._tasks.add(task)
            task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._slots.release()
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("turns.batch_failed", exc_info=error)

    def _next_batch(self) -> list[ClaimedIncoming]:
        batch: list[ClaimedIncoming] = []
        now = time.monotonic()
        while self._ready and len(batch) < BATCH:
            claimed = self._ready.popleft()
            if now - self._held_since.get(claimed.id, now) < FORGET_AFTER:
                batch.append(claimed)
            else:
                self._held_since.pop(claimed.id, None)
        return batch

    async def _run_batch(self, claimed: Sequence[ClaimedIncoming]) -> None:
        batch = _Batch(claimed)
        loop = asyncio.get_running_loop()
        pending = {loop.run_in_executor(self._threads, self._play, batch)}
        while pending:
            done, pending = await asyncio.wait(pending, timeout=SLOW)
            hung = batch.take_hung()
            played = [*batch.take_played(), *hung]
            if played:
                await self._store(played)
            if hung and not batch.playing and not batch.waiting:
                return
            if not done:
                for slow in batch.slow():
                    self._outlet.show_work(slow)
            if not done and batch.waiting:
                pending.add(loop.run_in_executor(self._threads, self._play, batch))

    def _play(self, batch: _Batch) -> None:
        """Play a batch over one snapshot of the database, in a thread of its own."""
        try:
            self._database.read_now(lambda unit: batch.play(self._player, unit))
        except StorageError as error:
            batch.fail(error)

    # -- storing -----------------------------------------------------------------------------

    async def _store(self, played: list[Played]) -> None:
        turns = [one for one in played if isinstance(one, Turn)]
        for one in played:
            if isinstance(one, Failed):
                await self._fail(one.claimed, one.error)
        if turns:
            await self._store_turns(turns)

    async def _store_turns(self, turns: list[Turn]) -> None:
        faults.point("turn.played")
        started = time.perf_counter()
        results = await self._database.write_many([turn.store for turn in turns])
        faults.point("turn.committed")
        self._metrics.turn_seconds.observe(time.perf_counter() - started)
        for turn, result in zip(turns, results, strict=True):
            if isinstance(result, Stored):
                self._delivered(result)
            else:
                await self._fail(turn.claimed, result)

    def _delivered(self, stored: Stored) -> None:
        self._metrics.turns.labels(stored.status).inc()
        self._held_since.pop(stored.claimed, None)
        for reference, error in stored.failures:
            log.error("turns.flow_failed", reference=reference, exc_info=error)
        self._outlet.deliver(stored)
        if self._is_behind:
            self._look.set()

    async def _fail(self, claimed: ClaimedIncoming, error: Exception) -> None:
        """Try again, or after three tries set the message aside and tell the person."""
        self._metrics.failures.labels(type(error).__name__).inc()
        if isinstance(error, StorageError):
            asyncio.get_running_loop().call_later(PAUSE_WHEN_BUSY, self.accept, [claimed])
            return
        self._held_since.pop(claimed.id, None)
        log.error("turns.failed", message=claimed.id, tries=claimed.tries, exc_info=error)
        most = TRIES_AFTER_CONFLICT if isinstance(error, Conflict) else TRIES
        reason = type(error).__name__
        with contextlib.suppress(StorageError):  # the lease runs out and it is tried again
            if claimed.tries < most:
                await self._database.write(lambda unit: self._retry(unit, claimed, error))
                self._look.set()
            else:
                stored = await self._database.write(
                    lambda unit: self._player.give_up(unit, claimed, reason)
                )
                self._delivered(stored)

    @staticmethod
    def _retry(unit: Unit, claimed: ClaimedIncoming, error: Exception) -> None:
        pause = 0.0 if isinstance(error, Conflict) else 0.25 * claimed.tries
        unit.inbox.retry_at(claimed.id, unit.now + timedelta(seconds=pause))

    # -- claiming ----------------------------------------------------------------------------

    async def _claim_for_ever(self) -> None:
        while True:
            with contextlib.suppress(StorageError):
                while await self._claim():
                    pass
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK_EVERY):
                    await self._look.wait()
            self._look.clear()

    async def _claim(self) -> bool:
        """Claim messages that wait; True where there may be more."""
        if self._is_stopping:
            return False
        claimed, oldest = await self._database.write(
            lambda unit: (
                unit.inbox.claim(BATCH, self._holder, unit.now + LEASE),
                unit.inbox.oldest_waiting_at(),
            )
        )
        self._is_behind = oldest is not None
        if claimed:
            self.accept(claimed)
        return len(claimed) == BATCH

    async def _rescue_for_ever(self) -> None:
        while True:
            with contextlib.suppress(StorageError):
                if await self._database.write(lambda unit: unit.inbox.rescue()):
                    self._look.set()
            await asyncio.sleep(RESCUE_EVERY)

    async def stop(self, seconds: float) -> None:
        """Claim nothing more; play what is under way, at most `seconds`; give the rest back."""
        self._is_stopping = True
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self._tasks or self._ready:
                    await asyncio.wait(self._tasks or {asyncio.create_task(asyncio.sleep(0))})
        self._ready.clear()
        with contextlib.suppress(StorageError):
            await self._database.write(lambda unit: unit.inbox.release(self._holder))
        self._threads.shutdown(wait=False, cancel_futures=True)
