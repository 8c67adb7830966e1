"""Answering requests for reports: the page, its JSON, its workbook."""

from __future__ import annotations

import asyncio
from zoneinfo import ZoneInfo

import orjson
from aiohttp import web

from bot.needs.explaining import Names
from bot.needs.report import as_json
from bot.pictures import Look
from bot.web.needs.view import NeedsViewer
from bot.web.needs_port import ShownNeeds
from bot.web.rendering import Page
from bot.web.site import Site
from bot.web.tokens import is_secret
from content.schema import City

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PRIVATE = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow",
}
_ZONE = "Europe/London"


class NeedsPages:
    """Reports of one organisation each; off, unknown and never made look the same."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def show(self, request: web.Request) -> web.StreamResponse:
        """Show a report to whoever has its address."""
        shown = await self._shared(request)
        language, city = self._site.language(request, "needs"), self._city(shown)
        viewer = NeedsViewer(
            self._site.ports.content(), language, _look(city, language), _zone(city)
        )
        page = Page(
            title=self._site.words.short("web.needs.title", language),
            language=language,
            path=f"/needs/{shown.token}",
            city=city,
            is_indexed=False,
            languages=self._site.languages("needs"),
            section="needs",
            values={"view": await asyncio.to_thread(viewer.view, shown)},
        )
        response = self._site.renderer.page("needs.html", page)
        response.headers.update(_PRIVATE)
        return response

    async def export(self, request: web.Request) -> web.StreamResponse:
        """Give a report as JSON."""
        shown = await self._shared(request)
        language = self._site.language(request, "needs")
        body = await asyncio.to_thread(self._json, shown, language)
        return _file(body, "application/json", "skills-needs.json")

    async def workbook(self, request: web.Request) -> web.StreamResponse:
        """Give a report as a workbook."""
        shown = await self._shared(request)
        language = self._site.language(request, "needs")
        body = await asyncio.to_thread(self._workbook, shown, language)
        return _file(body, XLSX, "skills-needs.xlsx")

    async def _shared(self, request: web.Request) -> ShownNeeds:
        token, reports = request.match_info["token"], self._site.ports.needs
        found = await reports.shared(token) if is_secret(token) else None
        if found is None:
            raise web.HTTPNotFound
        return found

    def _json(self, shown: ShownNeeds, language: str) -> bytes:
        overview, content = shown.overview, self._site.ports.content()
        viewer = NeedsViewer(content, language, Look(language), _zone(self._city(shown)))
        document = {
            "format": "learning-city-bot/needs",
            "format_version": 1,
            "made": shown.at.isoformat(),
            "rests_on": {
                "colleagues": overview.colleagues,
                "last_answer": overview.told_at.isoformat() if overview.told_at else None,
            },
            **as_json(overview.report(self._courses), viewer.said, self._names()),
            "disputed": viewer.disputes_json(overview),
            "compared": viewer.compared_json(shown.compared),
        }
        return orjson.dumps(document, option=orjson.OPT_INDENT_2)

    def _workbook(self, shown: ShownNeeds, language: str) -> bytes:
        # Few ever ask for one: its writer is loaded then.
        from bot.needs.workbook import workbook

        content = self._site.ports.content()
        viewer = NeedsViewer(content, language, Look(language), _zone(self._city(shown)))
        return workbook(shown.overview.report(self._courses), viewer.said, self._names())

    @property
    def _courses(self) -> str:
        return f"{self._site.settings.public_url}/courses/"

    def _names(self) -> Names:
        content = self._site.ports.content()
        return Names(content.frameworks.keys(), content.needs.roles.keys())

    def _city(self, shown: ShownNeeds) -> City | None:
        return self._site.cities.get(shown.overview.organisation.city)


def _file(body: bytes, media_type: str, name: str) -> web.Response:
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return web.Response(body=body, content_type=media_type, headers={**_PRIVATE, **disposition})


def _look(city: City | None, language: str) -> Look:
    return Look(language, city.accent.light) if city else Look(language)


def _zone(city: City | None) -> ZoneInfo:
    return ZoneInfo(city.zone if city else _ZONE)
