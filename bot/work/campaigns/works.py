"""Everything that begins, sends and stops campaigns, put together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.work.campaigns.broadcasting import Broadcasting
from bot.work.campaigns.launching import Launching
from bot.work.campaigns.mail import Mail
from bot.work.context import Surroundings
from bot.work.gate import LOOK_EVERY, Gate
from bot.work.metrics import Metrics
from bot.work.ports import Channel
from bot.work.ticks import Tick
from storage import Database

LAUNCH_EVERY = 3.0
"""Seconds between two looks at what is due."""


@dataclass(frozen=True, slots=True)
class CampaignWorks:
    """What the running program does about campaigns."""

    gate: Gate
    launching: Launching
    broadcasting: Broadcasting

    async def look(self) -> None:
        """Begin and freeze what is due, and have it sent; nothing while all is stopped."""
        if self.gate.is_open:
            await self.launching.look()
            self.broadcasting.look()

    def ticks(self) -> tuple[Tick, ...]:
        """Return what happens by the clock."""
        return (
            Tick("gate", LOOK_EVERY, self.gate.look),
            Tick("campaigns", LAUNCH_EVERY, self.look),
        )


def campaign_works(
    database: Database,
    channels: Mapping[tuple[str, str], Channel],
    around: Callable[[], Surroundings],
    gate: Gate,
    *,
    holder: str,
    metrics: Metrics,
    clock: Callable[[], datetime],
    tell: Callable[[Collection[tuple[str, str]]], None],
) -> CampaignWorks:
    """Put it together; nothing is started."""
    broadcasting = Broadcasting(
        database,
        channels,
        Mail(database, around).letter,
        around,
        holder=holder,
        metrics=metrics,
        clock=clock,
        tell=tell,
    )
    return CampaignWorks(gate, Launching(database, around), broadcasting)
