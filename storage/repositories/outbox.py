"""The outbox: what goes out, in lanes, and how each message ended."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from storage.instants import instant, micros
from storage.messages import dump_message, load_message
from storage.records import NewOutgoing, Outgoing, SendResult
from storage.repositories import outbox_sql as sql
from storage.repositories.repository import Repository
from storage.statements import Statement

READ_FROM_HERE = frozenset({"web"})
"""Channels whose readers look into the outbox themselves: a row is sent when it is stored."""

CAMPAIGNS = 2

_MARKS: dict[str, Statement] = {
    "sent": sql.MARK_SENT,
    "gone": sql.MARK_GONE,
    "failed": sql.MARK_FAILED,
    "doubt": sql.MARK_DOUBT,
    "wait": sql.MARK_WAIT,
}


class Outbox(Repository):
    """Outgoing messages: waiting, sending, then sent, gone, failed, in doubt or cancelled."""

    __slots__ = ()

    def add_many(self, outgoing: Sequence[NewOutgoing]) -> list[Outgoing]:
        """Store messages and return them, without those whose dedupe key is known already.

        A message with a holder is stored as being sent by it, which spares a commit, unless an
        earlier one of its chat waits or is in other hands: then it waits its turn.
        """
        added = []
        for new in outgoing:
            stored = self._placed(new)
            if self._unit.run(sql.ADD, self._values(stored, new)) == 1:
                added.append(stored)
        return added

    def _placed(self, new: NewOutgoing) -> Outgoing:
        state = "waiting"
        if new.channel in READ_FROM_HERE:
            state = "sent"
        elif new.holder and new.lane < CAMPAIGNS and not self._is_held_up(new):
            state = "sending"
        return Outgoing(
            id=self._unit.new_id(),
            person=new.person,
            channel=new.channel,
            bot=new.bot,
            chat=new.chat,
            message=new.message,
            lane=new.lane,
            kind=new.kind,
            state=state,
            nonce=new.nonce,
            city=new.city,
            attempts=0 if state == "waiting" else 1,
            created_at=self._unit.now,
        )

    def _is_held_up(self, new: NewOutgoing) -> bool:
        values = {
            "channel": new.channel,
            "bot": new.bot,
            "chat": new.chat,
            "holder": new.holder,
            "lane": new.lane,
        }
        return bool(self._unit.fetch(sql.IS_HELD_UP, values))

    def _values(self, stored: Outgoing, new: NewOutgoing) -> dict[str, Any]:
        now = self._unit.now_micros
        is_sending = stored.state == "sending"
        return {
            "id": stored.id,
            "city": new.city,
            "person": new.person,
            "channel": new.channel,
            "bot": new.bot,
            "chat": new.chat,
            "lane": new.lane,
            "kind": new.kind,
            "dedupe_key": new.dedupe_key,
            "nonce": new.nonce,
            "message": dump_message(new.message),
            "state": stored.state,
            "attempts": stored.attempts,
            "not_before": micros(new.not_before) if new.not_before else now,
            "holder": new.holder if is_sending else "",
            "until": micros(new.until) if is_sending and new.until else 0,
            "now": now,
            "done_at": now if stored.state == "sent" else None,
        }

    def claim(
        self, limit: int, lanes: Collection[int], holder: str, until: datetime
    ) -> list[Outgoing]:
        """Take messages that are due, urgent lanes first, in the order of each chat."""
        wanted = [*lanes, -1, -1, -1]
        values = {
            "holder": holder,
            "until": micros(until),
            "now": self._unit.now_micros,
            "most": limit,
            "one": wanted[0],
            "two": wanted[1],
            "three": wanted[2],
        }
        claimed = [_outgoing(row) for row in self._unit.fetch(sql.CLAIM, values)]
        return sorted(claimed, key=lambda each: (each.lane, each.id))

    def mark_many(self, results: Sequence[SendResult]) -> None:
        """Record how attempts ended.

        One in doubt waits for its single repetition, unless it is a campaign's or was in doubt
        before: then it ends in doubt.
        """
        now = self._unit.now_micros
        by_outcome: dict[str, list[dict[str, Any]]] = {}
        for result in results:
            values: dict[str, Any] = {"id": result.id}
            if result.outcome == "sent":
                values |= {"now": now, "message_id": result.message_id}
            elif result.outcome == "wait":
                at = micros(result.not_before) if result.not_before else now
                values |= {"reason": result.reason, "not_before": at}
            else:
                values |= {"now": now, "reason": result.reason}
            by_outcome.setdefault(result.outcome, []).append(values)
        for outcome, rows in by_outcome.items():
            if len(rows) == 1:
                self._unit.run(_MARKS[outcome], rows[0])
            else:
                self._unit.run_many(_MARKS[outcome], rows)

    def rescue(self) -> int:
        """Treat as in doubt what has been sending for longer than its time; return how many."""
        now = self._unit.now_micros
        return self._unit.run(sql.RESCUE, {"now": now, "reason": "lapsed", "before": now})

    def release_all(self) -> int:
        """Treat as in doubt all that is sending: for a start at which nobody else can run."""
        values = {"now": self._unit.now_micros, "reason": "restart", "before": 2**62}
        return self._unit.run(sql.RESCUE, values)

    def cancel_for_chat(self, channel: str, bot: str, chat: str) -> int:
        """Cancel what waits for a chat that cannot be reached any more."""
        values = {"channel": channel, "bot": bot, "chat": chat, "now": self._unit.now_micros}
        return self._unit.run(sql.CANCEL_CHAT, values)

    def cancel_for_person(self, person: str, lane: int = 0) -> int:
        """Cancel what waits for a person in this lane and the less urgent ones."""
        values = {"person": person, "lane": lane, "now": self._unit.now_micros}
        return self._unit.run(sql.CANCEL_PERSON, values)

    def message_id_of(self, person: str, nonce: str, channel: str = "") -> str | None:
        """Return the channel's id of the message that carried a question, once it is known."""
        values = {"person": person, "nonce": nonce, "channel": channel}
        rows = self._unit.fetch(sql.MESSAGE_ID, values)
        return rows[0][0] or None if rows else None

    def oldest_waiting_at(self, lane: int | None = None) -> datetime | None:
        """Return since when the oldest open message could have been sent."""
        values = {"lane": -1 if lane is None else lane, "now": self._unit.now_micros}
        oldest = self._unit.fetch(sql.OLDEST, values)[0][0]
        return None if oldest is None else instant(oldest)

    def counts(self) -> dict[str, int]:
        """Return how many messages are open, by state."""
        return dict(self._unit.fetch(sql.COUNTS, {}))


def _outgoing(row: tuple[Any, ...]) -> Outgoing:
    return Outgoing(
        id=row[0],
        person=row[1],
        channel=row[2],
        bot=row[3],
        chat=row[4],
        message=load_message(row[5]),
        lane=row[6],
        kind=row[7],
        state="sending",
        nonce=row[8],
        city=row[9],
        attempts=row[10],
        was_in_doubt=row[11] > 0,
        created_at=instant(row[12]),
    )
