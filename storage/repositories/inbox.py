"""The inbox: what came in, in the order of its arrival, until it is dealt with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.conversation.messages import Incoming
from storage.instants import instant, micros
from storage.messages import dump_incoming, load_incoming
from storage.records import ClaimedIncoming, DeadLetter
from storage.repositories.repository import Repository
from storage.statements import Statement

HIDDEN_WORDS = "•••"
"""What the transcript shows of words that are not kept."""

_ADD = Statement("""
    INSERT INTO inbox (id, channel, bot, update_id, chat, incoming,
                       arrived_at, holder, held_until, tries, reason)
    VALUES (:id, :channel, :bot, :update_id, :chat, :incoming,
            :now, :holder, :until, :tries, '')
    ON CONFLICT (channel, bot, update_id) DO NOTHING
""")
_HAS_OPEN = Statement("""
    SELECT 1 FROM inbox
    WHERE channel = :channel AND bot = :bot AND chat = :chat AND done_at IS NULL LIMIT 1
""")
_CLAIM = Statement("""
    UPDATE inbox SET holder = :holder, held_until = :until, tries = tries + 1
    WHERE id IN (
        SELECT i.id FROM inbox AS i
        WHERE i.done_at IS NULL AND i.held_until <= :now AND NOT EXISTS (
            SELECT 1 FROM inbox AS e
            WHERE e.channel = i.channel AND e.bot = i.bot AND e.chat = i.chat
              AND e.done_at IS NULL AND e.id < i.id)
        ORDER BY i.id LIMIT :most /* skip locked */)
    RETURNING id, channel, bot, update_id, chat, incoming, tries, arrived_at
""")
_FINISH = Statement("""
    UPDATE inbox SET done_at = :now, holder = '', reason = :reason
    WHERE id = :id AND done_at IS NULL
""")
_READ = Statement("SELECT incoming FROM inbox WHERE id = :id")
_REWRITE = Statement("UPDATE inbox SET incoming = :incoming WHERE id = :id")
_PUT_BACK = Statement("""
    UPDATE inbox SET holder = '', held_until = :at WHERE id = :id AND done_at IS NULL
""")
_RELEASE = Statement("""
    UPDATE inbox SET holder = '', held_until = 0
    WHERE done_at IS NULL AND holder <> '' AND (holder = :holder OR :holder = '')
""")
_RESCUE = Statement("""
    UPDATE inbox SET holder = '', held_until = 0
    WHERE done_at IS NULL AND holder <> '' AND held_until <= :now
""")
_OLDEST = Statement("SELECT MIN(arrived_at) FROM inbox WHERE done_at IS NULL")
_WAITING = Statement("SELECT COUNT(*) FROM inbox WHERE done_at IS NULL")
_DEAD = Statement("""
    SELECT id, channel, reason, tries, arrived_at FROM inbox
    WHERE reason <> '' ORDER BY id DESC LIMIT :most
