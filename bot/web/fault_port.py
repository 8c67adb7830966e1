"""What the page about conversations needs to know of faults of the program."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.insights.stops import Fault, FaultState
from bot.people import Role

CONVERSATION_ROLES: frozenset[Role] = frozenset(
    {Role.EDITOR, Role.ANALYST, Role.LIAISON, Role.ADMIN}
)
MENDER_ROLES: frozenset[Role] = frozenset({Role.EDITOR, Role.ADMIN})
"""Who may say what became of a fault."""


class FaultDesk(Protocol):
    """Faults that chats of some cities met; "" among them for people who chose none."""

    async def listed(self, cities: Sequence[str]) -> Sequence[Fault]:
        """Return them, open ones first."""
        ...

    async def find(self, reference: str, cities: Sequence[str]) -> Fault | None:
        """Return the one that somebody's reference stands for."""
        ...

    async def mark(self, fault: str, cities: Sequence[str], state: FaultState, by: str) -> bool:
        """Say what became of one, and write down who said so; False where there is none."""
        ...


class NoFaultDesk:
    """Knows no fault."""

    async def listed(self, cities: Sequence[str]) -> Sequence[Fault]:
        """Return none."""
        del cities
        return ()

    async def find(self, reference: str, cities: Sequence[str]) -> Fault | None:
        """Find nothing."""
        del reference, cities
        return None

    async def mark(self, fault: str, cities: Sequence[str], state: FaultState, by: str) -> bool:
        """Change nothing."""
        del fault, cities, state, by
        return False
