"""What the audit viewer needs from the rest of the program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.people import AuditCheck, AuditEntry, AuditWanted, Role

AUDIT_ROLES: frozenset[Role] = frozenset({Role.ADMIN})


@dataclass(frozen=True, slots=True)
class AuditView:
    """A page of the audit log.

    Attributes:
        actions: Every kind of act that there is an entry of, for choosing.
        check: What walking the whole chain found.
        has_more: Whether older entries match too.
    """

    entries: Sequence[AuditEntry]
    actions: Sequence[str]
    check: AuditCheck
    has_more: bool = False


class AuditDesk(Protocol):
    """The audit log of some cities; "" among them for what belongs to no single city."""

    async def look(self, wanted: AuditWanted, cities: Sequence[str], by: str) -> AuditView:
        """Return the newest entries that match, and write down that somebody looked."""
        ...

    async def export(
        self, wanted: AuditWanted, cities: Sequence[str], by: str
    ) -> Sequence[AuditEntry]:
        """Return all entries that match, up to 10,000, and write down that somebody took them."""
        ...


class NoAuditDesk:
    """An empty log."""

    async def look(self, wanted: AuditWanted, cities: Sequence[str], by: str) -> AuditView:
        """Return nothing."""
        del wanted, cities, by
        return AuditView((), (), AuditCheck(0))

    async def export(
        self, wanted: AuditWanted, cities: Sequence[str], by: str
    ) -> Sequence[AuditEntry]:
        """Return nothing."""
        del wanted, cities, by
        return ()
