"""The audit viewer, over the database."""

from __future__ import annotations

from collections.abc import Sequence

from bot.people import AuditEntry, AuditWanted
from bot.web.audit_port import AuditView
from storage import Database, Unit

PAGE = 50
MOST_EXPORTED = 10_000


class StoredAudit:
    """Reading the log, which is itself an act of staff."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def look(self, wanted: AuditWanted, cities: Sequence[str], by: str) -> AuditView:
        """Return a page of entries with what a check of the whole chain found."""

        def read(unit: Unit) -> AuditView:
            found = unit.audit.search(wanted, cities, PAGE + 1)
            return AuditView(
                entries=found[:PAGE],
                actions=unit.audit.actions(cities),
                check=unit.audit.verify(),
                has_more=len(found) > PAGE,
            )

        view = await self._database.read(read)
        await self._note("audit.viewed", wanted, by)
        return view

    async def export(
        self, wanted: AuditWanted, cities: Sequence[str], by: str
    ) -> Sequence[AuditEntry]:
        """Return all entries that match."""
        await self._note("audit.exported", wanted, by)
        return await self._database.read(
            lambda unit: unit.audit.search(wanted, cities, MOST_EXPORTED)
        )

    async def _note(self, action: str, wanted: AuditWanted, by: str) -> None:
        facts = {name: value for name, value in wanted.told().items() if value}
        await self._database.write(
            lambda unit: unit.audit.record(action, actor=unit.people.reference_of(by), facts=facts)
        )
