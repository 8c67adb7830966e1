"""One bot of the server: its chats, updates, webhook and settings."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from tests.support.fake_bot_api.calls import bad_request
from tests.support.fake_bot_api.chats import Chat
from tests.support.fake_bot_api.updates import Updates
from tests.support.fake_bot_api.webhook import Webhook


class FakeBot:
    """What Telegram holds for one token."""

    def __init__(self, token: str, clock: Callable[[], float] = time.time) -> None:
        self.token = token
        self.clock = clock
        self.id = int(token.partition(":")[0])
        self.username = "learning_city_bot"
        self.chats: dict[int, Chat] = {}
        self.updates = Updates(clock)
        self.webhook = Webhook(self.updates)
        self.open_callbacks: set[str] = set()
        self.open_queries: set[str] = set()
        self.settings: dict[tuple[str, str], Any] = {}

    def chat(self, chat_id: int) -> Chat:
        """The chat of this id, made if it is new."""
        chat = self.chats.get(chat_id)
        if chat is None:
            chat = self.chats[chat_id] = Chat(chat_id)
        return chat

    def writable(self, chat_id: Any) -> Chat:
        """The chat that the bot wants to write to.

        Raises:
            ApiError: 400 or 403 if it may not.
        """
        chat = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None:
            raise bad_request("chat not found")
        chat.check_writable()
        return chat

    def push(self, kind: str, value: dict[str, Any], update_id: int | None = None) -> int | None:
        """Send an update on its way; returns its id, or None where the bot does not want it."""
        update_id = self.updates.push(kind, value, update_id)
        if update_id is not None and self.webhook.url:
            self.webhook.deliver({"update_id": update_id, kind: value})
        return update_id

    def as_json(self) -> dict[str, Any]:
        """The User object of the bot."""
        return {
            "id": self.id,
            "is_bot": True,
            "first_name": "Learning City Bot",
            "username": self.username,
            "can_join_groups": False,
            "can_read_all_group_messages": False,
            "supports_inline_queries": True,
        }
