"""Figures about cities: cohorts of organisations, and what was rolled up last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, delete, insert, select

from bot.insights.cohorts import LASTS, Cohort, Formed
from bot.insights.provision import Skill
from storage.repositories.repository import Repository
from storage.tables.insights import CityFiguresRow, CohortAnswerRow, CohortRow

_AT_ONCE = 400
_PARTS = 1000
"""Sums of levels are kept in thousandths, so that they stay exact."""


@dataclass(frozen=True, slots=True)
class Counted:
    """When the answer was given that was counted of an organisation, and in which cohort."""

    cohort: str
    answered_at: datetime


class Insights(Repository):
    """What is kept of figures: nothing here says what one organisation answered."""

    __slots__ = ()

    def list_cohorts(self, city: str, today: date) -> dict[str, Cohort]:
        """Return a city's cohorts that are not over, by id."""
        query = select(CohortRow).where(
            CohortRow.city == city, CohortRow.formed_on > (today - LASTS).isoformat()
        )
        return {row.id: _cohort(row) for row in self._unit.orm.exec(query).all()}

    def list_counted(self, city: str) -> dict[tuple[str, Skill], Counted]:
        """Return what was counted in a city's cohorts, by organisation and competence."""
        query = select(CohortAnswerRow).where(CohortAnswerRow.city == city)
        return {
            (row.organisation, (row.framework, row.competence)): Counted(
                row.cohort, row.answered_at
            )
            for row in self._unit.orm.exec(query).all()
        }

    def add_cohort(self, city: str, formed: Formed, answered: Mapping[str, datetime]) -> str:
        """Keep a cohort and which answers are in it; return its id.

        Empty where one of these answers was counted before, as by another replica.

        Args:
            answered: When each of its members gave the answer that counts.
        """
        cohort = formed.cohort
        if self._is_counted(cohort.skill, answered):
            return ""
        row = CohortRow(
            id=self._unit.new_id(),
            city=city,
            framework=cohort.skill[0],
            competence=cohort.skill[1],
            sector=cohort.sector,
            organisations=cohort.organisations,
            now=round(cohort.now * _PARTS),
            should=round(cohort.should * _PARTS),
            formed_on=cohort.formed_on.isoformat(),
        )
        self._unit.orm.add(row)
        self._unit.orm.flush()
        for at in range(0, len(formed.members), _AT_ONCE):
            self._count(row, formed.members[at : at + _AT_ONCE], answered)
        return row.id

    def _is_counted(self, skill: Skill, answered: Mapping[str, datetime]) -> bool:
        members = sorted(answered)
        for at in range(0, len(members), _AT_ONCE):
            query = select(CohortAnswerRow).where(
                col(CohortAnswerRow.organisation).in_(members[at : at + _AT_ONCE]),
                CohortAnswerRow.framework == skill[0],
                CohortAnswerRow.competence == skill[1],
            )
            rows = self._unit.orm.exec(query).all()
            if any(row.answered_at >= answered[row.organisation] for row in rows):
                return True
        return False

    def _count(
        self, row: CohortRow, members: Sequence[str], answered: Mapping[str, datetime]
    ) -> None:
        """Note which answers are in a cohort: in the place of those counted before."""
        self._unit.orm.exec(
            delete(CohortAnswerRow).where(
                col(CohortAnswerRow.organisation).in_(members),
                col(CohortAnswerRow.framework) == row.framework,
                col(CohortAnswerRow.competence) == row.competence,
            )
        )
        rows = [
            {
                "organisation": member,
                "framework": row.framework,
                "competence": row.competence,
                "city": row.city,
                "cohort": row.id,
                "answered_at": answered[member],
            }
            for member in members
        ]
        self._unit.orm.exec(insert(CohortAnswerRow), params=rows)

    def drop_ended(self, city: str, today: date) -> None:
        """Drop a city's cohorts that are over; that their answers were counted stays known."""
        query = delete(CohortRow).where(
            col(CohortRow.city) == city,
            col(CohortRow.formed_on) <= (today - LASTS).isoformat(),
        )
        self._unit.orm.exec(query)

    def forget(self, organisation: str) -> None:
        """Forget that an organisation was counted: when it is no more."""
        query = delete(CohortAnswerRow).where(col(CohortAnswerRow.organisation) == organisation)
        self._unit.orm.exec(query)

    def put_figures(self, city: str, name: str, body: bytes) -> None:
        """Keep figures in the place of those from before."""
        row = CityFiguresRow(city=city, name=name, made_at=self._unit.now, body=body)
        self._unit.orm.merge(row)
        self._unit.orm.flush()

    def find_figures(self, city: str, name: str) -> tuple[datetime, bytes] | None:
        """Return figures as they were rolled up last, and when that was."""
        row = self._unit.orm.get(CityFiguresRow, (city, name))
        return None if row is None else (row.made_at, row.body)


def _cohort(row: CohortRow) -> Cohort:
    return Cohort(
        (row.framework, row.competence),
        row.sector,
        row.organisations,
        row.now / _PARTS,
        row.should / _PARTS,
        date.fromisoformat(row.formed_on),
    )
