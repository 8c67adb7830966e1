"""What goes wrong in conversations: written in the turn that it happens in."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from sqlmodel import col, select

from bot.insights.stops import Fault, FaultState, fault_id, in_order
from storage.repositories.repository import Repository
from storage.statements import Statement
from storage.tables.stops import FaultReferenceRow, FaultRow, UnreadAnswerRow

MOST_FAULTS, MOST_REFERENCES = 100, 5
MENDED_SHOWN = timedelta(days=30)
_NOTE = Statement("""
    INSERT INTO fault (id, city, flow, step, kind, first_at, last_at, chats, state)
    VALUES (:id, :city, :flow, :step, :kind, :now, :now, 0, 'new')
    ON CONFLICT (id) DO UPDATE SET last_at = excluded.last_at,
        state = CASE WHEN fault.state = 'mended' THEN 'back' ELSE fault.state END
""")
_TELL = Statement("""
    INSERT INTO fault_reference (fault, reference, at) VALUES (:id, :reference, :now)
    ON CONFLICT (fault, reference) DO NOTHING
""")
_COUNT = Statement("UPDATE fault SET chats = chats + 1 WHERE id = :id")


class Stops(Repository):
    """Unread answers and faults."""

    __slots__ = ()

    def note_unread(self, person: str, city: str, flow: str, step: str, words: str) -> None:
        """Note that somebody's answer was not understood.

        Args:
            words: What `few_words` leaves of it.
        """
        row = UnreadAnswerRow(
            id=self._unit.new_id(),
            city=city,
            person=person,
            flow=flow,
            step=step,
            words=words,
            at=self._unit.now,
        )
        self._unit.orm.add(row)
        self._unit.orm.flush()

    def note_fault(self, city: str, flow: str, step: str, kind: str, reference: str) -> None:
        """Note that the program failed, and what the person was told."""
        key = fault_id(city, flow, step, kind)
        now = self._unit.now_micros
        place = {"city": city, "flow": flow, "step": step, "kind": kind}
        self._unit.run(_NOTE, {"id": key, **place, "now": now})
        if self._unit.run(_TELL, {"id": key, "reference": reference, "now": now}):
            self._unit.run(_COUNT, {"id": key})

    def list_faults(self, cities: Collection[str]) -> list[Fault]:
        """Return the faults of some cities, open ones first; mended ones for a month more."""
        since = self._unit.now - MENDED_SHOWN
        is_open = col(FaultRow.state) != FaultState.MENDED.value
        query = (
            select(FaultRow)
            .where(col(FaultRow.city).in_(cities), is_open | (col(FaultRow.last_at) >= since))
            .order_by(col(FaultRow.last_at).desc())
            .limit(MOST_FAULTS)
        )
        return in_order(map(self._fault, self._unit.orm.exec(query).all()))

    def find_fault(self, reference: str, cities: Collection[str]) -> Fault | None:
        """Return the fault that a reference stands for, where it met one of these cities."""
        query = (
            select(FaultRow)
            .join(FaultReferenceRow, col(FaultReferenceRow.fault) == col(FaultRow.id))
            .where(FaultReferenceRow.reference == reference, col(FaultRow.city).in_(cities))
            .order_by(col(FaultReferenceRow.at).desc())
        )
        row = self._unit.orm.exec(query).first()
        return self._fault(row) if row else None

    def mark(self, fault: str, cities: Collection[str], state: FaultState) -> Fault | None:
        """Say what became of a fault; None where these cities have none of that id."""
        row = self._unit.orm.get(FaultRow, fault, with_for_update=True)
        if row is None or row.city not in cities:
            return None
        row.state, row.state_at = state.value, self._unit.now
        self._unit.orm.flush()
        return self._fault(row)

    def _fault(self, row: FaultRow) -> Fault:
        query = (
            select(FaultReferenceRow.reference)
            .where(FaultReferenceRow.fault == row.id)
            .order_by(col(FaultReferenceRow.at).desc())
            .limit(MOST_REFERENCES)
        )
        return Fault(
            id=row.id,
            city=row.city,
            flow=row.flow,
            step=row.step,
            kind=row.kind,
            first_at=row.first_at,
            last_at=row.last_at,
            chats=row.chats,
            state=FaultState(row.state),
            references=tuple(self._unit.orm.exec(query).all()),
        )
