"""What the pages about opportunities need from the rest of the program."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.people import Role
from bot.talent.records import DECIDERS
from bot.talent.staffing import Board, Decision, Examined, Waiting, YesPage

TALENT_ROLES: frozenset[Role] = DECIDERS


class OpportunityDesk(Protocol):
    """Opportunities of some cities, and the employers' own pages. Acts are audited."""

    async def yes_page(self, token: str) -> YesPage | None:
        """Return what is at an employer's private address; None where there is nothing."""
        ...

    async def waiting(self, cities: Sequence[str]) -> Waiting:
        """Return how much waits for staff."""
        ...

    async def board(self, cities: Sequence[str]) -> Board:
        """Return what waits, what runs, and what was reported."""
        ...

    async def examine(self, key: str, cities: Sequence[str], by: str) -> Examined | None:
        """Return one opportunity, and write down that somebody looked at its reports."""
        ...

    async def decide(self, key: str, cities: Sequence[str], decision: Decision, by: str) -> bool:
        """Do what staff decided; False where there is no such thing in these cities.

        Raises:
            Refused: A rule forbids it; its text id tells why.
        """
        ...


class NoOpportunityDesk:
    """Knows no opportunity."""

    async def yes_page(self, token: str) -> YesPage | None:
        """Return None."""
        del token
        return None

    async def waiting(self, cities: Sequence[str]) -> Waiting:
        """Return none."""
        del cities
        return Waiting()

    async def board(self, cities: Sequence[str]) -> Board:
        """Return none."""
        del cities
        return Board()

    async def examine(self, key: str, cities: Sequence[str], by: str) -> Examined | None:
        """Return None."""
        del key, cities, by
        return None

    async def decide(self, key: str, cities: Sequence[str], decision: Decision, by: str) -> bool:
        """Do nothing."""
        del key, cities, decision, by
        return False
