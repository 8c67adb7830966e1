"""What staff pages need to show a city's figures."""

from __future__ import annotations

from typing import Protocol

from bot.insights.rollup import CityFigures
from bot.people import Role

FIGURE_ROLES: frozenset[Role] = frozenset({Role.ANALYST, Role.LIAISON})


class FigureDesk(Protocol):
    """Figures of cities as they were rolled up last."""

    async def of(self, city: str) -> CityFigures | None:
        """Return a city's figures; None before the first were made."""
        ...


class NoFigures:
    """Knows none."""

    async def of(self, city: str) -> CityFigures | None:
        """Return None."""
        del city
        return None
