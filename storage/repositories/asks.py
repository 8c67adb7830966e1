"""What employers ask of providers and of the city's skills team."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from sqlmodel import col, select

from bot.errors import NotFound, Refused
from bot.needs.employers import LONGEST_WORDS, MOST_ASKS, Ask, AskKind
from bot.people import organisation_key
from storage.repositories.repository import Repository
from storage.tables.employers import EmployerAskRow


class Asks(Repository):
    """Each is seen by its organisation, by the city's staff, and by the provider that it names."""

    __slots__ = ()

    def add(self, ask: Ask) -> Ask:
        """Keep an ask; the same one again, while it is open, is the same ask.

        Raises:
            Refused: "employers.too_many_asks": the organisation has as many open as one may.
        """
        open_now = [one for one in self.list_of(ask.organisation) if one.settled_at is None]
        for known in open_now:
            if _subject(known) == _subject(ask):
                return known
        if len(open_now) >= MOST_ASKS:
            raise Refused("employers.too_many_asks")
        kept = replace(
            ask, id=self._unit.new_id(), at=self._unit.now, words=ask.words[:LONGEST_WORDS]
        )
        self._unit.orm.add(_row(kept))
        self._unit.orm.flush()
        return kept

    def list_of(self, organisation: str) -> list[Ask]:
        """Return what an organisation asked, the newest first."""
        query = (
            select(EmployerAskRow)
            .where(EmployerAskRow.organisation == organisation)
            .order_by(col(EmployerAskRow.at).desc(), col(EmployerAskRow.id).desc())
        )
        return [_ask(row) for row in self._unit.orm.exec(query).all()]

    def list_open(
        self, city: str, providers: Collection[str] | None = None, limit: int = 50
    ) -> list[Ask]:
        """Return what is asked in a city and nobody saw to yet, the oldest first.

        Args:
            providers: Only what is asked of these, as the catalogue names them; None for all that
                is asked, of the city's skills team too.
        """
        query = (
            select(EmployerAskRow)
            .where(EmployerAskRow.city == city, col(EmployerAskRow.settled_at).is_(None))
            .order_by(col(EmployerAskRow.at), col(EmployerAskRow.id))
            .limit(limit)
        )
        if providers is not None:
            query = query.where(
                EmployerAskRow.kind == AskKind.PROVIDERS.value,
                col(EmployerAskRow.provider_key).in_(map(organisation_key, providers)),
            )
        return [_ask(row) for row in self._unit.orm.exec(query).all()]

    def settle(self, ask: str, city: str, *, is_settled: bool = True) -> bool:
        """Note that somebody saw to an ask, or that nobody did; False if it is not of the city."""
        row = self._unit.orm.get(EmployerAskRow, ask)
        if row is None or row.city != city:
            return False
        row.settled_at = self._unit.now if is_settled else None
        self._unit.orm.flush()
        return True

    def take_back(self, person: str, ask: str) -> None:
        """Take an ask back. Raises NotFound where it is not of an organisation of theirs."""
        row = self._unit.orm.get(EmployerAskRow, ask)
        if row is None or self._unit.employers.find_member(person, row.organisation) is None:
            raise NotFound(f"no ask {ask}")
        self._unit.orm.delete(row)
        self._unit.orm.flush()


def _subject(ask: Ask) -> tuple[str, ...]:
    return (ask.kind.value, ask.provider, ask.course, ask.skill)


def _row(ask: Ask) -> EmployerAskRow:
    return EmployerAskRow(
        id=ask.id,
        city=ask.city,
        organisation=ask.organisation,
        person=ask.person,
        kind=ask.kind.value,
        provider=ask.provider,
        provider_key=organisation_key(ask.provider),
        course=ask.course,
        skill=ask.skill,
        people=ask.people,
        due=ask.by,
        words=ask.words,
        contact=ask.contact,
        at=ask.at,
        settled_at=ask.settled_at,
    )


def _ask(row: EmployerAskRow) -> Ask:
    return Ask(
        id=row.id,
        city=row.city,
        organisation=row.organisation,
        person=row.person,
        kind=AskKind(row.kind),
        at=row.at,
        provider=row.provider,
        course=row.course,
        skill=row.skill,
        people=row.people,
        by=row.due,
        words=row.words,
        contact=row.contact,
        settled_at=row.settled_at,
    )
