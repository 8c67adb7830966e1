"""Forgetting: people who asked for it, and everything that has been kept long enough."""

from __future__ import annotations

from storage import Database

AT_ONCE = 20


class Retention:
    """Erases and sweeps in short slices, so that turns go on in between.

    Args:
        database: What forgets.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def erase_due(self) -> int:
        """Erase the people whose five minutes are over; return how many."""
        due = await self._database.read(lambda unit: unit.privacy.list_due_erasures(AT_ONCE))
        for person in due:
            await self._database.erase(person)
        return len(due)

    async def sweep(self) -> int:
        """Delete what is older than its table's retention; return the rows deleted."""
        deleted = 0
        while swept := await self._database.write(lambda unit: unit.privacy.sweep()):
            rows = sum(swept.values())
            if not rows:
                break
            deleted += rows
        return deleted
