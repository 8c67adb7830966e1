"""What the pages of CVs need from the rest of the program."""

from __future__ import annotations

from typing import Protocol

from bot.cv.records import CvMaterial


class Cvs(Protocol):
    """CVs, by their secret address or by their person's own chat."""

    async def shared(self, token: str) -> CvMaterial | None:
        """Return the CV at an address; None where there is none, or it is off."""
        ...

    async def own(self, address: str) -> CvMaterial | None:
        """Return the CV of a chat's own person, on or off; None where they began none."""
        ...


class NoCvs:
    """Holds none."""

    async def shared(self, token: str) -> CvMaterial | None:
        """Return None."""
        del token
        return None

    async def own(self, address: str) -> CvMaterial | None:
        """Return None."""
        del address
        return None
