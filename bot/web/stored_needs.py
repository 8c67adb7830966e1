"""Reports of needs, and figures about cities, over the database."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import TypeAlias

from bot.insights.answers import Results, load_results, name_of
from bot.insights.comparing import Comparison
from bot.insights.rollup import NAME, CityFigures, load_figures
from bot.insights.sheets import Release
from bot.needs.overview import Overview
from bot.web.needs_port import ShownNeeds
from storage import Database, Unit

ReportBeside: TypeAlias = tuple[Overview, Sequence[Comparison]]
"""A report, and its competences beside sector and city."""

Report: TypeAlias = Callable[[Unit, str, str], "ReportBeside | None"]
"""Makes the report of an organisation (its id) of a city (its id)."""


class StoredNeeds:
    """Reports, each at the address that its organisation switched on.

    Args:
        report: What makes them.
        clock: Where the time comes from.
    """

    def __init__(self, database: Database, report: Report, clock: Callable[[], datetime]) -> None:
        self._database, self._report, self._clock = database, report, clock

    async def shared(self, token: str) -> ShownNeeds | None:
        """Return the report at an address that is on."""
        return await self._database.read(lambda unit: self._shared(unit, token))

    def _shared(self, unit: Unit, token: str) -> ShownNeeds | None:
        page = unit.employers.page_at(token)
        made = self._report(unit, page.organisation, page.city) if page else None
        if page is None or made is None:
            return None
        overview, compared = made
        return ShownNeeds(page.token, overview, tuple(compared), self._clock())


class StoredFigures:
    """Figures as they were rolled up last."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, city: str) -> CityFigures | None:
        """Return a city's figures."""
        kept = await self._database.read(lambda unit: unit.insights.find_figures(city, NAME))
        return load_figures(kept[1]) if kept else None

    async def releases(self, city: str, since: date) -> Sequence[Release]:
        """Return what a city was told of periods that began since a day, oldest first."""
        return await self._database.read(lambda unit: unit.releases.list_of(city, since))

    async def campaigns(self, city: str) -> Mapping[str, str]:
        """Return the titles of a city's newest campaigns by their ids."""
        found = await self._database.read(lambda unit: unit.campaigns.list_in_city(city))
        return {one.id: one.title for one in found}

    async def answers(self, city: str, questionnaire: str) -> Sequence[Results]:
        """Return what was answered to a questionnaire, by version."""
        name = name_of(questionnaire)
        kept = await self._database.read(lambda unit: unit.insights.find_figures(city, name))
        return load_results(kept[1]) if kept else ()
