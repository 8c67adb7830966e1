"""Runs of imports that staff began: one after the other, each ends, and none outlives the bot."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import structlog

from bot.courses.importing import Say
from bot.courses.keeping.running import TRIAL
from bot.courses.phrases import Phrase
from bot.errors import ImportRefused, Refused
from bot.work.import_runs import run_of
from storage import Database, Unit
from storage.listings import Feed

log = structlog.get_logger()


class RunsUnderWay:
    """What is being imported or tried for staff.

    Args:
        say: Puts into words why a run ended as it did.
    """

    def __init__(self, database: Database, say: Say) -> None:
        self._database, self._say = database, say
        self._one_at_a_time = asyncio.Semaphore(1)
        self._tasks: set[asyncio.Task[None]] = set()

    def note_begun(
        self, unit: Unit, feed: Feed, by: str, kind: str = "import", withdraw_at_most: int = 0
    ) -> str:
        """Write down that somebody begins a run; return it.

        Raises:
            Refused: "listings.refused.running_already": this provider is being imported now.
        """
        latest = unit.imports.list_latest(feed.city, 1, source=feed.provider)
        if kind != TRIAL and latest and run_of(unit, latest[0], unit.now).is_running:
            raise Refused("listings.refused.running_already")
        run = unit.imports.start(
            feed.city, feed.provider, feed.address, kind=kind, feed=feed.id, by=by
        )
        agreed = {"withdraws": str(withdraw_at_most)} if withdraw_at_most else {}
        unit.audit.record(
            "import.tried" if kind == TRIAL else "import.begun",
            actor=unit.people.reference_of(by),
            subject=feed.provider,
            city=feed.city,
            facts={"run": run, **agreed},
        )
        return run

    def go(self, run: str, work: Callable[[], Awaitable[None]]) -> None:
        """Do the work of a run when its turn comes; whatever goes wrong, the run ends."""
        task = asyncio.ensure_future(self._in_turn(run, work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _in_turn(self, run: str, work: Callable[[], Awaitable[None]]) -> None:
        async with self._one_at_a_time:
            try:
                await work()
            except ImportRefused as refusal:
                await self.refuse(run, Phrase(refusal.text_id, refusal.values))
            except Exception:
                # Whatever it was: a run that does not end keeps the provider's next one waiting.
                log.exception("import.failed", run=run)
                await self.refuse(run, Phrase("imports.refused.import_failed"))

    async def refuse(self, run: str, why: Phrase, name: str = "") -> None:
        """End a run for a reason."""
        await self.end(run, {"refused": self._say(why), "name": name})

    async def end(self, run: str, report: dict[str, Any]) -> None:
        """End a run that its own process did not end."""

        def end(unit: Unit) -> None:
            found = unit.imports.find(run)
            if found is not None and found.ended_at is None:
                unit.imports.finish(run, report)

        await self._database.write(end)

    async def settled(self) -> None:
        """Wait until nothing is under way."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def close(self) -> None:
        """Stop what is under way: files are kept, and staff may begin it again."""
        for task in self._tasks:
            task.cancel()
        await self.settled()