""")


class Inbox(Repository):
    """Incoming messages. One message of a chat is worked on at a time, oldest first.

    A claim ends by `finish`, `retry_at` or `dead_letter`, or when its time is over.
    """

    __slots__ = ()

    def add_many(
        self, incoming: Sequence[Incoming], *, holder: str = "", until: datetime | None = None
    ) -> list[ClaimedIncoming]:
        """Store what is new among them and return it in the order of arrival.

        With a holder and a time, the first message of each idle chat is claimed at once, which
        spares a commit. Two receivers may then claim two messages of one chat that came in at the
        same instant: the guard on the person's version keeps their turns apart.
        """
        held_until = micros(until) if holder and until else 0
        added: list[ClaimedIncoming] = []
        busy: set[tuple[str, str, str]] = set()
        for each in incoming:
            chat = (each.channel, each.bot, each.chat)
            is_claimed = bool(held_until) and chat not in busy and not self._has_open(each)
            row_id = self._unit.new_id()
            if self._insert(row_id, each, holder if is_claimed else "", held_until):
                busy.add(chat)
                claim = (1, holder) if is_claimed else (0, "")
                added.append(ClaimedIncoming(row_id, each, *claim, self._unit.now))
        return added

    def _insert(self, row_id: str, incoming: Incoming, holder: str, held_until: int) -> bool:
        values = {
            "id": row_id,
            "channel": incoming.channel,
            "bot": incoming.bot,
            "update_id": incoming.update_id,
            "chat": incoming.chat,
            "incoming": dump_incoming(incoming),
            "now": self._unit.now_micros,
            "holder": holder,
            "until": held_until if holder else 0,
            "tries": 1 if holder else 0,
        }
        return self._unit.run(_ADD, values) == 1

    def _has_open(self, incoming: Incoming) -> bool:
        chat = {"channel": incoming.channel, "bot": incoming.bot, "chat": incoming.chat}
        return bool(self._unit.fetch(_HAS_OPEN, chat))

    def claim(self, limit: int, holder: str, until: datetime) -> list[ClaimedIncoming]:
        """Take the oldest open message of up to `limit` chats of which nothing is held."""
        values = {
            "holder": holder,
            "until": micros(until),
            "now": self._unit.now_micros,
            "most": limit,
        }
        claimed = []
        for row in sorted(self._unit.fetch(_CLAIM, values)):
            row_id, channel, bot, update_id, chat, stored, tries, arrived_at = row
            incoming = load_incoming(stored, channel, bot, update_id, chat)
            claimed.append(ClaimedIncoming(row_id, incoming, tries, holder, instant(arrived_at)))
        return claimed

    def finish(self, row_id: str) -> None:
        """Mark a message as dealt with; its words stay for the transcript, for seven days."""
        self._unit.run(_FINISH, {"id": row_id, "now": self._unit.now_micros, "reason": ""})

    def hide_words(self, row_id: str) -> None:
        """Put dots in the place of a message's words: they were used, and may not be kept."""
        for (stored,) in self._unit.fetch(_READ, {"id": row_id}):
            hidden = replace(load_incoming(stored, "", "", "", ""), text=HIDDEN_WORDS)
            self._unit.run(_REWRITE, {"id": row_id, "incoming": dump_incoming(hidden)})

    def retry_at(self, row_id: str, at: datetime) -> None:
        """Put a message back; it holds up its chat until it is claimed again, then or later."""
        self._unit.run(_PUT_BACK, {"id": row_id, "at": micros(at)})

    def dead_letter(self, row_id: str, reason: str) -> None:
        """Give a message up, with a short code for why; its chat goes on with the next."""
        values = {"id": row_id, "now": self._unit.now_micros, "reason": reason or "unknown"}
        self._unit.run(_FINISH, values)

    def release(self, holder: str) -> int:
        """Give back every claim of a holder that is going away."""
        return self._unit.run(_RELEASE, {"holder": holder}) if holder else 0

    def release_all(self) -> int:
        """Give back every claim: for a start at which nobody else can be running."""
        return self._unit.run(_RELEASE, {"holder": ""})

    def rescue(self) -> int:
        """Give back claims whose time is over, and return how many."""
        return self._unit.run(_RESCUE, {"now": self._unit.now_micros})

    def oldest_waiting_at(self) -> datetime | None:
        """Return when the oldest open message arrived."""
        oldest = self._unit.fetch(_OLDEST, {})[0][0]
        return None if oldest is None else instant(oldest)

    def count_waiting(self) -> int:
        """Return how many messages are open."""
        count: int = self._unit.fetch(_WAITING, {})[0][0]
        return count

    def list_dead_letters(self, limit: int = 100) -> list[DeadLetter]:
        """Return the messages given up last, without their words."""
        rows = self._unit.fetch(_DEAD, {"most": limit})
        return [
            DeadLetter(row_id, channel, reason, tries, instant(arrived_at))
            for row_id, channel, reason, tries, arrived_at in rows
        ]
