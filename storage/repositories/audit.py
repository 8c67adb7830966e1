"""The audit log: added to, read and checked, never changed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import orjson
from sqlmodel import col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from bot.people import AuditCheck, AuditEntry, AuditWanted
from bot.people.audit import START, chained, check
from storage.repositories.repository import AUDITING, Repository
from storage.tables.staff import AuditRow

PAGE = 500
SHORTEST_REFERENCE = 4


class Audit(Repository):
    """What staff and the system did. Entries refer to people by `people.reference_of`."""

    __slots__ = ()

    def record(
        self,
        action: str,
        *,
        actor: str = "",
        subject: str = "",
        city: str = "",
        facts: Mapping[str, str] | None = None,
    ) -> AuditEntry:
        """Add an entry. Actor and subject are references, never ids of people."""
        self._one_at_a_time(AUDITING)
        newest = self._unit.orm.exec(
            select(AuditRow).order_by(col(AuditRow.number).desc()).limit(1)
        ).first()
        entry = AuditEntry(
            number=1 if newest is None else newest.number + 1,
            at=self._unit.now,
            action=action,
            actor=actor,
            subject=subject,
            city=city,
            facts=dict(facts or {}),
            previous=START if newest is None else newest.hash,
        )
        entry = replace(entry, hash=chained(entry))
        self._unit.orm.add(_row(entry))
        self._unit.orm.flush()
        return entry

    def list_latest(self, city: str = "", limit: int = 100) -> list[AuditEntry]:
        """Return the newest entries, of one city or of all, newest first."""
        query = select(AuditRow).order_by(col(AuditRow.number).desc()).limit(limit)
        if city:
            query = query.where(AuditRow.city == city)
        return [_entry(row) for row in self._unit.orm.exec(query).all()]

    def search(self, wanted: AuditWanted, cities: Collection[str], limit: int) -> list[AuditEntry]:
        """Return the newest entries of these cities that match, newest first.

        Args:
            cities: Their ids; "" for what belongs to no single city.
        """
        query = select(AuditRow).where(col(AuditRow.city).in_(cities))
        query = _narrowed(query, wanted).order_by(col(AuditRow.number).desc()).limit(limit)
        return [_entry(row) for row in self._unit.orm.exec(query).all()]

    def actions(self, cities: Collection[str]) -> list[str]:
        """Return every kind of act in the log of these cities."""
        query = select(AuditRow.action).where(col(AuditRow.city).in_(cities)).distinct()
        return sorted(self._unit.orm.exec(query).all())

    def verify(self) -> AuditCheck:
        """Check the whole chain."""
        return check(self._all())

    def _all(self) -> Iterator[AuditEntry]:
        after = 0
        while True:
            query = select(AuditRow).where(AuditRow.number > after).order_by(col(AuditRow.number))
            rows = self._unit.orm.exec(query.limit(PAGE)).all()
            if not rows:
                return
            yield from (_entry(row) for row in rows)
            after = rows[-1].number
            self._unit.orm.expunge_all()


def _narrowed(query: SelectOfScalar[AuditRow], wanted: AuditWanted) -> SelectOfScalar[AuditRow]:
    if wanted.action:
        query = query.where(AuditRow.action == wanted.action)
    if len(wanted.who) >= SHORTEST_REFERENCE:
        actor, subject = col(AuditRow.actor), col(AuditRow.subject)
        query = query.where(
            or_(
                actor.startswith(wanted.who, autoescape=True),
                subject.startswith(wanted.who, autoescape=True),
            )
        )
    if wanted.first:
        query = query.where(AuditRow.at >= datetime.combine(wanted.first, time(), UTC))
    if wanted.last:
        end = datetime.combine(wanted.last, time(), UTC) + timedelta(days=1)
        query = query.where(AuditRow.at < end)
    if wanted.before is not None:
        query = query.where(AuditRow.number < wanted.before)
    return query


def _row(entry: AuditEntry) -> AuditRow:
    return AuditRow(
        number=entry.number,
        at=entry.at,
        action=entry.action,
        actor=entry.actor,
        subject=entry.subject,
        city=entry.city,
        facts=orjson.dumps(dict(entry.facts)).decode(),
        previous=entry.previous,
        hash=entry.hash,
    )


def _entry(row: AuditRow) -> AuditEntry:
    return AuditEntry(
        number=row.number,
        at=row.at,
        action=row.action,
        actor=row.actor,
        subject=row.subject,
        city=row.city,
        facts=orjson.loads(row.facts),
        previous=row.previous,
        hash=row.hash,
    )
