"""Finding one person by what they read out, and counting people."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import case, func
from sqlmodel import col, select

from bot.people import Person
from bot.people.support import PeopleCount
from storage.repositories.repository import Repository
from storage.tables.people import PersonRow

LATELY = timedelta(days=30)
_AFTER_EVERY_DIGIT = "g"


class Support(Repository):
    """What staff may ask about people: one of them, or how many."""

    __slots__ = ()

    def find(self, letters: str) -> Person | None:
        """Return whose reference begins so; None where nobody's does, or that of two."""
        reference = col(PersonRow.reference)
        query = select(PersonRow.id).where(
            reference >= letters, reference < letters + _AFTER_EVERY_DIGIT
        )
        found = self._unit.orm.exec(query.limit(2)).all()
        return self._unit.people.find(found[0]) if len(found) == 1 else None

    def counts(self, cities: Collection[str]) -> list[PeopleCount]:
        """Return how many people who went on after the notice each of these cities has."""
        is_late = col(PersonRow.seen_at) >= self._unit.now - LATELY
        query = (
            select(PersonRow.city, func.count(), func.sum(case((is_late, 1), else_=0)))
            .where(col(PersonRow.city).in_(cities), col(PersonRow.notice_at).is_not(None))
            .group_by(PersonRow.city)
        )
        found = {
            city: (int(people), int(late)) for city, people, late in self._unit.orm.exec(query)
        }
        return [PeopleCount(city, *found.get(city, (0, 0))) for city in cities]
