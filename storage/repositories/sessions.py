"""Conversations: the stack of a person, each with its log, and the questions that were sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import orjson

from bot.errors import Conflict
from storage.instants import instant, micros
from storage.records import Question, SessionState
from storage.repositories.repository import Repository
from storage.statements import Statement

_LIVE = Statement("""
    SELECT id, person, flow, frame, city, status, position, started_at, touched_at, parked_until
    FROM session WHERE person = :person AND status = 'live' ORDER BY position DESC, id DESC
""")
_ONE = Statement("""
    SELECT id, person, flow, frame, city, status, position, started_at, touched_at, parked_until
    FROM session WHERE id = :id
""")
_ACTS = Statement("SELECT act FROM act WHERE session = :session ORDER BY number")
_SAVE = Statement("""
    INSERT INTO session (id, person, city, flow, status, position, frame,
                         started_at, touched_at, parked_until)
    VALUES (:id, :person, :city, :flow, :status, :position, :frame, :now, :now, :parked_until)
    ON CONFLICT (id) DO UPDATE SET
        city = excluded.city, status = excluded.status, position = excluded.position,
        frame = excluded.frame, touched_at = excluded.touched_at,
        parked_until = excluded.parked_until
    WHERE session.person = excluded.person
""")
_CUT = Statement("DELETE FROM act WHERE session = :session AND number >= :number")
_APPEND = Statement("""
    INSERT INTO act (session, number, person, act) VALUES (:session, :number, :person, :act)
""")
_MOVE = Statement("""
    UPDATE session SET status = :status, parked_until = :until, touched_at = :now WHERE id = :id
""")
_END_ACTS = Statement("UPDATE act SET ended_at = :at WHERE session = :session")
_DROP_ACTS = Statement("DELETE FROM act WHERE session = :session")
_DROP = Statement("DELETE FROM session WHERE id = :session")
_ASK = Statement("""
    INSERT INTO question (nonce, person, session, flow, key, asked_at)
    VALUES (:nonce, :person, :session, :flow, :key, :now)
""")
_QUESTION = Statement("""
    SELECT nonce, person, session, flow, key, asked_at FROM question
    WHERE nonce = :nonce AND person = :person
""")
_QUESTIONS = Statement("""
    SELECT nonce, person, session, flow, key, asked_at FROM question
    WHERE person = :person AND session = :session ORDER BY asked_at, nonce
""")


class Sessions(Repository):
    """Conversations by person. The guard against two turns at once is `people.bump`."""

    __slots__ = ()

    def load(self, person: str) -> list[SessionState]:
        """Return the live sessions of a person with their logs, top of the stack first."""
        rows = self._unit.fetch(_LIVE, {"person": person})
        return [self._state(row) for row in rows]

    def find(self, session: str) -> SessionState | None:
        """Return a session whatever its status."""
        rows = self._unit.fetch(_ONE, {"id": session})
        return self._state(rows[0]) if rows else None

    def save(self, state: SessionState) -> None:
        """Store a session: its frame, and the log from act number `kept` on.

        Raises:
            Conflict: The id belongs to a session of somebody else.
        """
        values = {
            "id": state.id,
            "person": state.person,
            "city": state.city,
            "flow": state.flow,
            "status": state.status,
            "position": state.position,
            "frame": orjson.dumps(state.frame).decode(),
            "now": self._unit.now_micros,
            "parked_until": micros(state.parked_until) if state.parked_until else None,
        }
        if self._unit.run(_SAVE, values) != 1:
            raise Conflict("The session belongs to somebody else.")
        self._unit.run(_CUT, {"session": state.id, "number": state.kept})
        for number, act in enumerate(state.acts[state.kept :], start=state.kept):
            self._append(state, number, act)
        if state.status == "ended":
            self._end_log(state.id)

    def _append(self, state: SessionState, number: int, act: Any) -> None:
        values = {
            "session": state.id,
            "number": number,
            "person": state.person,
            "act": orjson.dumps(act).decode(),
        }
        self._unit.run(_APPEND, values)

    def park(self, session: str, until: datetime) -> None:
        """Take a session off the stack; it can be carried on with until then."""
        self._move(session, "parked", micros(until))

    def end(self, session: str) -> None:
        """End a session; its log is kept for 30 days more."""
        self._move(session, "ended", None)
        self._end_log(session)

    def drop(self, session: str) -> None:
        """Delete a session with its log."""
        self._unit.run(_DROP_ACTS, {"session": session})
        self._unit.run(_DROP, {"session": session})

    def _move(self, session: str, status: str, until: int | None) -> None:
        now = self._unit.now_micros
        values = {"id": session, "status": status, "until": until, "now": now}
        self._unit.run(_MOVE, values)

    def _end_log(self, session: str) -> None:
        self._unit.run(_END_ACTS, {"session": session, "at": self._unit.now_micros})

    def ask(self, question: Question) -> None:
        """Store a question that is being sent."""
        values = {
            "nonce": question.nonce,
            "person": question.person,
            "session": question.session,
            "flow": question.flow,
            "key": question.key,
            "now": self._unit.now_micros,
        }
        self._unit.run(_ASK, values)

    def question(self, person: str, nonce: str) -> Question | None:
        """Return a question of this person; somebody else's nonce finds nothing."""
        rows = self._unit.fetch(_QUESTION, {"person": person, "nonce": nonce})
        return _question(rows[0]) if rows else None

    def questions(self, person: str, session: str) -> list[Question]:
        """Return every question of a session that was sent, oldest first."""
        rows = self._unit.fetch(_QUESTIONS, {"person": person, "session": session})
        return [_question(row) for row in rows]

    def _state(self, row: tuple[Any, ...]) -> SessionState:
        rows = self._unit.fetch(_ACTS, {"session": row[0]})
        acts = tuple(orjson.loads("[" + ",".join([act for (act,) in rows]) + "]"))
        return SessionState(
            id=row[0],
            person=row[1],
            flow=row[2],
            frame=orjson.loads(row[3]),
            acts=acts,
            kept=len(acts),
            city=row[4],
            status=row[5],
            position=row[6],
            started_at=instant(row[7]),
            touched_at=instant(row[8]),
            parked_until=None if row[9] is None else instant(row[9]),
        )


def _question(row: tuple[Any, ...]) -> Question:
    nonce, person, session, flow, key, asked_at = row
    return Question(nonce, person, session, flow, key, instant(asked_at))
