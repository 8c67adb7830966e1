"""CVs in memory."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from bot.cv.records import CvMaterial


@dataclass
class FakeCvs:
    """CVs by address; whoever holds any cookie has the first."""

    kept: list[CvMaterial] = field(default_factory=list)

    async def shared(self, token: str) -> CvMaterial | None:
        found = (one for one in self.kept if one.cv.is_on and one.cv.token == token)
        return next(found, None)

    async def own(self, address: str) -> CvMaterial | None:
        return self.kept[0] if self.kept else None

    def change(self, **values: object) -> None:
        """Change the first one's CV."""
        cv = replace(self.kept[0].cv, **values)  # type: ignore[arg-type]
        self.kept[0] = replace(self.kept[0], cv=cv)
