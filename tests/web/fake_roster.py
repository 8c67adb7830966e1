"""Roles in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from bot.errors import Refused
from bot.people import Role
from bot.web.roster_port import HeldRole

KEY = "a" * 64
OWN = "b" * 64
EVERYWHERE = "c" * 64
SINCE = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@dataclass
class FakeRoster:
    """A provider of Manchester, an admin of every city, and whoever looks."""

    roles: dict[str, HeldRole] = field(default_factory=dict)
    audit: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for key, role, city, provider in (
            (KEY, "provider", "manchester", "Art & <craft>"),
            (OWN, "admin", "manchester", ""),
            (EVERYWHERE, "admin", "", ""),
        ):
            self.roles[key] = HeldRole(key, key[:8], role, city, provider, SINCE, is_own=key == OWN)

    async def held(self, cities: Sequence[str], by: str) -> Sequence[HeldRole]:
        del by
        return [replace(one) for one in self.roles.values() if one.city in cities]

    async def revoke(self, key: str, cities: Sequence[str], by: str) -> bool:
        found = self.roles.get(key)
        if found is None or found.city not in cities or found.is_own:
            return False
        del self.roles[key]
        self.audit.append((by, "revoked"))
        return True

    async def invite(self, role: Role, city: str, provider: str, by: str) -> str:
        if (role is Role.PROVIDER) is not bool(provider):
            raise Refused("invite.no_provider")
        self.audit.append((by, f"invited {role} {city} {provider}"))
        return "i" * 32
