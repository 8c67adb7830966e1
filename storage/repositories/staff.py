"""Roles, invitations and signing in. Secrets are stored as hashes and work once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlmodel import col, select

from bot.errors import Refused
from bot.people import (
    TEACHING,
    Grant,
    Invitation,
    Role,
    Teacher,
    WebSession,
    organisation_key,
)
from bot.people.staff import (
    INVITATION_LASTS,
    LOGIN_LASTS,
    SESSION_IDLE,
    SESSION_LASTS,
    new_token,
    token_hash,
)
from storage.records import StaffMember
from storage.repositories.repository import Repository
from storage.statements import Statement
from storage.tables.staff import InvitationRow, LoginRow, RoleRow, WebSessionRow

MOST_CODES = 1000

_GRANTS = Statement("SELECT role, city, provider, channel FROM role WHERE person = :person")


class Staff(Repository):
    """Who may do what. Each change is written to the audit log in the same unit."""

    __slots__ = ()

    def grant(
        self,
        person: str,
        role: Role,
        cities: Collection[str],
        by: str = "",
        channel: str = "",
        provider: str = "",
    ) -> None:
        """Give a role in some cities ("" for every city); a staff role only in one channel.

        Args:
            provider: Of a provider: the organisation; it takes the place of a role without one.
        """
        for city in cities:
            row = self._role(person, role, city, provider) or RoleRow(
                person=person, role=role.value, city=city, provider=provider,
                granted_at=self._unit.now,
            )  # fmt: skip
            row.channel = channel if role.is_staff else ""
            row.granted_by = self._unit.people.reference_of(by)
            self._unit.orm.add(row)
            nameless = self._role(person, role, city, "") if provider else None
            if nameless is not None:
                self._unit.orm.delete(nameless)
            self._record("staff.granted", by, person, role, city, provider)
        self._unit.orm.flush()

    def revoke(self, person: str, role: Role, city: str, by: str = "", provider: str = "") -> bool:
        """Take a role back and end every sign-in; False if they did not have it.

        Whoever may no longer teach something has no class code for it that still gives badges.
        """
        row = self._role(person, role, city, provider)
        if row is None:
            return False
        self._unit.orm.delete(row)
        self._unit.orm.flush()
        self.close_sessions(person)
        self._end_class_codes(person)
        self._record("staff.revoked", by, person, role, city, provider)
        return True

    def _role(self, person: str, role: Role, city: str, provider: str) -> RoleRow | None:
        return self._unit.orm.get(RoleRow, (person, role.value, city, provider))

    def _end_class_codes(self, person: str) -> None:
        left = Teacher(person, self.grants(person))
        for code in self._unit.class_codes.list_made(person, MOST_CODES):
            if not left.reaches(code.city, code.organisation, code.made_by):
                self._unit.class_codes.end(code.id)

    def grants(self, person: str, channel: str = "") -> frozenset[Grant]:
        """Return the roles that a person has when they speak on a channel ("" for any)."""
        rows = self._unit.fetch(_GRANTS, {"person": person})
        return frozenset(
            Grant(Role(role), city, provider)
            for role, city, provider, where in rows
            if not channel or where in ("", channel)
        )

    def is_told(self, person: str) -> bool:
        """Return whether somebody who teaches is written to when people claim with their codes."""
        return any(row.is_told for row in self._teaching(person))

    def set_told(self, person: str, is_told: bool) -> None:
        """Begin or stop writing to somebody when people claim with their codes."""
        for row in self._teaching(person):
            row.is_told = is_told
            self._unit.orm.add(row)
        self._unit.orm.flush()

    def _teaching(self, person: str) -> Sequence[RoleRow]:
        roles = [role.value for role in TEACHING]
        query = select(RoleRow).where(RoleRow.person == person, col(RoleRow.role).in_(roles))
        return self._unit.orm.exec(query).all()

    def list_staff(self, city: str) -> list[StaffMember]:
        """Return who was invited to a role in a city, those of every city included."""
        query = (
            select(RoleRow)
            .where(col(RoleRow.city).in_(["", city]))
            .order_by(RoleRow.role, RoleRow.provider, RoleRow.person)
        )
        return [
            StaffMember(
                row.person,
                row.role,
                row.city,
                row.granted_at,
                row.channel,
                self._unit.people.reference_of(row.person),
                row.provider,
            )
            for row in self._unit.orm.exec(query).all()
        ]

    def invite(
        self,
        role: Role,
        cities: Collection[str],
        by: str = "",
        lasts: timedelta = INVITATION_LASTS,
        provider: str = "",
    ) -> str:
        """Return a token that gives a role to the first who accepts it.

        Args:
            provider: The organisation that a provider teaches for; needed for that role alone.

        Raises:
            Refused: "invite.no_provider": a provider without an organisation, or another role
                with one.
        """
        if (role is Role.PROVIDER) is not bool(organisation_key(provider)):
            raise Refused("invite.no_provider")
        token = new_token()
        row = InvitationRow(
            id=self._unit.new_id(),
            token_hash=token_hash(token),
            role=role.value,
            provider=" ".join(provider.split()),
            cities=",".join(sorted(cities)),
            invited_by=self._unit.people.reference_of(by),
            created_at=self._unit.now,
            expires_at=self._unit.now + lasts,
        )
        self._unit.orm.add(row)
        self._unit.orm.flush()
        self._record("staff.invited", by, "", role, row.cities, row.provider)
        return token

    def accept_invitation(self, token: str, person: str, channel: str) -> Invitation:
        """Take the role that a token offers.

        Raises:
            Refused: "invite.unknown", "invite.used" or "invite.expired".
        """
        row = self._invitation(token, is_taking=True)
        if row is None:
            raise Refused("invite.unknown")
        if row.used_at is not None:
            raise Refused("invite.used")
        if row.expires_at <= self._unit.now:
            raise Refused("invite.expired")
        row.used_at, row.used_by = self._unit.now, person
        invitation = _invited(row)
        self.grant(
            person,
            invitation.role,
            invitation.cities,
            channel=channel,
            provider=invitation.provider,
        )
        return invitation

    def find_invitation(self, token: str) -> Invitation | None:
        """Return what a token offers while it can still be taken; looking does not use it up."""
        row = self._invitation(token)
        if row is None or row.used_at is not None or row.expires_at <= self._unit.now:
            return None
        return _invited(row)

    def _invitation(self, token: str, *, is_taking: bool = False) -> InvitationRow | None:
        query = select(InvitationRow).where(InvitationRow.token_hash == token_hash(token))
        return self._unit.orm.exec(query.with_for_update() if is_taking else query).first()

    def make_login(self, person: str, channel: str) -> str:
        """Return a token that signs a person in on the web, once, within ten minutes.

        Raises:
            Refused: "staff.not_staff": they have no role on this channel that has pages.
        """
        if not any(grant.role in TEACHING for grant in self.grants(person, channel)):
            raise Refused("staff.not_staff")
        token = new_token()
        row = LoginRow(
            token_hash=token_hash(token),
            person=person,
            channel=channel,
            created_at=self._unit.now,
            expires_at=self._unit.now + LOGIN_LASTS,
        )
        self._unit.orm.add(row)
        self._unit.orm.flush()
        return token

    def use_login(self, token: str) -> WebSession:
        """Sign in: use the token up and return a new session with its secrets.

        Raises:
            Refused: "login.invalid", the same whether unknown, used or expired.
        """
        row = self._unit.orm.get(LoginRow, token_hash(token), with_for_update=True)
        if row is None or row.used_at is not None or row.expires_at <= self._unit.now:
            raise Refused("login.invalid")
        row.used_at = self._unit.now
        self._record("staff.signed_in", row.person, row.person, None, "")
        return self._open_session(row.person, row.channel)

    def _open_session(self, person: str, channel: str) -> WebSession:
        token = new_token()
        row = WebSessionRow(
            token_hash=token_hash(token),
            person=person,
            channel=channel,
            csrf=new_token(),
            created_at=self._unit.now,
            seen_at=self._unit.now,
            expires_at=self._unit.now + SESSION_LASTS,
        )
        self._unit.orm.add(row)
        self._unit.orm.flush()
        return _session(row, token)

    def session(self, token: str) -> WebSession | None:
        """Return whose session it is and count it as used; None when it is over."""
        row = self._unit.orm.get(WebSessionRow, token_hash(token))
        now = self._unit.now
        if row is None or row.expires_at <= now or row.seen_at + SESSION_IDLE <= now:
            return None
        row.seen_at = now
        self._unit.orm.flush()
        return _session(row, "")

    def session_grants(self, token: str) -> frozenset[Grant]:
        """Return what whoever is signed in with this token may do now."""
        row = self._unit.orm.get(WebSessionRow, token_hash(token))
        return frozenset() if row is None else self.grants(row.person, row.channel)

    def close_session(self, token: str) -> None:
        """Sign out."""
        row = self._unit.orm.get(WebSessionRow, token_hash(token))
        if row is not None:
            self._unit.orm.delete(row)
            self._unit.orm.flush()

    def close_sessions(self, person: str) -> None:
        """Sign a person out everywhere, and take back links that were not used yet."""
        for table in (WebSessionRow, LoginRow):
            for row in self._unit.orm.exec(select(table).where(table.person == person)).all():
                self._unit.orm.delete(row)
        self._unit.orm.flush()

    def _record(
        self,
        action: str,
        by: str,
        person: str,
        role: Role | None,
        city: str,
        provider: str = "",
    ) -> None:
        facts = {"role": role.value, "cities": city} if role else {}
        self._unit.audit.record(
            action,
            actor=self._unit.people.reference_of(by),
            subject=self._unit.people.reference_of(person),
            city=city if "," not in city else "",
            facts={**facts, "provider": provider} if provider else facts,
        )


def _invited(row: InvitationRow) -> Invitation:
    return Invitation(
        id=row.id,
        role=Role(row.role),
        cities=tuple(row.cities.split(",")),
        invited_by=row.invited_by,
        created_at=row.created_at,
        expires_at=row.expires_at,
        used_at=row.used_at,
        provider=row.provider,
    )


def _session(row: WebSessionRow, token: str) -> WebSession:
    return WebSession(
        token=token,
        person=row.person,
        csrf=row.csrf,
        created_at=row.created_at,
        seen_at=row.seen_at,
        expires_at=row.expires_at,
    )
