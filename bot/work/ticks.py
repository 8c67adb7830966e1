"""What happens by the clock: APScheduler ticks, and the database knows what is due.

A tick does whatever is due by then, so a missed or doubled tick changes nothing. Nothing is
scheduled for a person here: due times are rows.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.errors import BotError

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Tick:
    """Something done every so many seconds.

    Attributes:
        first: Seconds after the start at which it is done first; as often as else where 0.
    """

    name: str
    seconds: float
    work: Callable[[], Awaitable[object]]
    first: float = 0


class Ticks:
    """Runs ticks until stopped; one that raises is logged and comes again.

    Attributes:
        names: Of all ticks.
    """

    def __init__(self, ticks: tuple[Tick, ...]) -> None:
        self.names = tuple(tick.name for tick in ticks)
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        for tick in ticks:
            self._scheduler.add_job(
                _guarded,
                _trigger(tick),
                args=(tick,),
                id=tick.name,
                misfire_grace_time=None,
                coalesce=True,
                max_instances=1,
            )

    def start(self) -> None:
        """Begin ticking."""
        self._scheduler.start()

    def stop(self) -> None:
        """Tick no more."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)


def _trigger(tick: Tick) -> IntervalTrigger:
    first = datetime.now(UTC) + timedelta(seconds=tick.first) if tick.first else None
    return IntervalTrigger(seconds=tick.seconds, start_date=first, timezone="UTC")


async def _guarded(tick: Tick) -> None:
    try:
        await tick.work()
    except BotError as error:
        log.warning("tick.failed", tick=tick.name, error=type(error).__name__)
    except Exception:
        log.exception("tick.failed", tick=tick.name)
