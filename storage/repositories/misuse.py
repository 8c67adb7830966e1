"""Reports that an employer misuses invitations: made by people, decided by staff."""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import col, func, select

from bot.errors import NotFound, Refused
from bot.talent.reports import LONGEST, MOST_OPEN, WHYS, Outcome, Report, new_reference
from storage.repositories.repository import Repository
from storage.tables.talent import MisuseReportRow


class Misuse(Repository):
    """What people reported."""

    __slots__ = ()

    def open(self, person: str, city: str, opportunity: str, why: str, words: str) -> Report:
        """Take a report.

        Raises:
            Refused: "talent.report.full": they have as many open ones as are kept.
        """
        waiting = [one for one in self.list_of(person) if one.closed_at is None]
        if len(waiting) >= MOST_OPEN:
            raise Refused("talent.report.full")
        row = MisuseReportRow(
            id=self._unit.new_id(),
            reference=new_reference(),
            city=city,
            opportunity=opportunity,
            person=person,
            why=why if why in WHYS else "other",
            words=words.strip()[:LONGEST],
            opened_at=self._unit.now,
        )
        self._unit.orm.add(row)
        self._unit.orm.flush()
        return _report(row)

    def list_of(self, person: str) -> list[Report]:
        """Return what a person reported, newest first."""
        query = select(MisuseReportRow).where(MisuseReportRow.person == person)
        rows = self._unit.orm.exec(query.order_by(col(MisuseReportRow.id).desc())).all()
        return [_report(row) for row in rows]

    def list_open(self, cities: Collection[str], limit: int = 100) -> list[Report]:
        """Return what waits for the staff of these cities, the longest waiting first."""
        query = (
            select(MisuseReportRow)
            .where(col(MisuseReportRow.city).in_(cities), col(MisuseReportRow.closed_at).is_(None))
            .order_by(col(MisuseReportRow.opened_at))
        )
        return [_report(row) for row in self._unit.orm.exec(query.limit(limit)).all()]

    def list_about(self, opportunity: str) -> list[Report]:
        """Return all that was reported of an opportunity, newest first."""
        query = select(MisuseReportRow).where(MisuseReportRow.opportunity == opportunity)
        rows = self._unit.orm.exec(query.order_by(col(MisuseReportRow.id).desc())).all()
        return [_report(row) for row in rows]

    def count_open(self, cities: Collection[str]) -> int:
        """Return how many wait for the staff of these cities."""
        query = select(func.count()).where(
            col(MisuseReportRow.city).in_(cities), col(MisuseReportRow.closed_at).is_(None)
        )
        return int(self._unit.orm.exec(query).one())

    def decide(self, reference: str, cities: Collection[str], outcome: Outcome) -> Report:
        """End a report. Raises NotFound: there is no such open one in these cities."""
        query = select(MisuseReportRow).where(
            MisuseReportRow.reference == reference,
            col(MisuseReportRow.city).in_(cities),
            col(MisuseReportRow.closed_at).is_(None),
        )
        row = self._unit.orm.exec(query.with_for_update()).first()
        if row is None:
            raise NotFound("There is no such open report.")
        row.outcome, row.closed_at = outcome.value, self._unit.now
        self._unit.orm.flush()
        return _report(row)


def _report(row: MisuseReportRow) -> Report:
    return Report(
        id=row.id,
        reference=row.reference,
        city=row.city,
        opportunity=row.opportunity,
        person=row.person,
        why=row.why,
        words=row.words,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        outcome=Outcome(row.outcome) if row.outcome else None,
    )
