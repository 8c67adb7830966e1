"""Pictures that staff give for campaigns: each city's own, every one once."""

from __future__ import annotations

from bot.pictures.photos import Photo
from storage.repositories.repository import Repository
from storage.tables.campaigns import CampaignPictureRow


class CampaignPictures(Repository):
    """Pictures by city and name, which is the hash of their bytes."""

    __slots__ = ()

    def add(self, city: str, photo: Photo) -> str:
        """Take a picture in and return its name; it stays a day where no version has it."""
        row = self._unit.orm.get(CampaignPictureRow, (city, photo.name))
        if row is None:
            row = CampaignPictureRow(
                city=city,
                name=photo.name,
                body=photo.body,
                width=photo.width,
                height=photo.height,
                added_at=self._unit.now,
            )
            self._unit.orm.add(row)
        row.added_at = self._unit.now
        self._unit.orm.flush()
        return row.name

    def keep(self, city: str, name: str) -> bool:
        """Keep a picture for a version that has it; False where the city has no such picture."""
        row = self._unit.orm.get(CampaignPictureRow, (city, name))
        if row is None:
            return False
        row.state = "kept"
        self._unit.orm.flush()
        return True

    def find(self, city: str, name: str) -> Photo | None:
        """Return a picture of a city."""
        row = self._unit.orm.get(CampaignPictureRow, (city, name))
        return None if row is None else Photo(row.body, row.width, row.height)
