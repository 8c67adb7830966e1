"""The page about roles, over the database."""

from __future__ import annotations

from collections.abc import Sequence

from bot.people import Role
from bot.web.roster_port import HeldRole
from bot.web.tokens import hash_of
from storage import Database, Unit
from storage.records import StaffMember


class StoredRoster:
    """Roles, as `unit.staff` keeps and audits them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def held(self, cities: Sequence[str], by: str) -> Sequence[HeldRole]:
        """Return the roles of these cities."""
        found = await self._database.read(lambda unit: _rows(unit, cities))
        return [
            HeldRole(
                key=key,
                reference=row.reference[:8],
                role=row.role,
                city=row.city,
                provider=row.provider,
                since=row.granted_at,
                is_own=row.person == by,
            )
            for key, row in found.items()
        ]

    async def revoke(self, key: str, cities: Sequence[str], by: str) -> bool:
        """Take a role back and end every sign-in."""

        def act(unit: Unit) -> bool:
            row = _rows(unit, cities).get(key)
            if row is None or row.person == by:
                return False
            return unit.staff.revoke(
                row.person, Role(row.role), row.city, by, provider=row.provider
            )

        return await self._database.write(act)

    async def invite(self, role: Role, city: str, provider: str, by: str) -> str:
        """Return the token of an invitation."""
        return await self._database.write(
            lambda unit: unit.staff.invite(role, (city,), by, provider=provider)
        )


def _rows(unit: Unit, cities: Sequence[str]) -> dict[str, StaffMember]:
    """Return the roles by their keys; those of every city only to whoever has every city."""
    return {
        hash_of("role", "\0".join((row.person, row.role, row.city, row.provider))): row
        for city in cities
        for row in unit.staff.list_staff(city)
        if row.city in cities
    }
