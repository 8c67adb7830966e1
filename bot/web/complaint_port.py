"""What the pages about complaints need from the rest of the program."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.people.complaints import COMPLAINT_ROLES, Backlog, Complaint, ComplaintList, Outcome

__all__ = ["COMPLAINT_ROLES", "ComplaintDesk", "NoComplaintDesk"]


class ComplaintDesk(Protocol):
    """Complaints of some cities; "" among them for people who chose none. Acts are audited."""

    async def listed(self, cities: Sequence[str]) -> ComplaintList:
        """Return what waits and what ended."""
        ...

    async def backlog(self, cities: Sequence[str]) -> Backlog:
        """Return how many wait, and how many of them are overdue."""
        ...

    async def find(self, reference: str, cities: Sequence[str], by: str) -> Complaint | None:
        """Return a complaint, and write down that somebody read it."""
        ...

    async def answer(
        self,
        reference: str,
        cities: Sequence[str],
        words: str,
        outcome: Outcome | None,
        by: str,
    ) -> bool:
        """Write to its person in their chat, and close it where an outcome is given."""
        ...


class NoComplaintDesk:
    """Knows no complaint."""

    async def listed(self, cities: Sequence[str]) -> ComplaintList:
        """Return none."""
        del cities
        return ComplaintList()

    async def backlog(self, cities: Sequence[str]) -> Backlog:
        """Return none."""
        del cities
        return Backlog()

    async def find(self, reference: str, cities: Sequence[str], by: str) -> Complaint | None:
        """Find nothing."""
        del reference, cities, by
        return None

    async def answer(
        self,
        reference: str,
        cities: Sequence[str],
        words: str,
        outcome: Outcome | None,
        by: str,
    ) -> bool:
        """Write to nobody."""
        del reference, cities, words, outcome, by
        return False
