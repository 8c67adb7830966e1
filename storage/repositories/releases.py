"""What cities were told of weeks and months, and what that is counted from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

import orjson
from sqlmodel import col, select

from bot.insights.sheets import Release, dump_release, load_release
from bot.questionnaires.keeping import load_answers
from bot.questionnaires.records import Filled
from storage.instants import micros
from storage.repositories.releases_sql import (
    EVALUATION,
    SAVED,
    UNMET,
    WATCHED,
)
from storage.repositories.repository import Repository
from storage.statements import Statement
from storage.tables.insights import ReleaseRow


class Releases(Repository):
    """Sheets of figures by city and period. What stands in one is never changed."""

    __slots__ = ()

    def add(self, city: str, one: Release) -> bool:
        """Keep what was told of a period; False where something was told of it before."""
        key = (city, one.sheet, _moment(one.starts_on))
        if self._unit.orm.get(ReleaseRow, key) is not None:
            return False
        row = ReleaseRow(
            city=city,
            sheet=one.sheet,
            starts_at=_moment(one.starts_on),
            made_at=self._unit.now,
            body=dump_release(one),
        )
        self._unit.orm.add(row)
        self._unit.orm.flush()
        return True

    def list_days(self, city: str) -> frozenset[tuple[str, date]]:
        """Return of which sheets and periods a city was told."""
        query = select(ReleaseRow.sheet, ReleaseRow.starts_at).where(ReleaseRow.city == city)
        return frozenset((sheet, at.date()) for sheet, at in self._unit.orm.exec(query).all())

    def list_of(self, city: str, since: date) -> list[Release]:
        """Return what a city was told of periods that began on a day or later, oldest first."""
        query = (
            select(ReleaseRow)
            .where(ReleaseRow.city == city, ReleaseRow.starts_at >= _moment(since))
            .order_by(col(ReleaseRow.starts_at), col(ReleaseRow.sheet))
        )
        rows = self._unit.orm.exec(query).all()
        return [load_release(row.sheet, row.starts_at.date(), row.body) for row in rows]

    def count(
        self, statement: Statement, city: str, since: datetime, until: datetime
    ) -> list[tuple[Any, ...]]:
        """Return counts of people of a city from one moment until another."""
        return self._unit.fetch(statement, _within(city, since, until))

    def list_sought(
        self, kind: str, city: str, since: datetime, until: datetime
    ) -> Iterator[tuple[str, Any]]:
        """Yield who looked for what, of searches that are "unmet" or "watched".

        Who is a person's id, or the wish's own where nobody is known.
        """
        statement = UNMET if kind == "unmet" else WATCHED
        for who, request in self.count(statement, city, since, until):
            yield who, orjson.loads(request)

    def list_saved(self, city: str, since: datetime, until: datetime) -> list[tuple[str, str]]:
        """Return who saved which course."""
        return [(row[0], row[1]) for row in self.count(SAVED, city, since, until)]

    def list_evaluations(self, city: str, since: datetime, until: datetime) -> Iterator[Filled]:
        """Yield what learners answered, the last of each."""
        for (answers,) in self.count(EVALUATION, city, since, until):
            yield load_answers(bytes(answers))


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _within(city: str, since: datetime, until: datetime) -> dict[str, Any]:
    return {"city": city, "since": micros(since), "until": micros(until)}
