"""Addresses of people."""

from __future__ import annotations

from typing import Any

from bot.people import Contact
from storage.instants import instant
from storage.repositories.repository import Repository
from storage.statements import Statement

_FIND = Statement("""
    SELECT channel, bot, chat, person, is_reachable, seen_at FROM contact
    WHERE channel = :channel AND bot = :bot AND chat = :chat
""")
_OF = Statement("""
    SELECT channel, bot, chat, person, is_reachable, seen_at FROM contact
    WHERE person = :person ORDER BY created_at
""")
_REACHABLE = Statement("""
    UPDATE contact SET is_reachable = :is_reachable
    WHERE channel = :channel AND bot = :bot AND chat = :chat
""")
_MOVES = (
    Statement("""
    UPDATE contact SET chat = :new_chat
    WHERE channel = :channel AND bot = :bot AND chat = :chat AND NOT EXISTS (
        SELECT 1 FROM contact AS other
        WHERE other.channel = :channel AND other.bot = :bot AND other.chat = :new_chat)
    """),
    Statement("""
    UPDATE inbox SET chat = :new_chat WHERE channel = :channel AND bot = :bot AND chat = :chat
    """),
    Statement("""
    UPDATE outbox SET chat = :new_chat
    WHERE channel = :channel AND bot = :bot AND chat = :chat AND done_at IS NULL
    """),
)


class Contacts(Repository):
    """Where people are reached."""

    __slots__ = ()

    def find(self, channel: str, bot: str, chat: str) -> Contact | None:
        """Return whose address it is."""
        rows = self._unit.fetch(_FIND, {"channel": channel, "bot": bot, "chat": chat})
        return _contact(rows[0]) if rows else None

    def list_of(self, person: str) -> list[Contact]:
        """Return every address of a person, oldest first."""
        return [_contact(row) for row in self._unit.fetch(_OF, {"person": person})]

    def set_reachable(self, channel: str, bot: str, chat: str, is_reachable: bool) -> None:
        """Record that they blocked the bot, or came back."""
        values = {"channel": channel, "bot": bot, "chat": chat, "is_reachable": is_reachable}
        self._unit.run(_REACHABLE, values)

    def move(self, channel: str, bot: str, chat: str, new_chat: str) -> None:
        """Follow a chat to its new address, with what waits for it."""
        values = {"channel": channel, "bot": bot, "chat": chat, "new_chat": new_chat}
        for statement in _MOVES:
            self._unit.run(statement, values)


def _contact(row: tuple[Any, ...]) -> Contact:
    channel, bot, chat, person, is_reachable, seen_at = row
    return Contact(channel, bot, chat, person, bool(is_reachable), instant(seen_at))
