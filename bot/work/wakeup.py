"""Telling another part of the program that there is something new to look at.

A wake-up is a hint and never the truth: whoever waits also looks by itself now and then. Within
one process a dictionary of events is enough; a server between processes fits the same surface.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Subscription:
    """Waits for the wake-ups of one topic."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def notify(self) -> None:
        """Wake the one who waits, now or at its next wait."""
        self._event.set()

    async def wait(self, timeout: float) -> bool:  # noqa: ASYNC109
        """Wait at most `timeout` seconds; True where there was a wake-up."""
        try:
            async with asyncio.timeout(timeout):
                await self._event.wait()
        except TimeoutError:
            return False
        self._event.clear()
        return True


class Wakeup:
    """Wake-ups by topic, within one process and one event loop."""

    def __init__(self) -> None:
        self._subscribers: defaultdict[str, set[Subscription]] = defaultdict(set)

    def notify(self, topic: str) -> None:
        """Wake everyone who waits for the topic; call it on the event loop's thread."""
        for subscription in self._subscribers.get(topic, ()):
            subscription.notify()

    @asynccontextmanager
    async def subscribe(self, topic: str) -> AsyncIterator[Subscription]:
        """Hear the topic's wake-ups for as long as the block lasts."""
        subscription = Subscription()
        self._subscribers[topic].add(subscription)
        try:
            yield subscription
        finally:
            self._subscribers[topic].discard(subscription)
            if not self._subscribers[topic]:
                del self._subscribers[topic]


def chat_topic(channel: str, chat: str) -> str:
    """The topic of everything that is added to or changed in one chat."""
    return f"chat:{channel}:{chat}"
