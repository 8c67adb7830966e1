"""Delivery of updates to a webhook: a chat in order, chats in parallel, again until it is taken."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any

import aiohttp
import orjson

from tests.support.fake_bot_api.updates import Updates

FIRST_WAIT = 0.05
LONGEST_WAIT = 2.0
ANSWER_WITHIN = 60.0


class Webhook:
    """The address that updates go to."""

    def __init__(self, updates: Updates) -> None:
        self._updates = updates
        self._queues: dict[Any, deque[dict[str, Any]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None
        self._gate = asyncio.Semaphore(40)
        self.url = ""
        self.secret = ""
        self.connections = 40
        self.last_error = ""
        self.attempts: list[int] = []

    def set(self, url: str, secret: str, connections: int) -> None:
        """Deliver to this address from now on, what waits first."""
        self.stop()
        self.url, self.secret, self.connections = url, secret, connections
        self._gate = asyncio.Semaphore(connections)
        if url:
            for update in self._updates.pending():
                self.deliver(update)

    def deliver(self, update: dict[str, Any]) -> None:
        """Queue an update behind the others of its chat."""
        if not self.url:
            return
        chat = _chat_of(update)
        queue = self._queues.get(chat)
        if queue is not None:
            queue.append(update)
            return
        self._queues[chat] = deque([update])
        task = asyncio.get_running_loop().create_task(self._drain(chat))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def stop(self) -> None:
        """Deliver nothing more."""
        for task in self._tasks:
            task.cancel()
        self._queues.clear()
        self.url = ""

    async def close(self) -> None:
        """Stop, and let go of the connections."""
        tasks = list(self._tasks)
        self.stop()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    async def _drain(self, chat: Any) -> None:
        queue = self._queues[chat]
        wait = FIRST_WAIT
        while queue:
            if await self._post(queue[0]):
                self._updates.confirm(queue.popleft()["update_id"])
                wait = FIRST_WAIT
            else:
                await asyncio.sleep(wait)
                wait = min(wait * 2, LONGEST_WAIT)
        del self._queues[chat]

    async def _post(self, update: dict[str, Any]) -> bool:
        headers = {"Content-Type": "application/json"}
        if self.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.secret
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=0)
            self._session = aiohttp.ClientSession(
                connector=connector, timeout=aiohttp.ClientTimeout(total=ANSWER_WITHIN)
            )
        self.attempts.append(update["update_id"])
        try:
            async with (
                self._gate,
                self._session.post(self.url, data=orjson.dumps(update), headers=headers) as answer,
            ):
                if answer.status // 100 == 2:
                    return True
                self.last_error = f"Wrong response from the webhook: {answer.status}"
        except (aiohttp.ClientError, TimeoutError) as error:
            self.last_error = type(error).__name__
        return False


def _chat_of(update: dict[str, Any]) -> Any:
    for kind, value in update.items():
        if kind == "callback_query":
            return value["from"]["id"]
        if isinstance(value, dict) and "chat" in value:
            return value["chat"]["id"]
    return None
