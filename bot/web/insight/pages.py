"""City insight for staff: what happened, by topic, over time and by ward."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.insights.sheets import SHEETS, Release
from bot.web.figure_port import FIGURE_ROLES
from bot.web.guards import MEMBER
from bot.web.insight.files import csv_of, download, json_of
from bot.web.insight.naming import Naming
from bot.web.insight.views import Drawn
from bot.web.site import Site
from bot.web.staff.desk import cities_of
from bot.web.staff.navigation import draw
from content.schema import City

SPANS: Final = (4, 13, 52)
"""Weeks that a page may look back on."""
TOPICS: Final = ("demand", "supply", "needs", "learning", "campaigns", "use")
GLANCE: Final = ("people", "unmet_places", "checks", "supply")
"""Sheets of which the overview tells one number each."""
MOST_NEEDS: Final = 40
EVERYTHING: Final = 160
"""Weeks that a file holds."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a request wants to see."""

    city: City
    span: int
    releases: Sequence[Release]
    naming: Naming
    drawn: Drawn


class InsightPages:
    """Figures of staff's own cities, and of no other."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def overview(self, request: web.Request) -> web.Response:
        """Show what happened in the last week that is over, with the way to each topic."""
        looked = await self.look(request)
        sections = looked.drawn.sections(looked.releases, GLANCE, is_short=True)
        return self._draw(request, "insight.html", looked, "overview", sections=sections)

    async def topic(self, request: web.Request) -> web.Response:
        """Show one topic."""
        topic = request.match_info["topic"]
        if topic not in TOPICS:
            raise web.HTTPNotFound
        looked = await self.look(request)
        keys = [key for key, one in SHEETS.items() if one.topic == topic]
        # Drawing a year takes a tenth of a second: nobody in the chat shall wait for it.
        sections = await asyncio.to_thread(looked.drawn.sections, looked.releases, keys)
        needs = await self._needs(looked) if topic == "needs" else []
        return self._draw(request, "insight.html", looked, topic, sections=sections, needs=needs)

    async def table(self, request: web.Request) -> web.Response:
        """Give all figures of a city as CSV."""
        city, releases = await self._all(request)
        body = csv_of(releases, is_open=False)
        return download(body, "text/csv", f"insight-{city.id}.csv", is_open=False)

    async def export(self, request: web.Request) -> web.Response:
        """Give all figures of a city as JSON."""
        city, releases = await self._all(request)
        body = json_of(releases, city.id, self._site.words, is_open=False)
        return download(body, "application/json", f"insight-{city.id}.json", is_open=False)

    async def look(self, request: web.Request) -> Looked:
        """Return what a request asks to see: of a city of the member's, the first by default."""
        cities = cities_of(self._site, request[MEMBER], FIGURE_ROLES)
        wanted = request.query.get("city", cities[0] if cities else "")
        if wanted not in cities:
            raise web.HTTPNotFound
        city = self._site.cities[wanted]
        asked = request.query.get("weeks", "")
        span = int(asked) if asked in map(str, SPANS) else SPANS[1]
        language = self._site.language(request, "insight")
        releases = await self._site.ports.figures.releases(city.id, self._since(city, span))
        titles = await self._site.ports.figures.campaigns(city.id)
        naming = Naming(self._site.ports.content(), city, language, titles)
        drawn = Drawn(city, naming, self._said(language), language)
        return Looked(city, span, releases, naming, drawn)

    def _said(self, language: str) -> Any:
        return lambda text_id, **values: self._site.words.short(text_id, language, **values)

    def _since(self, city: City, weeks: int) -> date:
        today = self._site.ports.clock().astimezone(ZoneInfo(city.zone)).date()
        return today - timedelta(weeks=weeks, days=today.weekday())

    async def _all(self, request: web.Request) -> tuple[City, Sequence[Release]]:
        key = request.match_info["city"]
        if key not in cities_of(self._site, request[MEMBER], FIGURE_ROLES):
            raise web.HTTPNotFound
        city = self._site.cities[key]
        since = self._since(city, EVERYTHING)
        return city, await self._site.ports.figures.releases(key, since)

    async def _needs(self, looked: Looked) -> list[dict[str, Any]]:
        """Return where most organisations need something, over all sectors and levels."""
        found = await self._site.ports.figures.of(looked.city.id)
        rows = [one for one in found.figures if not one["sector"]] if found else []
        rows = sorted(
            (one for one in rows if not one["level"]),
            key=lambda one: -(one["organisations"] or 0),
        )
        name = looked.naming.part
        return [
            {**one, "name": name("competence", str(one["competence"]))} for one in rows[:MOST_NEEDS]
        ]

    def _draw(
        self, request: web.Request, template: str, looked: Looked, topic: str, **values: Any
    ) -> web.Response:
        language = self._site.language(request, "insight")
        cities = cities_of(self._site, request[MEMBER], FIGURE_ROLES)
        title = self._site.words.short(f"web.insight.topic.{topic}", language)
        page = {
            "is_wide": True,
            "city": looked.city,
            "cities": [(key, self._site.cities[key].named(language)) for key in cities],
            "span": looked.span,
            "spans": SPANS,
            "topic": topic,
            "topics": TOPICS,
            **values,
        }
        return draw(self._site, request, template, "insight", page, title=title)
