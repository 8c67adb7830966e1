"""The keyboard with which a person shares where they are: opened with a question, then removed.

A message with such a keyboard can never be edited, so it is a short message of its own beside
the question, and both it and the message that removes it are deleted afterwards. Which chats
have one open is kept in memory alone: after a restart the keyboard still folds away by itself
when it is used.
"""

from __future__ import annotations

import contextlib
from collections import OrderedDict
from typing import Any, Final

from bot.conversation.messages import Text
from bot.errors import BotError, DeliveryError
from bot.handlers.transport import Transport
from content.words import Words

REMEMBERED: Final = 10_000


class LocationKeyboards:
    """The open location keyboards of one bot.

    Args:
        transport: The way to the Bot API.
        words: What the keyboard says.
    """

    def __init__(self, transport: Transport, words: Words) -> None:
        self._transport = transport
        self._words = words
        self._open: OrderedDict[int, int] = OrderedDict()

    def is_open(self, chat: int) -> bool:
        """Whether this chat shows a keyboard of ours."""
        return chat in self._open

    async def open(self, chat: int, language: str) -> str:
        """Show the keyboard; returns the id of its message, "" if it could not be shown."""
        button = {"text": self._plain("button", language), "request_location": True}
        keyboard = {
            "keyboard": [[button]],
            "resize_keyboard": True,
            "one_time_keyboard": True,
            "input_field_placeholder": self._plain("placeholder", language),
        }
        message_id = await self._send(chat, self._plain("ask", language), keyboard)
        if message_id:
            self._open[chat] = message_id
            if len(self._open) > REMEMBERED:
                self._open.popitem(last=False)
        return str(message_id or "")

    async def close(self, chat: int, language: str) -> str:
        """Remove the keyboard and every trace of it."""
        shown = self._open.pop(chat)
        removing = {"remove_keyboard": True}
        message_id = await self._send(chat, self._plain("done", language), removing)
        for each in (shown, message_id):
            with contextlib.suppress(DeliveryError):
                await self._transport.call("deleteMessage", {"chat_id": chat, "message_id": each})
        return ""

    async def _send(self, chat: int, text: str, markup: dict[str, Any]) -> int:
        parameters = {
            "chat_id": chat,
            "text": text,
            "reply_markup": markup,
            "disable_notification": True,
        }
        try:
            sent = await self._transport.call("sendMessage", parameters)
        except BotError:
            return 0  # the question stands without it: people can type a place
        return int(sent["message_id"])

    def _plain(self, name: str, language: str) -> str:
        return self._words.plain(Text(f"telegram.location.{name}"), language)
