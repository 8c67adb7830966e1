"""Sending what campaigns say: claim, send, note the end, at the pace that the channel keeps.

Only rows say how far a run is. A program that dies leaves its claims behind, which are in doubt
once their lease is over; staff decide about those, and nothing is sent twice by itself.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.campaigns.records import Broadcast, DeliveryState, Reason
from bot.errors import StorageError
from bot.reminders.zones import is_daytime, next_morning, zone_of
from bot.work import faults
from bot.work.campaigns.elsewhere import Elsewhere
from bot.work.campaigns.pacing import Pace
from bot.work.campaigns.posting import Letters, Poster
from bot.work.context import Surroundings
from bot.work.delivery import Lane
from bot.work.metrics import Metrics
from bot.work.ports import Channel
from storage import Database, Unit
from storage.repositories.deliveries import Claimed, Settled

LEASE = timedelta(seconds=60)
LOOK_EVERY = 1.0
KNOWN_FOR = 0.5
"""Seconds for which the list of runs is taken as known; whether one may go on is asked at every
claim, in the same statement."""
RESCUE_EVERY = 10.0
END_AT_ONCE = 1000
PAUSE_WHEN_BUSY = 0.5

log = structlog.get_logger()


@dataclass(slots=True)
class _Known:
    """The runs there are, as they were read a moment ago."""

    running: list[Broadcast] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    read_at: float = -1.0


class Broadcasting:
    """Sends what running broadcasts have queued.

    Args:
        database: Where deliveries are.
        channels: The channels that are sent through, by name and bot.
        letters: Makes each recipient's message.
        around: Returns the content, with the cities and the rules of sending.
        holder: This process's name in leases.
        metrics: What to count in.
        clock: Where the time comes from.
        tell: Called with the chats for which something was stored that readers fetch.
    """

    def __init__(
        self,
        database: Database,
        channels: Mapping[tuple[str, str], Channel],
        letters: Letters,
        around: Callable[[], Surroundings],
        *,
        holder: str,
        metrics: Metrics,
        clock: Callable[[], datetime],
        tell: Callable[[Collection[tuple[str, str]]], None],
    ) -> None:
        self._database = database
        self._around = around
        self._holder = holder
        self._metrics = metrics
        self._clock = clock
        self._tell = tell
        self._pace = Pace()
        self._elsewhere = Elsewhere(database, channels, clock)
        self._poster = Poster(database, channels, letters, self._pace, clock)
        self._known = _Known()
        self._turn = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._results: dict[str, list[Settled]] = {}
        self._has_results = asyncio.Event()
        self._is_flushed = asyncio.Event()
        self._is_flushed.set()
        self._look = asyncio.Event()
        self._is_stopping = False

    def look(self) -> None:
        """Look at the runs soon: one was begun, paused, resumed or cancelled."""
        self._known.read_at = -1.0
        self._look.set()

    async def run(self) -> None:
        """Send until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._store_results())
            group.create_task(self._send_for_ever())
            group.create_task(self._rescue_for_ever())

    async def stop(self, seconds: float) -> None:
        """Claim nothing more; wait for what is under way, at most `seconds`."""
        self._is_stopping = True
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(2.0):
                await self._is_flushed.wait()

    async def settled(self) -> None:
        """Wait until nothing is under way and every end is stored."""
        while self._tasks:
            await asyncio.wait(self._tasks)
        await self._is_flushed.wait()

    # -- claiming ----------------------------------------------------------------------------

    async def _send_for_ever(self) -> None:
        while True:
            try:
                is_more = await self.send_some()
            except StorageError:
                is_more = False
                log.warning("broadcasting.database_busy")
            except Exception:
                # One broken run must not end the sending of all others for good.
                is_more = False
                log.exception("broadcasting.failed")
            if not is_more:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_EVERY):
                        await self._look.wait()
                self._look.clear()

    async def send_some(self) -> bool:
        """Take up the next recipients of a run; True where there may be more right away."""
        if self._is_stopping:
            return False
        known = await self._runs()
        for broadcast in known.cancelled:
            await self._end_cancelled(broadcast)
        if not known.running:
            return False
        if not await self._has_room():
            return True
        self._turn += 1
        order = known.running[self._turn % len(known.running) :] + known.running
        for run in order[: len(known.running)]:
            if await self._claim(run):
                return True
        return False

    async def _runs(self) -> _Known:
        now = self._now()
        if now - self._known.read_at > KNOWN_FOR or self._known.read_at < 0:
            running, cancelled = await self._database.read(
                lambda unit: (unit.broadcasts.list_open(), unit.deliveries.list_cancelled())
            )
            cities = self._around().content.cities
            going = [one for one in running if one.state == "running" and one.city in cities]
            self._known = _Known(going, cancelled, now)
        return self._known

    async def _has_room(self) -> bool:
        """Wait a moment for room; False where there is none yet."""
        held = self._pace.held_until - self._now()
        if held > 0:
            await asyncio.sleep(min(held, LOOK_EVERY))
            return False
        if self._pace.room >= max(1, self._pace.window // 4):
            return True
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=LOOK_EVERY, return_when=asyncio.FIRST_COMPLETED)
        return self._pace.room >= max(1, self._pace.window // 4)

    async def _claim(self, run: Broadcast) -> bool:
        """Claim some of a run and send them; False where nobody of it is due."""
        now = self._clock()
        if self._elsewhere.is_left(run.id, self._now()):
            return False
        if not run.is_test and not await self._may_send(run, now):
            return False
        room, until = self._pace.room, now + LEASE
        rules = self._around().content.sending_in(run.city)
        claimed_at = self._now()
        batch = await self._database.write(
            lambda unit: unit.deliveries.claim(
                run, room, self._holder, until,
                cap=rules.cap, cap_since=now - timedelta(days=rules.cap_days),
            )
        )  # fmt: skip
        faults.point("broadcast.claimed")
        reached_by = {one.channel for one in batch.to}
        if await self._elsewhere.leaves(run.id, reached_by, self._now()):
            for one in batch.to:
                self._result(run.id, Settled(one.number, "queued"))
            return False
        for one in batch.to:
            self._start(run, one, claimed_at)
        if not batch:
            await self._finish(run)
        return bool(batch)

    def _start(self, run: Broadcast, to: Claimed, claimed_at: float) -> None:
        self._pace.under_way += 1
        task = asyncio.create_task(self._deliver(run, to, claimed_at))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _may_send(self, run: Broadcast, now: datetime) -> bool:
        """Tell whether it is an hour for it; end what has become too late."""
        if run.not_after is not None and now >= run.not_after:
            await self._end_all(run.id, "skipped", "late")
            return True
        content = self._around().content
        zone, between = zone_of(content.cities[run.city].zone), content.sending_in(run.city).daytime
        if is_daytime(now, zone, between):
            return True
        if run.not_after is not None and next_morning(now, zone, between) >= run.not_after:
            await self._end_all(run.id, "skipped", "quiet")
            return True
        return False

    async def _finish(self, run: Broadcast) -> None:
        """Finish a run of which nothing is open any more."""
        totals = await self._counted(run.id)
        if totals is None:
            return

        def finish(unit: Unit) -> None:
            if unit.broadcasts.take(run.id).state != "running" or unit.deliveries.is_open(run.id):
                return
            unit.broadcasts.set_state(run.id, "finished", was=["running"])
            unit.broadcasts.keep_totals(run.id, totals)

        await self._database.write(finish)
        self._known.read_at = -1.0

    async def _counted(self, broadcast: str) -> dict[str, int] | None:
        """Return how the rows of a run ended; None while any is open. Holds up no writer."""

        def count(unit: Unit) -> dict[str, int] | None:
            if unit.deliveries.is_open(broadcast):
                return None
            return unit.broadcasts.counts(broadcast)

        return await self._database.read(count)

    async def _end_cancelled(self, broadcast: str) -> None:
        """End the rows of a cancelled run, and keep its counts once none is under way."""
        await self._end_all(broadcast, "cancelled", "")
        totals = await self._counted(broadcast)
        if totals is not None:
            kept = totals or {"cancelled": 0}
            await self._database.write(lambda unit: unit.broadcasts.keep_totals(broadcast, kept))

    async def _end_all(self, broadcast: str, state: DeliveryState, reason: Reason | str) -> None:
        """End all that is queued of a run, in slices."""
        ended = END_AT_ONCE
        while ended == END_AT_ONCE:
            ended = await self._database.write(
                lambda unit: unit.deliveries.end_some(broadcast, state, reason, END_AT_ONCE)
            )
        self._known.read_at = -1.0

    # -- going out ---------------------------------------------------------------------------

    async def _deliver(self, run: Broadcast, to: Claimed, claimed_at: float) -> None:
        try:
            self._result(run.id, await self._poster.post(run, to, claimed_at))
        finally:
            self._pace.under_way -= 1

    # -- storing ends ------------------------------------------------------------------------

    def _result(self, broadcast: str, result: Settled) -> None:
        self._metrics.sent.labels(str(int(Lane.CAMPAIGN)), result.state).inc()
        self._results.setdefault(broadcast, []).append(result)
        self._has_results.set()
        self._is_flushed.clear()

    async def _store_results(self) -> None:
        while True:
            await self._has_results.wait()
            self._has_results.clear()
            batch, self._results = self._results, {}
            if batch:
                await self._store(batch)

    async def _store(self, batch: Mapping[str, list[Settled]]) -> None:
        await asyncio.gather(*(self._store_of(run, results) for run, results in batch.items()))
        if not self._results:
            self._is_flushed.set()
        faults.point("broadcast.marked")

    async def _store_of(self, broadcast: str, results: list[Settled]) -> None:
        while True:
            try:
                stored = await self._database.write(
                    lambda unit: unit.deliveries.settle(broadcast, self._holder, results)
                )
            except StorageError:
                log.warning("broadcasting.results_wait", broadcast=broadcast)
                await asyncio.sleep(PAUSE_WHEN_BUSY)
            except Exception:
                # The rows stay claimed and are in doubt once their lease is over: staff see them.
                log.exception("broadcasting.results_refused", broadcast=broadcast)
                return
            else:
                if stored:
                    self._tell([(one.channel, one.chat) for one in stored])
                return

    async def _rescue_for_ever(self) -> None:
        while True:
            try:
                await self._database.write(self._rescue)
            except StorageError:
                log.warning("broadcasting.rescue_waits")
            except Exception:
                log.exception("broadcasting.rescue_failed")
            await asyncio.sleep(RESCUE_EVERY)

    def _rescue(self, unit: Unit) -> None:
        self._elsewhere.say(unit)
        unit.deliveries.rescue()

    def _now(self) -> float:
        return asyncio.get_running_loop().time()
