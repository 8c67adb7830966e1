"""Short addresses of campaigns, over the database."""

from __future__ import annotations

from bot.campaigns.links import number_of, token_of
from storage import Database, Unit


class StoredLinks:
    """Finds where an address leads and counts people, not taps."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def follow(self, code: str, *, is_counted: bool) -> str:
        """Return where it leads; with a code that was tampered with nobody is counted."""
        found = await self._database.read(lambda unit: unit.campaign_acts.find_link(token_of(code)))
        if found is None:
            return ""
        number = number_of(found, code)
        if is_counted and number is not None:
            link, counted = found, number

            def count(unit: Unit) -> bool:
                return unit.campaign_acts.click(link, counted)

            await self._database.write(count)
        return found.target
