"""From Telegram's updates to the inbox, for both ways in."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, TypeAlias

from bot.conversation.messages import Incoming
from bot.handlers.health import TelegramHealth
from bot.handlers.inline import InlineMode
from bot.handlers.reading import UnreadableUpdateError, read_update

log = logging.getLogger(__name__)

Receive: TypeAlias = Callable[[Sequence[Incoming]], Awaitable[None]]
"""Stores what people did; durable when it returns. Raises StorageError: nothing was stored."""


class Intake:
    """Reads updates and hands on what people did.

    Args:
        bot: The id of the bot that receives.
        receive: Stores it.
        health: Told of updates that cannot be read.
        inline: Answers what people type in other chats; None where that is not offered.
    """

    def __init__(
        self, bot: str, receive: Receive, health: TelegramHealth, inline: InlineMode | None = None
    ) -> None:
        self._bot = bot
        self._receive = receive
        self._health = health
        self._inline = inline

    async def take(self, updates: Iterable[Any]) -> None:
        """Store what these updates say; an unreadable one never holds up the others.

        Raises:
            StorageError: Nothing was stored; nothing may be acknowledged.
        """
        now = datetime.now(UTC)
        given = list(updates)
        found = [read for update in given if (read := self._read(update, now)) is not None]
        if found:
            await self._receive(found)
        # Only now: what is received twice because nothing could be stored is answered once.
        for update in given:
            self._answer(update)

    def _read(self, update: Any, now: datetime) -> Incoming | None:
        try:
            return read_update(update, self._bot, now)
        except UnreadableUpdateError as error:
            self._health.skipped += 1
            log.warning("An update could not be read and is skipped: %s", error)
            return None

    def _answer(self, update: Any) -> None:
        if self._inline is None or not isinstance(update, dict) or "inline_query" not in update:
            return
        try:
            self._inline.take(update["inline_query"])
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            self._health.skipped += 1
            log.warning("An inline query could not be read: %s", type(error).__name__)
