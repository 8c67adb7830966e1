"""Keeps what is sent within the budgets: replies at once, reminders before campaigns."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, Final

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.errors import ChatBusy, RetryLater
from bot.handlers.budgets import Budgets
from bot.handlers.refusals import FloodRefused, seconds_of

REPLY: Final = 0
REMINDER: Final = 1
CAMPAIGN: Final = 2
PAID: Final = 3
PATIENCE: Final = 2.0
"""Seconds that a message waits here; one that must wait longer goes back to the outbox."""
CAMPAIGN_PATIENCE: Final = 0.5
"""A campaign's message waits no longer, for its own chat or for others: whoever leaves is not
written to a second later."""
OTHERS_FIRST: Final = 0.5
"""Seconds after which what waited long enough may try again."""
_SENDING: Final = ("send", "copy", "forward", "edit")


class Limiter(BaseRateLimiter[int]):
    """Lets messages leave when they may.

    For calls through python-telegram-bot, `rate_limit_args` is the lane.

    Args:
        is_open: No budgets, for measuring; a 429 is still obeyed.
        clock: Seconds that only go forward.
        sleep: Waits on that clock.
    """

    def __init__(
        self,
        *,
        is_open: bool = False,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._is_open = is_open
        self._clock = clock
        self._sleep = sleep
        self._budgets = Budgets(clock())
        self._bulk = _Queue()

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def enter(self, chat: int, lane: int, patience: float | None = None) -> None:
        """Return when a message may leave to this chat, and count it.

        Args:
            patience: Seconds that it waits in all; None for any time.

        Raises:
            ChatBusy: It would have to wait for its own chat longer than that, or than `PATIENCE`.
            RetryLater: It would have to wait for others so long.
        """
        self.check(chat, lane)
        if self._is_open:
            return
        now = self._clock()
        until = None if patience is None else now + patience
        while wait := self._budgets.chat_wait(chat, now):
            if until is not None and now + wait > until:
                raise ChatBusy(wait, "the chat had enough for now")
            await self._wait(wait)
            now = self._clock()
            self._check_pause(chat, lane, now)
        if lane == REPLY:
            self._budgets.take(chat, now)
            return
        if lane == PAID:
            await self._wait_for_paid(chat, lane, until)
            return
        async with self._bulk.turn(lane):
            await self._wait_for_overall(chat, lane, until)

    def check(self, chat: int, lane: int = REPLY) -> None:
        """Let a call pass that costs no budget, such as an edit.

        Raises:
            RetryLater: A 429 forbids it for now.
        """
        self._check_pause(chat, lane, self._clock())

    def refused(self, chat: int, seconds: float) -> None:
        """Remember that a call about this chat was answered 429."""
        self._budgets.refused(chat, seconds, self._clock())

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Any:
        """Make a call of python-telegram-bot when it may leave; it is never repeated here."""
        chat = data.get("chat_id")
        chat_id = int(chat) if isinstance(chat, int | str) and _is_number(chat) else 0
        if chat_id and endpoint.startswith(_SENDING) and endpoint != "sendChatAction":
            lane = rate_limit_args or REPLY
            await self.enter(chat_id, lane, patience_of(lane))
        try:
            return await callback(*args, **kwargs)
        except RetryAfter as error:
            self.refused(chat_id, seconds_of(error))
            raise

    async def _wait_for_paid(self, chat: int, lane: int, until: float | None) -> None:
        """Wait for the budget of what is paid for, which takes nothing from the others."""
        while wait := self._budgets.paid_wait(self._clock()):
            if until is not None and self._clock() + wait > until:
                raise RetryLater(wait, "others go first")
            await self._wait(wait)
            self._check_pause(chat, lane, self._clock())
        self._budgets.take_paid(chat, self._clock())

    async def _wait_for_overall(self, chat: int, lane: int, until: float | None) -> None:
        while True:
            now = self._clock()
            self._check_pause(chat, lane, now)
            if until is not None and now > until:
                raise RetryLater(OTHERS_FIRST, "others go first")
            wait = max(self._budgets.overall_wait(now), self._budgets.chat_wait(chat, now))
            if not wait:
                self._budgets.take(chat, now)
                return
            if until is not None and now + wait > until:
                raise RetryLater(wait, "others go first")
            await self._wait(wait)

    def _check_pause(self, chat: int, lane: int, now: float) -> None:
        pause = self._budgets.pause(chat, now, is_bulk=lane != REPLY)
        if pause:
            raise FloodRefused(pause, "held back after too many requests")

    async def _wait(self, seconds: float) -> None:
        if seconds > PATIENCE:
            raise ChatBusy(seconds, "held back by the budget of the chat")
        await self._sleep(seconds)


class _Queue:
    """One at a time: the lowest lane first, in order of coming."""

    def __init__(self) -> None:
        self._is_taken = False
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._numbers = itertools.count()

    @asynccontextmanager
    async def turn(self, lane: int) -> AsyncIterator[None]:
        """Hold the one turn."""
        if self._is_taken:
            await self._wait(lane)
        self._is_taken = True
        try:
            yield
        finally:
            self._is_taken = False
            self._pass_on()

    async def _wait(self, lane: int) -> None:
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (lane, next(self._numbers), mine))
        try:
            await mine
        except asyncio.CancelledError:
            if mine.done() and not mine.cancelled():
                self._is_taken = False
                self._pass_on()
            raise

    def _pass_on(self) -> None:
        while self._waiting:
            _, _, first = heapq.heappop(self._waiting)
            if not first.done():
                self._is_taken = True
                first.set_result(None)
                return


def patience_of(lane: int) -> float | None:
    """Return how long a message of a lane waits for others, in seconds; None for any time."""
    return CAMPAIGN_PATIENCE if lane in (CAMPAIGN, PAID) else None


def _is_number(value: int | str) -> bool:
    return isinstance(value, int) or value.lstrip("-").isdigit()
