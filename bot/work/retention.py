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
        """Erase who asked for it five minutes ago, or never accepted the notice; return how many.

        Those who have not come for two years are erased too.
        """
        due = await self._database.read(
            lambda unit: [
                *unit.privacy.list_due_erasures(AT_ONCE),
                *unit.privacy.list_lapsed(AT_ONCE),
            ]
        )
        if due:
            await self._database.erase(*due)
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
