"""What a city's people answered to a questionnaire, for staff of that city: page part and files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from aiohttp import web

from bot.badges.attendees import sheet
from bot.insights.answers import Results
from bot.pictures.canvas import Look
from bot.web.figure_port import FIGURE_ROLES
from bot.web.guards import MEMBER
from bot.web.site import Site
from bot.web.staff.answer_views import COLUMNS, AnswerView
from bot.web.staff.desk import cities_of

_PRIVATE = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex, nofollow"}
_HIDDEN = "fewer than 5, or it would tell of fewer"


@dataclass(frozen=True, slots=True)
class CityAnswers:
    """What is told of one city.

    Attributes:
        versions: Those of which something is told, the newest first.
        view: Of the one that is shown; None where nothing is told yet.
    """

    city: str
    name: str
    versions: tuple[int, ...] = ()
    view: AnswerView | None = None


class AnswerPages:
    """Answers of staff's own cities, and of no other."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def part(self, request: web.Request, key: str) -> Mapping[str, Any]:
        """Return what the page of a questionnaire shows of its answers; nothing to others."""
        cities = cities_of(self._site, request[MEMBER], FIGURE_ROLES)
        if not cities:
            return {"answered": None, "cities": ()}
        language = self._site.language(request, "questionnaires")
        names = tuple((one, self._site.cities[one].named(language)) for one in cities)
        wanted = request.query.get("city", cities[0])
        if wanted not in cities:
            raise web.HTTPNotFound
        found = await self._site.ports.figures.answers(wanted, key)
        version = request.query.get("version", "")
        chosen = next((one for one in found if str(one.version) == version), None)
        newest = max(found, key=lambda one: one.version, default=None)
        shown = chosen or newest
        view = self._view(request, wanted, key, shown) if shown else None
        versions = tuple(sorted((one.version for one in found), reverse=True))
        return {
            "answered": CityAnswers(wanted, dict(names)[wanted], versions, view),
            "cities": names,
        }

    async def table(self, request: web.Request) -> web.Response:
        """Give every version as CSV; what is kept back is "<5"."""
        rows: list[tuple[str, ...]] = [COLUMNS]
        for view in await self._views(request):
            rows += [tuple(_cell(line[name]) for name in COLUMNS) for line in view.lines()]
        return _file(request, sheet(rows), "text/csv", "csv")

    async def export(self, request: web.Request) -> web.Response:
        """Give the same as JSON, with what is kept back as null."""
        views = await self._views(request)
        document = {
            "format": "learning-city-bot/answers",
            "format_version": 1,
            "city": request.match_info["city"],
            "questionnaire": request.match_info["key"],
            "suppressed": _HIDDEN,
            "counted": {str(one.results.version): one.results.at.date() for one in views},
            "answers": [line for one in views for line in one.lines()],
        }
        body = orjson.dumps(document, option=orjson.OPT_INDENT_2)
        return _file(request, body, "application/json", "json")

    async def _views(self, request: web.Request) -> list[AnswerView]:
        city, key = request.match_info["city"], request.match_info["key"]
        if city not in cities_of(self._site, request[MEMBER], FIGURE_ROLES):
            raise web.HTTPNotFound
        if key not in self._site.ports.content().questionnaires.current:
            raise web.HTTPNotFound
        found = await self._site.ports.figures.answers(city, key)
        return [self._view(request, city, key, one) for one in found]

    def _view(self, request: web.Request, city: str, key: str, results: Results) -> AnswerView:
        content = self._site.ports.content()
        language = self._site.language(request, "questionnaires")
        return AnswerView(
            key,
            results,
            content.questionnaires.get(key, results.version),
            content.words,
            self._site.words,
            language,
            Look(language, self._site.cities[city].accent.light),
        )


def _cell(value: object) -> str:
    return "<5" if value is None else str(value)


def _file(request: web.Request, body: bytes, media_type: str, ending: str) -> web.Response:
    name = f"answers-{request.match_info['key']}-{request.match_info['city']}.{ending}"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return web.Response(body=body, content_type=media_type, headers={**_PRIVATE, **disposition})
