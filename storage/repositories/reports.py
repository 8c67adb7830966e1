"""Listings that somebody says are wrong."""

from __future__ import annotations

from sqlmodel import col, select

from bot.errors import NotFound
from storage.records import ListingReport
from storage.repositories.repository import Repository
from storage.tables.wishes import ListingReportRow

LONGEST_WORDS = 500


class Reports(Repository):
    """Reports on listings, until staff settle them."""

    __slots__ = ()

    def add(self, person: str | None, city: str, course: str, reason: str, words: str = "") -> str:
        """Store a report and return its id."""
        row = ListingReportRow(
            id=self._unit.new_id(),
            city=city,
            person=person,
            course=course,
            reason=reason,
            words=words[:LONGEST_WORDS],
            at=self._unit.now,
        )
        self._unit.orm.add(row)
        self._unit.orm.flush()
        return row.id

    def list_open(self, city: str, limit: int = 100) -> list[ListingReport]:
        """Return what a city's staff have not settled yet, oldest first."""
        query = (
            select(ListingReportRow)
            .where(ListingReportRow.city == city, col(ListingReportRow.settled_at).is_(None))
            .order_by(col(ListingReportRow.at))
            .limit(limit)
        )
        return [_report(row) for row in self._unit.orm.exec(query).all()]

    def settle(self, report: str, city: str, by_person: str, outcome: str) -> None:
        """Close a report.

        Raises:
            NotFound: There is no such report in this city.
        """
        row = self._unit.orm.get(ListingReportRow, report)
        if row is None or row.city != city:
            raise NotFound("There is no such report.")
        row.outcome, row.settled_at = outcome, self._unit.now
        row.settled_by = self._unit.people.reference_of(by_person)
        self._unit.orm.flush()


def _report(row: ListingReportRow) -> ListingReport:
    return ListingReport(
        id=row.id,
        city=row.city,
        course=row.course,
        reason=row.reason,
        words=row.words,
        at=row.at,
        outcome=row.outcome,
        settled_at=row.settled_at,
    )
