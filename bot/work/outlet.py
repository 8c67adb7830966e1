"""What happens right after a turn is stored: replies go out, open pages are woken."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable, Mapping
from typing import Any

import structlog

from bot.conversation.messages import Incoming
from bot.work.ports import Channel
from bot.work.sending import Sender
from bot.work.turn import Edit, Stored
from bot.work.wakeup import Wakeup, chat_topic
from storage.records import ClaimedIncoming

log = structlog.get_logger()


class Outlet:
    """Hands what a turn stored to whoever brings it to the person.

    Args:
        sender: Sends what is in the outbox.
        channels: For edits and the typing sign, which may be lost without harm.
        wakeup: Wakes the pages of the web chat.
    """

    def __init__(
        self, sender: Sender, channels: Mapping[tuple[str, str], Channel], wakeup: Wakeup
    ) -> None:
        self._sender = sender
        self._channels = channels
        self._wakeup = wakeup
        self._tasks: set[asyncio.Task[None]] = set()

    def deliver(self, stored: Stored) -> None:
        """Send what the turn put into the outbox and wake the chat's open pages."""
        incoming = stored.incoming
        leased = [row for row in stored.rows if row.state == "sending"]
        if leased:
            self._sender.accept(leased, stored.instead_of)
        if any(row.state == "waiting" for row in stored.rows):
            self._sender.look()
        channel = self._channels.get((incoming.channel, incoming.bot))
        if channel is not None:
            for edit in stored.edits:
                self._quietly(_edit(channel, incoming, edit))
        self._wakeup.notify(chat_topic(incoming.channel, incoming.chat))

    def tell(self, chats: Iterable[tuple[str, str]]) -> None:
        """Have sent what was put into the outbox for these chats (channel, chat) outside a turn."""
        self._sender.look()
        for channel, chat in chats:
            self._wakeup.notify(chat_topic(channel, chat))

    def show_work(self, claimed: ClaimedIncoming) -> None:
        """Show that an answer is being made."""
        incoming = claimed.incoming
        channel = self._channels.get((incoming.channel, incoming.bot))
        if channel is not None:
            self._quietly(channel.typing(incoming.chat))

    def _quietly(self, call: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(_harmless(call))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _edit(channel: Channel, incoming: Incoming, edit: Edit) -> None:
    await channel.edit(incoming.chat, edit.message_id, edit.message)


async def _harmless(call: Coroutine[Any, Any, None]) -> None:
    try:
        await call
    except Exception as error:  # noqa: BLE001 - only the look of an old message is lost
        log.info("outlet.not_shown", error=type(error).__name__)
