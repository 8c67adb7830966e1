"""Open data of each city: figures that everybody may have, with what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from aiohttp import web

from bot.insights.sheets import SHEETS, Release
from bot.web.insight.files import csv_of, dictionary_of, download, json_of, meanings
from bot.web.rendering import Page
from bot.web.site import Site
from content.schema import City

FIRST = date(2020, 1, 1)


class OpenDataPages:
    """Only sheets that are open; what is told of them nobody can work a small number out of."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def list(self, request: web.Request) -> web.Response:
        """Show the cities."""
        return self._page(request, "open_data.html", None)

    async def show(self, request: web.Request) -> web.Response:
        """Show what a city's files hold."""
        city, releases = await self._found(request)
        kept = {key: 0 for key, one in SHEETS.items() if one.is_open}
        for one in releases:
            if one.sheet in kept:
                kept[one.sheet] += 1
        return self._page(request, "open_data.html", city, kept=kept)

    async def table(self, request: web.Request) -> web.Response:
        """Give the figures of a city as CSV."""
        city, releases = await self._found(request)
        name = f"learning-{city.id}.csv"
        return download(csv_of(releases, is_open=True), "text/csv", name, is_open=True)

    async def export(self, request: web.Request) -> web.Response:
        """Give the figures of a city as JSON."""
        city, releases = await self._found(request)
        body = json_of(releases, city.id, self._site.words, is_open=True)
        return download(body, "application/json", f"learning-{city.id}.json", is_open=True)

    async def dictionary(self, request: web.Request) -> web.Response:
        """Give the data dictionary as CSV."""
        del request
        body = dictionary_of(self._site.words, is_open=True)
        return download(body, "text/csv", "data-dictionary.csv", is_open=True)

    async def _found(self, request: web.Request) -> tuple[City, Sequence[Release]]:
        city = self._site.cities.get(request.match_info["city"])
        if city is None:
            raise web.HTTPNotFound
        return city, await self._site.ports.figures.releases(city.id, FIRST)

    def _page(
        self, request: web.Request, template: str, city: City | None, **values: Any
    ) -> web.Response:
        language = self._site.language(request, "open_data")
        words = self._site.words
        name = city.named(language) if city else ""
        title = "web.open_data.title_city" if city else "web.open_data.title"
        page = Page(
            title=words.short(title, language, city=name),
            language=language,
            path=f"/open-data/{city.id}" if city else "/open-data",
            city=city or self._site.only_city,
            languages=self._site.languages("open_data"),
            section="open_data",
            values={
                "shown": city,
                "all_cities": sorted(
                    (one.named(language), one.id) for one in self._site.cities.values()
                ),
                "meanings": meanings(words, is_open=True),
                **values,
            },
        )
        return self._site.renderer.page(template, page)
