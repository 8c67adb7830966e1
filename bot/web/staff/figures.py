"""A city's figures for staff: needs against provision and unmet searches, as CSV and JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson
from aiohttp import web

from bot.badges.attendees import sheet
from bot.insights.gathering import COLUMNS, UNMET_COLUMNS
from bot.insights.rollup import CityFigures
from bot.web.figure_port import FIGURE_ROLES
from bot.web.guards import MEMBER
from bot.web.site import Site
from bot.web.staff.desk import cities_of
from bot.web.staff.navigation import draw

_PRIVATE = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex, nofollow"}
_HIDDEN = "fewer than 5, or it would tell of fewer"
_SHEETS: Mapping[str, Sequence[str]] = {"provision": COLUMNS, "unmet": UNMET_COLUMNS}


class FigurePages:
    """Figures of staff's own cities, and of no other."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def show(self, request: web.Request) -> web.Response:
        """Show from which day the figures of each city are, and where to take them."""
        language = self._site.language(request, "figures")
        cities = cities_of(self._site, request[MEMBER], FIGURE_ROLES)
        found = [
            (key, self._site.cities[key].named(language), await self._site.ports.figures.of(key))
            for key in cities
        ]
        return draw(self._site, request, "figures.html", "figures", {"found": found})

    async def export(self, request: web.Request) -> web.Response:
        """Give a city's figures as JSON, with what each column means."""
        found = await self._found(request)
        document = {
            "format": "learning-city-bot/figures",
            "format_version": 1,
            "city": request.match_info["city"],
            "on": found.on.isoformat(),
            "columns": self._meanings((*COLUMNS, *UNMET_COLUMNS)),
            "suppressed": _HIDDEN,
            "provision": found.figures,
            "unmet": found.unmet,
        }
        body = orjson.dumps(document, option=orjson.OPT_INDENT_2)
        return _file(body, "application/json", f"figures-{request.match_info['city']}.json")

    async def table(self, request: web.Request) -> web.Response:
        """Give one table as CSV; what is hidden is "<5"."""
        found, name = await self._found(request), request.match_info["sheet"]
        if name not in _SHEETS:
            raise web.HTTPNotFound
        rows = found.figures if name == "provision" else found.unmet
        body = _csv(_SHEETS[name], rows)
        return _file(body, "text/csv", f"{name}-{request.match_info['city']}.csv")

    async def dictionary(self, request: web.Request) -> web.Response:
        """Give what each column means, as CSV."""
        del request
        meanings = self._meanings((*COLUMNS, *UNMET_COLUMNS))
        rows = [{"column": name, "meaning": words} for name, words in meanings.items()]
        return _file(_csv(("column", "meaning"), rows), "text/csv", "figures-columns.csv")

    def _meanings(self, columns: Iterable[str]) -> dict[str, str]:
        return {one: self._site.words.short(f"web.figures.column.{one}") for one in columns}

    async def _found(self, request: web.Request) -> CityFigures:
        city = request.match_info["city"]
        if city not in cities_of(self._site, request[MEMBER], FIGURE_ROLES):
            raise web.HTTPNotFound
        found = await self._site.ports.figures.of(city)
        if found is None:
            raise web.HTTPNotFound
        return found


def _csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    return sheet([columns, *([_cell(row.get(name)) for name in columns] for row in rows)])


def _cell(value: Any) -> str:
    return "<5" if value is None else str(value)


def _file(body: bytes, media_type: str, name: str) -> web.Response:
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return web.Response(body=body, content_type=media_type, headers={**_PRIVATE, **disposition})
