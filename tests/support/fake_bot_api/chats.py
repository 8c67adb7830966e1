"""Chats as the server sees them: their messages, and whether the bot may write to them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from tests.support.fake_bot_api.calls import ApiError, bad_request


@dataclass(slots=True)
class Chat:
    """A private chat, or a group where the id is negative.

    Attributes:
        is_started: Whether the person ever wrote; before that the bot may not.
        messages: Every message that stands in the chat, by id.
        shown: Ids in the order in which the bot sent or edited messages.
    """

    id: int
    is_started: bool = False
    is_blocked: bool = False
    is_deactivated: bool = False
    moved_to: int = 0
    last_message_id: int = 0
    messages: dict[int, dict[str, Any]] = field(default_factory=dict)
    shown: list[int] = field(default_factory=list)
    arrivals: set[asyncio.Future[None]] = field(default_factory=set)

    def check_writable(self) -> None:
        """Raise what Telegram answers if the bot may not write here.

        Raises:
            ApiError: 400 or 403.
        """
        if self.moved_to:
            raise ApiError(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                {"migrate_to_chat_id": self.moved_to},
            )
        if self.is_deactivated:
            raise ApiError(403, "Forbidden: user is deactivated")
        if self.is_blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        if not self.is_started:
            raise bad_request("chat not found")

    def add(self, message: dict[str, Any]) -> dict[str, Any]:
        """Let the bot's message stand in the chat."""
        self.last_message_id += 1
        message["message_id"] = self.last_message_id
        self.messages[self.last_message_id] = message
        self.show(self.last_message_id)
        return message

    def show(self, message_id: int) -> None:
        """Tell who waits that a message was sent or edited."""
        self.shown.append(message_id)
        for arrival in self.arrivals:
            if not arrival.done():
                arrival.set_result(None)
        self.arrivals.clear()

    async def next_shown(self, after: int, seconds: float) -> dict[str, Any]:
        """Wait until the bot sent or edited more than `after` messages; return the next one.

        Raises:
            TimeoutError: Nothing came.
        """
        async with asyncio.timeout(seconds):
            while len(self.shown) <= after:
                arrival: asyncio.Future[None] = asyncio.get_running_loop().create_future()
                self.arrivals.add(arrival)
                await arrival
        return self.messages[self.shown[after]]

    def as_json(self) -> dict[str, Any]:
        """The Chat object of the Bot API."""
        kind = "private" if self.id > 0 else "group"
        return {"id": self.id, "type": kind, "first_name": "Ada"}
