"""Complaints: opened and added to by people, answered and decided by staff."""

from __future__ import annotations

from collections.abc import Collection

import orjson
from sqlmodel import col, func, select

from bot.errors import NotFound, Refused
from bot.people.complaints import (
    DECIDED_WITHIN,
    MOST_LINES,
    MOST_OPEN,
    Backlog,
    Complaint,
    Line,
    Outcome,
    State,
    new_reference,
    tidied,
)
from storage.instants import instant, micros
from storage.repositories.repository import Repository
from storage.tables.complaints import ComplaintRow


class Complaints(Repository):
    """What people complained about."""

    __slots__ = ()

    def open(self, person: str, city: str, words: str) -> Complaint:
        """Take a complaint.

        Raises:
            Refused: "complain.full": they have as many open ones as are kept.
        """
        waiting = [one for one in self.list_of(person) if one.state is State.OPEN]
        if len(waiting) >= MOST_OPEN:
            raise Refused("complain.full")
        row = ComplaintRow(
            id=self._unit.new_id(),
            reference=new_reference(),
            person=person,
            city=city,
            opened_at=self._unit.now,
        )
        self._say(row, words, is_staff=False)
        self._unit.orm.add(row)
        self._unit.orm.flush()
        return _complaint(row)

    def add(self, person: str, complaint: str, words: str) -> Complaint:
        """Add what its person still has to say.

        Raises:
            NotFound: It is not theirs, or no longer open.
            Refused: "complain.long": it holds as much as can be kept.
        """
        row = self._own(person, complaint)
        if len(orjson.loads(row.said)) >= MOST_LINES:
            raise Refused("complain.long")
        self._say(row, words, is_staff=False)
        self._unit.orm.flush()
        return _complaint(row)

    def withdraw(self, person: str, complaint: str) -> Complaint:
        """End a complaint at its person's wish.

        Raises:
            NotFound: It is not theirs, or no longer open.
        """
        row = self._own(person, complaint)
        row.state, row.closed_at = State.WITHDRAWN.value, self._unit.now
        self._unit.orm.flush()
        return _complaint(row)

    def list_of(self, person: str) -> list[Complaint]:
        """Return a person's complaints, newest first."""
        query = select(ComplaintRow).where(ComplaintRow.person == person)
        rows = self._unit.orm.exec(query.order_by(col(ComplaintRow.id).desc())).all()
        return [_complaint(row) for row in rows]

    def list_of_cities(
        self, cities: Collection[str], *, is_open: bool, limit: int = 100
    ) -> list[Complaint]:
        """Return complaints of these cities: open ones by their age, others newest first."""
        state, waiting = col(ComplaintRow.state), State.OPEN.value
        is_wanted = state == waiting if is_open else state != waiting
        query = select(ComplaintRow).where(col(ComplaintRow.city).in_(cities), is_wanted)
        order = col(ComplaintRow.opened_at) if is_open else col(ComplaintRow.closed_at).desc()
        return [_complaint(row) for row in self._unit.orm.exec(query.order_by(order).limit(limit))]

    def find(self, reference: str, cities: Collection[str]) -> Complaint | None:
        """Return a complaint of these cities by its reference."""
        row = self._row(reference, cities)
        return None if row is None else _complaint(row)

    def answer(
        self, reference: str, cities: Collection[str], words: str, outcome: Outcome | None = None
    ) -> Complaint:
        """Write to its person, and close it where that is the outcome.

        Raises:
            NotFound: There is no such open complaint in these cities.
        """
        row = self._row(reference, cities)
        if row is None or row.state != State.OPEN.value:
            raise NotFound("There is no such open complaint.")
        self._say(row, words, is_staff=True)
        if outcome is not None:
            row.state, row.outcome = State.CLOSED.value, outcome.value
            row.closed_at = self._unit.now
        self._unit.orm.flush()
        return _complaint(row)

    def backlog(self, cities: Collection[str] | None = None) -> Backlog:
        """Return how many are open and overdue, in these cities or in all."""
        query = select(func.count()).where(ComplaintRow.state == State.OPEN.value)
        if cities is not None:
            query = query.where(col(ComplaintRow.city).in_(cities))
        late = query.where(col(ComplaintRow.opened_at) < self._unit.now - DECIDED_WITHIN)
        return Backlog(self._unit.orm.exec(query).one(), self._unit.orm.exec(late).one())

    def _own(self, person: str, complaint: str) -> ComplaintRow:
        row = self._unit.orm.get(ComplaintRow, complaint, with_for_update=True)
        if row is None or row.person != person or row.state != State.OPEN.value:
            raise NotFound("There is no such open complaint of theirs.")
        return row

    def _row(self, reference: str, cities: Collection[str]) -> ComplaintRow | None:
        query = select(ComplaintRow).where(
            ComplaintRow.reference == reference, col(ComplaintRow.city).in_(cities)
        )
        return self._unit.orm.exec(query).first()

    def _say(self, row: ComplaintRow, words: str, *, is_staff: bool) -> None:
        line = {"at": micros(self._unit.now), "staff": is_staff, "words": tidied(words)}
        row.said = orjson.dumps([*orjson.loads(row.said), line]).decode()


def _complaint(row: ComplaintRow) -> Complaint:
    lines = (Line(instant(one["at"]), one["staff"], one["words"]) for one in orjson.loads(row.said))
    return Complaint(
        id=row.id,
        reference=row.reference,
        person=row.person,
        city=row.city,
        state=State(row.state),
        lines=tuple(lines),
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        outcome=Outcome(row.outcome) if row.outcome else None,
    )
