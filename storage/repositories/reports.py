"""Listings that somebody says are wrong."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlmodel import col, func, select

from bot.courses.keeping.records import LONGEST_ANSWER, REPORT_DUE, Backlog
from bot.errors import NotFound
from storage.listings import ListingReport
from storage.repositories.repository import Repository
from storage.tables.wishes import ListingReportRow

LONGEST_WORDS = 500


class Reports(Repository):
    """Reports on listings, until staff settle them."""

    __slots__ = ()

    def add(
        self,
        person: str | None,
        city: str,
        course: str,
        reason: str,
        words: str = "",
        *,
        wants_answer: bool = False,
    ) -> str:
        """Store a report and return its id.

        Args:
            wants_answer: They want to hear what came of it; nobody can be told who is not known.
        """
        row = ListingReportRow(
            id=self._unit.new_id(),
            city=city,
            person=person,
            course=course,
            reason=reason,
            words=words[:LONGEST_WORDS],
            wants_answer=wants_answer and person is not None,
            at=self._unit.now,
        )
        self._unit.orm.add(row)
        self._unit.orm.flush()
        return row.id

    def count_of(self, person: str, since: datetime) -> int:
        """Return how many reports somebody made since a moment."""
        query = select(func.count()).where(
            ListingReportRow.person == person, ListingReportRow.at >= since
        )
        return int(self._unit.orm.exec(query).one())

    def is_told(self, person: str, course: str) -> bool:
        """Tell whether somebody's report on a course waits already."""
        query = select(ListingReportRow.id).where(
            ListingReportRow.person == person,
            ListingReportRow.course == course,
            col(ListingReportRow.settled_at).is_(None),
        )
        return self._unit.orm.exec(query.limit(1)).first() is not None

    def list_open(self, city: str, limit: int = 100, offset: int = 0) -> list[ListingReport]:
        """Return what a city's staff have not settled yet, oldest first."""
        query = (
            select(ListingReportRow)
            .where(ListingReportRow.city == city, col(ListingReportRow.settled_at).is_(None))
            .order_by(col(ListingReportRow.at), col(ListingReportRow.id))
            .offset(offset)
            .limit(limit)
        )
        return [_report(row) for row in self._unit.orm.exec(query).all()]

    def list_about(self, city: str, course: str) -> list[ListingReport]:
        """Return what waits about one course, oldest first."""
        query = (
            select(ListingReportRow)
            .where(
                ListingReportRow.city == city,
                col(ListingReportRow.settled_at).is_(None),
                ListingReportRow.course == course,
            )
            .order_by(col(ListingReportRow.at))
        )
        return [_report(row) for row in self._unit.orm.exec(query).all()]

    def backlog(self, cities: Collection[str]) -> Backlog:
        """Return how many reports of these cities wait, and how many longer than they should."""
        query = select(func.count()).where(
            col(ListingReportRow.city).in_(cities), col(ListingReportRow.settled_at).is_(None)
        )
        late = query.where(col(ListingReportRow.at) < self._unit.now - REPORT_DUE)
        return Backlog(self._unit.orm.exec(query).one(), self._unit.orm.exec(late).one())

    def find(self, report: str, cities: Collection[str]) -> ListingReport | None:
        """Return a report of these cities."""
        row = self._unit.orm.get(ListingReportRow, report)
        return _report(row) if row is not None and row.city in cities else None

    def note_told(self, report: str) -> None:
        """Note that the provider was told of a report."""
        row = self._unit.orm.get(ListingReportRow, report)
        if row is not None:
            row.provider_told_at = self._unit.now
            self._unit.orm.flush()

    def settle(
        self, report: str, city: str, by_person: str, outcome: str, answer: str = ""
    ) -> ListingReport:
        """Close a report.

        Args:
            answer: What staff add for whoever made it.

        Raises:
            NotFound: There is no such report in this city that still waits.
        """
        row = self._unit.orm.get(ListingReportRow, report, with_for_update=True)
        if row is None or row.city != city or row.settled_at is not None:
            raise NotFound("There is no such report.")
        row.outcome, row.settled_at, row.answer = outcome, self._unit.now, answer[:LONGEST_ANSWER]
        row.settled_by = self._unit.people.reference_of(by_person)
        self._unit.orm.flush()
        return _report(row)


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
        person=row.person,
        wants_answer=row.wants_answer,
        answer=row.answer,
        provider_told_at=row.provider_told_at,
    )
