"""Pending updates with the Bot API's confirmation rules."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any

from tests.support.fake_bot_api.calls import ApiError

KEPT_SECONDS = 24 * 3600
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
SUPERSEDED = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)


class Updates:
    """What waits to be fetched or delivered, oldest first; kept 24 hours."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._pending: OrderedDict[int, tuple[float, dict[str, Any]]] = OrderedDict()
        self._poller: asyncio.Future[None] | None = None
        self.next_id = 1000
        self.allowed: frozenset[str] = frozenset()
        self.confirmed: set[int] = set()

    def push(self, kind: str, value: dict[str, Any], update_id: int | None = None) -> int | None:
        """Add an update; returns its id, or None for a kind that the bot does not want."""
        if kind not in self.allowed if self.allowed else kind in NOT_BY_DEFAULT:
            return None
        if update_id is None:
            update_id, self.next_id = self.next_id, self.next_id + 1
        self._pending[update_id] = (self._clock(), {"update_id": update_id, kind: value})
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(None)
        return update_id

    def allow(self, kinds: Iterable[str]) -> None:
        """Remember which kinds are wanted; none means the default."""
        self.allowed = frozenset(kinds)

    def confirm(self, update_id: int) -> None:
        """Forget an update that was delivered."""
        if self._pending.pop(update_id, None) is not None:
            self.confirmed.add(update_id)

    def pending(self, limit: int | None = None) -> list[dict[str, Any]]:
        """The oldest updates that wait."""
        self._expire()
        found: list[dict[str, Any]] = []
        for _, update in self._pending.values():
            if limit is not None and len(found) >= limit:
                break
            found.append(update)
        return found

    async def fetch(self, offset: int, limit: int, seconds: float) -> list[dict[str, Any]]:
        """What getUpdates answers: confirms all below `offset`, waits at most `seconds`.

        Raises:
            ApiError: 409 if a newer call takes over.
        """
        self._supersede()
        if offset < 0:
            for update_id in list(self._pending)[: offset or None]:
                self.confirm(update_id)
        else:
            for update_id in [known for known in self._pending if known < offset]:
                self.confirm(update_id)
        if not self._pending and seconds > 0:
            await self._wait(seconds)
        return self.pending(limit)

    async def _wait(self, seconds: float) -> None:
        mine = self._poller = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                await mine
        except TimeoutError:
            return
        finally:
            if self._poller is mine:
                self._poller = None

    def _supersede(self) -> None:
        if self._poller is not None and not self._poller.done():
            self._poller.set_exception(ApiError(409, SUPERSEDED))

    def _expire(self) -> None:
        oldest = self._clock() - KEPT_SECONDS
        while self._pending and next(iter(self._pending.values()))[0] < oldest:
            self._pending.popitem(last=False)
