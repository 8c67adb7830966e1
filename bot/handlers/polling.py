"""Fetching updates: what came is stored first, and only then confirmed to Telegram.

python-telegram-bot's Updater confirms a batch before it was handled, so a kill loses up to 100
updates; hence this loop (docs/decisions/0002).
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable
from typing import Any, Final

from bot.errors import DeliveryError, RetryLater, StorageError
from bot.handlers.health import TelegramHealth
from bot.handlers.intake import Intake
from bot.handlers.reading import ALLOWED_UPDATES
from bot.handlers.refusals import ContestedError, FloodRefused, TokenRefused
from bot.handlers.transport import Transport, wait_or_stop

log = logging.getLogger(__name__)

POLL_SECONDS: Final = 25
ANSWER_SECONDS: Final = 35.0
BATCH: Final = 100
FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 30.0
FORGET_OFFSET_AFTER: Final = 3600.0
"""After a week of silence update ids may begin again lower; without an offset none is missed."""


class Backoff:
    """Pauses that double, with jitter, until something succeeds."""

    def __init__(self, first: float = FIRST_PAUSE, longest: float = LONGEST_PAUSE) -> None:
        self._first = first
        self._longest = longest
        self._failures = 0

    def next(self) -> float:
        """Seconds to wait after one more failure."""
        self._failures += 1
        full = self._first * 2.0 ** min(self._failures - 1, 16)
        return min(self._longest, full) * random.uniform(0.5, 1.0)  # noqa: S311

    def succeeded(self) -> None:
        """Begin again with short pauses."""
        self._failures = 0


class Poller:
    """The polling loop of one bot.

    Args:
        transport: A way to the Bot API of its own, so that long polls hold up no message.
        intake: Takes the updates.
        health: Told how it goes.
        poll_seconds: How long the server holds an empty poll.
        clock: Seconds that only go forward.
        wait: Waits out a pause; True if told to stop meanwhile.
    """

    def __init__(
        self,
        transport: Transport,
        intake: Intake,
        health: TelegramHealth,
        *,
        poll_seconds: int = POLL_SECONDS,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[asyncio.Event, float], Awaitable[bool]] = wait_or_stop,
    ) -> None:
        self._wait = wait
        self._transport = transport
        self._intake = intake
        self._health = health
        self._poll_seconds = poll_seconds
        self._clock = clock
        self._offset = 0
        self._heard_at = clock()

    async def run(self, stopping: asyncio.Event) -> None:
        """Poll until `stopping` is set or the task is cancelled; neither loses an update."""
        backoff = Backoff()
        while not stopping.is_set():
            try:
                updates = await self._fetch()
            except DeliveryError as error:
                if await self._wait(stopping, self._pause_after(error, backoff)):
                    return
                continue
            self._health.polled()
            backoff.succeeded()
            if updates and not await self._store(updates, stopping):
                return

    async def _fetch(self) -> list[dict[str, Any]]:
        if self._clock() - self._heard_at > FORGET_OFFSET_AFTER:
            self._offset = 0
        parameters: dict[str, Any] = {
            "limit": BATCH,
            "timeout": self._poll_seconds,
            "allowed_updates": ALLOWED_UPDATES,
        }
        if self._offset:
            parameters["offset"] = self._offset
        found: list[dict[str, Any]] = await self._transport.call(
            "getUpdates", parameters, ANSWER_SECONDS
        )
        return found

    async def _store(self, updates: list[dict[str, Any]], stopping: asyncio.Event) -> bool:
        """Store a batch however long the database takes; False if told to stop before."""
        backoff = Backoff(longest=5.0)
        while True:
            try:
                await self._intake.take(updates)
                break
            except StorageError as error:
                log.warning("The database takes nothing: %s. Nothing is confirmed.", error)
                if await self._wait(stopping, backoff.next()):
                    return False
        self._offset = max(int(update["update_id"]) for update in updates) + 1
        self._heard_at = self._clock()
        return True

    def _pause_after(self, error: DeliveryError, backoff: Backoff) -> float:
        if isinstance(error, FloodRefused):
            return error.after
        if isinstance(error, TokenRefused):
            self._health.is_token_refused = True
            log.error("Telegram refuses the token.")
            return error.after
        if isinstance(error, ContestedError):
            self._health.is_contested = True
            log.error("Another program fetches this bot's updates, or a webhook is set.")
            return max(5.0, backoff.next())
        pause = max(backoff.next(), error.after if isinstance(error, RetryLater) else 0.0)
        log.warning("Fetching updates failed (%s); again in %.1f s.", error, pause)
        return pause
