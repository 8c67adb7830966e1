"""Faults that chats met, over the database."""

from __future__ import annotations

from collections.abc import Sequence

from bot.insights.stops import Fault, FaultState
from storage import Database, Unit


class StoredFaults:
    """Saying what became of one is an act of staff."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def listed(self, cities: Sequence[str]) -> Sequence[Fault]:
        """Return them, open ones first."""
        return await self._database.read(lambda unit: unit.stops.list_faults(cities))

    async def find(self, reference: str, cities: Sequence[str]) -> Fault | None:
        """Return the one that somebody's reference stands for."""
        return await self._database.read(lambda unit: unit.stops.find_fault(reference, cities))

    async def mark(self, fault: str, cities: Sequence[str], state: FaultState, by: str) -> bool:
        """Say what became of one, and write down who said so."""

        def act(unit: Unit) -> bool:
            marked = unit.stops.mark(fault, cities, state)
            if marked is None:
                return False
            unit.audit.record(
                "fault.marked",
                actor=unit.people.reference_of(by),
                subject=marked.id,
                city=marked.city,
                facts={"state": state.value, "flow": marked.flow, "kind": marked.kind},
            )
            return True

        return await self._database.write(act)
