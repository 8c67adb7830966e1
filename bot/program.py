"""The running program: what it is made of, how it starts and how it stops."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from aiohttp import web
from aiohttp.web_runner import TCPSite

from bot.handlers import Telegram
from bot.settings import Settings
from bot.web import WebRunner
from bot.work.badges import BadgeWorks
from bot.work.campaigns.works import CampaignWorks
from bot.work.catalogue import Catalogue
from bot.work.health import Health
from bot.work.intake import Intake
from bot.work.metrics import Metrics
from bot.work.publishing.publication import Publication
from bot.work.samples import Samples
from bot.work.sending import Sender
from bot.work.ticks import Ticks
from bot.work.turns import Turns
from content.load import LiveContent
from storage import Database, Unit

DRAIN_SECONDS = 8.0


def utc_now() -> datetime:
    """Return the time of the machine's clock."""
    return datetime.now(UTC)


@dataclass
class App:
    """The running program; two of them can live in one process.

    Attributes:
        settings: What the person who runs it chose.
        publication: What staff published, and whether it is in use.
        content: Words, cities and sources, replaceable while it runs.
    """

    settings: Settings
    publication: Publication
    content: LiveContent
    database: Database
    metrics: Metrics
    health: Health
    intake: Intake
    turns: Turns
    sender: Sender
    campaigns: CampaignWorks
    ticks: Ticks
    catalogue: Catalogue
    samples: Samples
    badges: BadgeWorks
    web: web.Application
    telegram: Telegram | None = None
    clock: Callable[[], datetime] = utc_now
    runner: WebRunner | None = None
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def start(self) -> None:
        """Take up what was left, then let messages in."""
        if self.settings.database_url.startswith("sqlite"):
            # The lock file says that we are alone: whatever is leased was leased by the dead.
            await self.database.write(_release_all)
        await self.campaigns.gate.look()
        await self.samples.bring_up_to_date()
        await self.catalogue.refresh(self.clock())
        self.tasks = [
            asyncio.create_task(self.turns.run(), name="turns"),
            asyncio.create_task(self.sender.run(), name="sender"),
            asyncio.create_task(self.campaigns.broadcasting.run(), name="broadcasting"),
            asyncio.create_task(self.health.watch_loop(), name="loop-lag"),
        ]
        self.runner = WebRunner(
            self.web, access_log=None, handle_signals=False, shutdown_timeout=1.0
        )
        await self.runner.setup()
        site = TCPSite(self.runner, self.settings.host, self.settings.port)
        await site.start()
        if self.telegram is not None:
            await self.telegram.start()
        self.ticks.start()
        self.health.is_started = True

    @property
    def port(self) -> int:
        """The port that the web server listens on."""
        if self.runner is None or not self.runner.addresses:
            return self.settings.port
        return int(self.runner.addresses[0][1])

    async def stop(self) -> None:
        """Let nothing more in, finish what is under way, close everything: at most 10 s."""
        self.health.is_stopping = True
        self.ticks.stop()
        if self.telegram is not None:
            await self.telegram.stop_intake()
        if self.runner is not None:
            await self.runner.cleanup()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(DRAIN_SECONDS):
                await self.turns.stop(DRAIN_SECONDS / 2)
                await asyncio.gather(
                    self.sender.stop(DRAIN_SECONDS / 2 - 1),
                    self.campaigns.broadcasting.stop(DRAIN_SECONDS / 2 - 1),
                )
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        if self.telegram is not None:
            await self.telegram.close()
        await self.badges.close()
        await self.publication.workshop.close()
        await self.database.aclose()


def _release_all(unit: Unit) -> None:
    unit.inbox.release_all()
    unit.outbox.release_all()
    unit.deliveries.release_all()
