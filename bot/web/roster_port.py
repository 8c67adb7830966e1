"""What the page about roles needs from the rest of the program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.people import Role

ROSTER_ROLES: frozenset[Role] = frozenset({Role.ADMIN})


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role that somebody was invited to.

    Attributes:
        key: Names it in a form, and says nothing about the person.
        reference: What the audit log calls the person.
        city: Empty for every city.
        is_own: Whether it is whoever looks, who cannot lock themselves out.
    """

    key: str
    reference: str
    role: str
    city: str
    provider: str
    since: datetime
    is_own: bool = False


class Roster(Protocol):
    """Who was invited to which role. Every act is audited."""

    async def held(self, cities: Sequence[str], by: str) -> Sequence[HeldRole]:
        """Return the roles of these cities; "" among them for those of every city."""
        ...

    async def revoke(self, key: str, cities: Sequence[str], by: str) -> bool:
        """Take a role back and end every sign-in; False where it is none of these, or one's own."""
        ...

    async def invite(self, role: Role, city: str, provider: str, by: str) -> str:
        """Return the token of an invitation.

        Raises:
            Refused: A provider without an organisation, or another role with one.
        """
        ...


class NoRoster:
    """Knows nobody."""

    async def held(self, cities: Sequence[str], by: str) -> Sequence[HeldRole]:
        """Return none."""
        del cities, by
        return ()

    async def revoke(self, key: str, cities: Sequence[str], by: str) -> bool:
        """Change nothing."""
        del key, cities, by
        return False

    async def invite(self, role: Role, city: str, provider: str, by: str) -> str:
        """Invite nobody."""
        del role, city, provider, by
        return ""
