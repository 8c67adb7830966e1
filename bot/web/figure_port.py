"""What staff pages need to show a city's figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from bot.insights.answers import Results
from bot.insights.rollup import CityFigures
from bot.insights.sheets import Release
from bot.people import Role

FIGURE_ROLES: frozenset[Role] = frozenset({Role.ANALYST, Role.LIAISON})


class FigureDesk(Protocol):
    """Figures of cities as they were rolled up last."""

    async def of(self, city: str) -> CityFigures | None:
        """Return a city's figures; None before the first were made."""
        ...

    async def releases(self, city: str, since: date) -> Sequence[Release]:
        """Return what a city was told of periods that began since a day, oldest first."""
        ...

    async def campaigns(self, city: str) -> Mapping[str, str]:
        """Return the titles of a city's campaigns by their ids."""
        ...

    async def answers(self, city: str, questionnaire: str) -> Sequence[Results]:
        """Return what was answered to a questionnaire, by version."""
        ...


class NoFigures:
    """Knows none."""

    async def of(self, city: str) -> CityFigures | None:
        """Return None."""
        del city
        return None

    async def releases(self, city: str, since: date) -> Sequence[Release]:
        """Return nothing."""
        del city, since
        return ()

    async def campaigns(self, city: str) -> Mapping[str, str]:
        """Return nothing."""
        del city
        return {}

    async def answers(self, city: str, questionnaire: str) -> Sequence[Results]:
        """Return nothing."""
        del city, questionnaire
        return ()
