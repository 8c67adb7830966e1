"""Employers: organisations, who answers for them, and the private addresses of their reports."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping

from sqlmodel import col, func, select

from bot.errors import NotFound, Refused
from bot.needs.employers import (
    INVITATION_LASTS,
    INVITATION_USES,
    LONGEST_NAME,
    LONGEST_TEAM,
    MOST_MEMBERS,
    MOST_OF_A_PERSON,
    ColleagueLink,
    Member,
    NeedsPage,
    Part,
)
from bot.needs.records import Organisation, SizeBand
from bot.people.staff import new_token, token_hash
from storage.repositories.repository import Repository
from storage.tables.employers import (
    ColleagueLinkRow,
    EmployerAskRow,
    NeedsPageRow,
    OrganisationMemberRow,
    OrganisationRow,
)

TOKEN_BYTES = 16
AT_ONCE = 100
"""Answers that go in the unit in which the last member leaves; the others follow in slices."""
_CLOSED = ""
"""The city of an organisation that is no more, and of which answers are still to go."""
_FACTS = {"name": LONGEST_NAME, "size": 20, "sector": 60, "place": 120, "website": 254}


class Employers(Repository):
    """Nothing of an organisation is given to who is no member, and nothing to another city."""

    __slots__ = ()

    def add(self, person: str, city: str, facts: Mapping[str, str]) -> Organisation:
        """Make an organisation with this person as its lead.

        Args:
            facts: "name", and what is known of "size", "sector", "place" and "website".

        Raises:
            Refused: "employers.too_many": they have as many as one may.
        """
        if len(self.list_of(person)) >= MOST_OF_A_PERSON:
            raise Refused("employers.too_many")
        row = OrganisationRow(
            id=self._unit.new_id(),
            city=city,
            name="",
            created_at=self._unit.now,
            changed_at=self._unit.now,
        )
        self._fill(row, facts)
        self._unit.orm.add(row)
        self._unit.orm.flush()
        self._join(person, row.id, Part.LEAD, "")
        return _organisation(row)

    def find(self, organisation: str, city: str) -> Organisation | None:
        """Return an organisation of a city."""
        row = self._unit.orm.get(OrganisationRow, organisation)
        return None if row is None or row.city != city else _organisation(row)

    def list_of(self, person: str, city: str = "") -> list[Organisation]:
        """Return the organisations that a person answers for, in one city or in all."""
        query = (
            select(OrganisationRow)
            .join(
                OrganisationMemberRow,
                col(OrganisationMemberRow.organisation) == col(OrganisationRow.id),
            )
            .where(OrganisationMemberRow.person == person)
            .order_by(col(OrganisationMemberRow.joined_at), col(OrganisationRow.id))
        )
        rows = self._unit.orm.exec(query).all()
        return [_organisation(row) for row in rows if city in ("", row.city)]

    def list_in_city(self, city: str, after: str = "", limit: int = 200) -> list[Organisation]:
        """Return a slice of a city's organisations by id, after an id."""
        query = (
            select(OrganisationRow)
            .where(OrganisationRow.city == city, OrganisationRow.id > after)
            .order_by(OrganisationRow.id)
            .limit(limit)
        )
        return [_organisation(row) for row in self._unit.orm.exec(query).all()]

    def list_named(self, organisations: Collection[str]) -> dict[str, Organisation]:
        """Return some organisations by their ids."""
        query = select(OrganisationRow).where(col(OrganisationRow.id).in_(organisations))
        return {row.id: _organisation(row) for row in self._unit.orm.exec(query).all()}

    def change(self, person: str, organisation: str, facts: Mapping[str, str]) -> Organisation:
        """Change what is known of an organisation; what is not named stays. Raises NotFound."""
        self.member(person, organisation)
        row = self._row(organisation)
        self._fill(row, facts)
        row.changed_at = self._unit.now
        self._unit.orm.flush()
        return _organisation(row)

    # -- members ---------------------------------------------------------------------------------

    def member(self, person: str, organisation: str) -> Member:
        """Return a person's membership.

        Raises:
            NotFound: They are no member, or there is no such organisation.
        """
        row = self._unit.orm.get(OrganisationMemberRow, (person, organisation))
        if row is None:
            raise NotFound(f"no member of the organisation {organisation}")
        return _member(row)

    def find_member(self, person: str, organisation: str) -> Member | None:
        """Return a person's membership, if there is one."""
        row = self._unit.orm.get(OrganisationMemberRow, (person, organisation))
        return None if row is None else _member(row)

    def list_members(self, organisation: str) -> list[Member]:
        """Return who answers for an organisation, who came first first."""
        query = (
            select(OrganisationMemberRow)
            .where(OrganisationMemberRow.organisation == organisation)
            .order_by(col(OrganisationMemberRow.joined_at), col(OrganisationMemberRow.person))
        )
        return [_member(row) for row in self._unit.orm.exec(query).all()]

    def answer_for(self, person: str, organisation: str, team: str) -> None:
        """Note for which team a member answers. Raises NotFound."""
        self.member(person, organisation)
        row = self._unit.orm.get_one(OrganisationMemberRow, (person, organisation))
        row.team = team[:LONGEST_TEAM]
        self._unit.orm.flush()

    def let_contact(self, person: str, organisation: str, contact: str) -> None:
        """Keep where the city may write, or forget it where empty. Raises NotFound.

        Taken back it is gone from what was asked, too.
        """
        self.member(person, organisation)
        row = self._unit.orm.get_one(OrganisationMemberRow, (person, organisation))
        row.contact = contact
        if not contact:
            for ask in self._asks(person, organisation):
                ask.contact = ""
        self._unit.orm.flush()

    def leave(self, person: str, organisation: str) -> bool:
        """Leave an organisation; who leaves last takes all that is kept of it along.

        What they sent stays with the organisation, without them; what they had begun is gone, and
        so is what they asked others for. Where no lead is left, who came first becomes it.

        Returns:
            Whether the organisation is still there.

        Raises:
            NotFound: They are no member.
        """
        self.member(person, organisation)
        self._unit.orm.delete(self._unit.orm.get_one(OrganisationMemberRow, (person, organisation)))
        for row in self._links_of(organisation, person):
            self._unit.orm.delete(row)
        for ask in self._asks(person, organisation):
            self._unit.orm.delete(ask)
        self._unit.orm.flush()
        left = self.list_members(organisation)
        if not left:
            self._unit.insights.forget(organisation)
            self._drop(organisation)
            return False
        self._unit.responses.leave(person, organisation)
        if not any(one.part is Part.LEAD for one in left):
            key = (left[0].person, organisation)
            self._unit.orm.get_one(OrganisationMemberRow, key).part = Part.LEAD.value
            self._unit.orm.flush()
        return True

    def forget(self, person: str) -> None:
        """Leave every organisation: before a person is erased."""
        for one in self.list_of(person):
            self.leave(person, one.id)

    def sweep(self, limit: int) -> int:
        """Drop answers of organisations whose last member left; return the rows dropped."""
        query = select(OrganisationRow).where(OrganisationRow.city == _CLOSED)
        row = self._unit.orm.exec(query.limit(1)).first()
        if row is None:
            return 0
        dropped = self._unit.responses.drop_of(row.id, limit)
        if dropped < limit:
            self._unit.orm.delete(row)
            self._unit.orm.flush()
        return max(1, dropped)

    # -- colleagues ------------------------------------------------------------------------------

    def invite(self, person: str, organisation: str, team: str = "") -> str:
        """Return a token with which colleagues join. Raises NotFound."""
        self.member(person, organisation)
        token = new_token()
        row = ColleagueLinkRow(
            id=self._unit.new_id(),
            organisation=organisation,
            person=person,
            token_hash=token_hash(token),
            team=team[:LONGEST_TEAM],
            created_at=self._unit.now,
            expires_at=self._unit.now + INVITATION_LASTS,
        )
        self._unit.orm.add(row)
        self._unit.orm.flush()
        return token

    def list_links(self, person: str, organisation: str) -> list[ColleagueLink]:
        """Return the links that still lead somewhere, the newest first. Raises NotFound."""
        self.member(person, organisation)
        rows = sorted(self._links_of(organisation), key=lambda row: row.id, reverse=True)
        return [one for one in (self._link(row) for row in rows) if one.is_open]

    def revoke(self, person: str, link: str) -> bool:
        """End a link of an organisation of theirs at once; False if it is none of those."""
        row = self._unit.orm.get(ColleagueLinkRow, link)
        if row is None or self.find_member(person, row.organisation) is None:
            return False
        row.revoked_at = row.revoked_at or self._unit.now
        self._unit.orm.flush()
        return True

    def find_link(self, token: str) -> ColleagueLink | None:
        """Return where a token leads while it does; looking does not use it up."""
        row = self._link_row(token)
        link = self._link(row) if row is not None else None
        return link if link is not None and link.is_open else None

    def join(self, person: str, token: str, city: str) -> Member:
        """Become a member by a link; who is one stays what they are.

        Raises:
            Refused: "employers.link_over", "employers.full" or "employers.too_many".
        """
        row = self._link_row(token, is_taking=True)
        if row is None or not self._link(row).is_open:
            raise Refused("employers.link_over")
        if self.find(row.organisation, city) is None:
            raise Refused("employers.link_over")
        known = self.find_member(person, row.organisation)
        if known is not None:
            return known
        if self._count(row.organisation) >= MOST_MEMBERS:
            raise Refused("employers.full")
        if len(self.list_of(person)) >= MOST_OF_A_PERSON:
            raise Refused("employers.too_many")
        row.uses += 1
        return self._join(person, row.organisation, Part.COLLEAGUE, row.team)

    # -- the report's address --------------------------------------------------------------------

    def page(self, person: str, organisation: str) -> NeedsPage | None:
        """Return the address of a report, if it is on. Raises NotFound."""
        self.member(person, organisation)
        row = self._unit.orm.get(NeedsPageRow, organisation)
        return None if row is None else _page(row)

    def open_page(self, person: str, organisation: str, *, is_new: bool = False) -> NeedsPage:
        """Switch the report on, at the address that it had or at a new one. Raises NotFound."""
        self.member(person, organisation)
        row = self._unit.orm.get(NeedsPageRow, organisation)
        if row is None or is_new:
            row = row or NeedsPageRow(
                organisation=organisation,
                city=self._row(organisation).city,
                token="",
                opened_at=self._unit.now,
            )
            row.token, row.opened_at = secrets.token_urlsafe(TOKEN_BYTES), self._unit.now
            self._unit.orm.add(row)
            self._unit.orm.flush()
        return _page(row)

    def close_page(self, person: str, organisation: str) -> bool:
        """Switch the report off, for good at its address; False if it was off. Raises NotFound."""
        self.member(person, organisation)
        row = self._unit.orm.get(NeedsPageRow, organisation)
        if row is None:
            return False
        self._unit.orm.delete(row)
        self._unit.orm.flush()
        return True

    def page_at(self, token: str) -> NeedsPage | None:
        """Return what is at an address, if there is anything."""
        query = select(NeedsPageRow).where(NeedsPageRow.token == token)
        row = self._unit.orm.exec(query).first()
        return None if row is None else _page(row)

    # -- rows ------------------------------------------------------------------------------------

    def _row(self, organisation: str) -> OrganisationRow:
        row = self._unit.orm.get(OrganisationRow, organisation)
        if row is None:
            raise NotFound(f"no organisation {organisation}")
        return row

    def _fill(self, row: OrganisationRow, facts: Mapping[str, str]) -> None:
        for name, most in _FACTS.items():
            if name in facts:
                setattr(row, name, " ".join(facts[name].split())[:most])

    def _join(self, person: str, organisation: str, part: Part, team: str) -> Member:
        row = OrganisationMemberRow(
            person=person,
            organisation=organisation,
            part=part.value,
            team=team,
            joined_at=self._unit.now,
        )
        self._unit.orm.add(row)
        self._unit.orm.flush()
        return _member(row)

    def _count(self, organisation: str) -> int:
        query = select(func.count()).where(OrganisationMemberRow.organisation == organisation)
        return int(self._unit.orm.exec(query).one())

    def _links_of(self, organisation: str, person: str = "") -> list[ColleagueLinkRow]:
        query = select(ColleagueLinkRow).where(ColleagueLinkRow.organisation == organisation)
        rows = self._unit.orm.exec(query).all()
        return [row for row in rows if person in ("", row.person)]

    def _link_row(self, token: str, *, is_taking: bool = False) -> ColleagueLinkRow | None:
        query = select(ColleagueLinkRow).where(ColleagueLinkRow.token_hash == token_hash(token))
        return self._unit.orm.exec(query.with_for_update() if is_taking else query).first()

    def _link(self, row: ColleagueLinkRow) -> ColleagueLink:
        is_over = row.revoked_at is not None or row.expires_at <= self._unit.now
        is_open = not is_over and row.uses < INVITATION_USES
        return ColleagueLink(row.id, row.organisation, row.team, row.uses, row.expires_at, is_open)

    def _asks(self, person: str, organisation: str) -> list[EmployerAskRow]:
        query = select(EmployerAskRow).where(
            EmployerAskRow.person == person, EmployerAskRow.organisation == organisation
        )
        return list(self._unit.orm.exec(query).all())

    def _drop(self, organisation: str) -> None:
        """Drop an organisation that has no members, with all that hangs on it.

        Where more was answered than a unit may drop, it is of no city and has no name until the
        sweep has dropped the rest.
        """
        rows: list[object] = [*self._links_of(organisation)]
        page = self._unit.orm.get(NeedsPageRow, organisation)
        rows += [page] if page is not None else []
        asks = select(EmployerAskRow).where(EmployerAskRow.organisation == organisation)
        rows += self._unit.orm.exec(asks).all()
        row = self._row(organisation)
        if self._unit.responses.drop_of(organisation, AT_ONCE) < AT_ONCE:
            rows.append(row)
        else:
            self._fill(row, dict.fromkeys(_FACTS, ""))
            row.city = _CLOSED
        for one in rows:
            self._unit.orm.delete(one)
        self._unit.orm.flush()


def _organisation(row: OrganisationRow) -> Organisation:
    return Organisation(
        id=row.id,
        name=row.name,
        city=row.city,
        size=SizeBand(row.size) if row.size in set(SizeBand) else None,
        sector=row.sector,
        place=row.place,
        website=row.website,
    )


def _member(row: OrganisationMemberRow) -> Member:
    return Member(
        row.organisation, row.person, Part(row.part), row.team, row.contact, row.joined_at
    )


def _page(row: NeedsPageRow) -> NeedsPage:
    return NeedsPage(row.token, row.organisation, row.city, row.opened_at)
