"""CVs over the database."""

from __future__ import annotations

from bot.cv.records import CvMaterial
from storage import Database, Unit

CHANNEL = "web"


class StoredCvs:
    """CVs: each by the address that its person switched on, or by their own chat."""

    def __init__(self, database: Database, bot: str) -> None:
        self._database, self._bot = database, bot

    async def shared(self, token: str) -> CvMaterial | None:
        """Return the CV at an address that is on."""
        return await self._database.read(lambda unit: _shared(unit, token))

    async def own(self, address: str) -> CvMaterial | None:
        """Return the CV of a chat's own person."""
        return await self._database.read(lambda unit: self._own(unit, address))

    def _own(self, unit: Unit, address: str) -> CvMaterial | None:
        person = unit.people.at(CHANNEL, self._bot, address)
        return unit.cvs.material(person.id) if person is not None else None


def _shared(unit: Unit, token: str) -> CvMaterial | None:
    """Return what is at an address that is on: of a CV, or of what somebody shares with one."""
    found = unit.cvs.at(token)
    if found is None:
        return unit.invited.material_at(token)
    return unit.cvs.material_of(found)
