"""A person's talk, both sides, in order: what the web chat shows."""

from __future__ import annotations

from typing import Any

from bot.conversation.messages import Incoming
from storage.instants import instant
from storage.messages import load_incoming, load_message
from storage.records import TranscriptEntry
from storage.repositories.repository import Repository
from storage.statements import Statement

_TYPED = Statement("""
    SELECT i.id, i.arrived_at, i.incoming, i.channel, i.done_at FROM inbox AS i
    JOIN contact AS c ON c.channel = i.channel AND c.bot = i.bot AND c.chat = i.chat
    WHERE c.person = :person AND (i.channel = :channel OR :channel = '') AND i.id > :after
    ORDER BY i.id DESC LIMIT :most
""")
_SENT = Statement("""
    SELECT id, created_at, message, nonce, channel FROM outbox
    WHERE person = :person AND (channel = :channel OR :channel = '') AND id > :after
      AND kind = 'send' AND message <> ''
    ORDER BY id DESC LIMIT :most
""")


class Transcripts(Repository):
    """What was said in a talk, as far as it is still kept."""

    __slots__ = ()

    def read(
        self,
        person: str,
        channel: str = "",
        after: str = "",
        limit: int = 200,
        *,
        has_presses: bool = False,
    ) -> list[TranscriptEntry]:
        """Return the newest entries after an entry's id, oldest first.

        Args:
            has_presses: Presses and shared locations are in it too, not only typed words.
        """
        values = {"person": person, "channel": channel, "after": after, "most": limit}
        kinds = ("text", "press", "location") if has_presses else ("text",)
        typed = [
            _done(row, incoming)
            for row in self._unit.fetch(_TYPED, values)
            if (incoming := load_incoming(row[2], row[3], "", "", "")).kind in kinds
        ]
        sent = [
            TranscriptEntry(row[0], instant(row[1]), False, "", load_message(row[2]), *row[3:])
            for row in self._unit.fetch(_SENT, values)
        ]
        return sorted([*typed, *sent], key=lambda entry: entry.id)[-limit:]


def _done(row: tuple[Any, ...], incoming: Incoming) -> TranscriptEntry:
    press = incoming.press
    return TranscriptEntry(
        row[0],
        instant(row[1]),
        True,
        incoming.text,
        channel=row[3],
        nonce=press.nonce if press else "",
        kind=incoming.kind,
        option=press.option if press else "",
        is_answered=row[4] is not None,
    )
