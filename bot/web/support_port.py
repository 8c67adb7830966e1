"""What the pages for helping one person need from the rest of the program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from bot.people import Role
from bot.people.support import Asked, PeopleCount, SupportCase

SUPPORT_ROLES: frozenset[Role] = frozenset({Role.ADMIN})


class SupportDesk(Protocol):
    """One person at a time, by the reference that they read out. Every look is audited.

    Cities are those of whoever looks; "" among them for people who chose none.
    """

    async def counts(self, cities: Sequence[str]) -> Sequence[PeopleCount]:
        """Return how many people each city has."""
        ...

    async def find(self, reference: str, cities: Sequence[str], by: str) -> SupportCase | None:
        """Return what staff may see of somebody; None where nobody of these cities has it."""
        ...

    async def export(
        self, reference: str, cities: Sequence[str], asked: Asked, by: str
    ) -> Mapping[str, Any] | None:
        """Return everything held about somebody, and tell them so in their chat."""
        ...

    async def erase(self, reference: str, cities: Sequence[str], asked: Asked, by: str) -> bool:
        """Have somebody erased a day from now, and tell them; False where that cannot be."""
        ...

    async def keep(self, reference: str, cities: Sequence[str], by: str) -> bool:
        """Call an erasure off; False where none is planned."""
        ...


class NoSupportDesk:
    """Knows nobody."""

    async def counts(self, cities: Sequence[str]) -> Sequence[PeopleCount]:
        """Return nothing."""
        del cities
        return ()

    async def find(self, reference: str, cities: Sequence[str], by: str) -> SupportCase | None:
        """Find nobody."""
        del reference, cities, by
        return None

    async def export(
        self, reference: str, cities: Sequence[str], asked: Asked, by: str
    ) -> Mapping[str, Any] | None:
        """Hand nothing over."""
        del reference, cities, asked, by
        return None

    async def erase(self, reference: str, cities: Sequence[str], asked: Asked, by: str) -> bool:
        """Change nothing."""
        del reference, cities, asked, by
        return False

    async def keep(self, reference: str, cities: Sequence[str], by: str) -> bool:
        """Change nothing."""
        del reference, cities, by
        return False
