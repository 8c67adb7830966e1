"""Answering requests for results: the page, its JSON, the picture to share."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import orjson
from aiohttp import web

from bot.pictures import Look
from bot.pictures.painting import paint
from bot.pictures.png import to_png
from bot.skills.export import export
from bot.skills.report import QuickReport, Report, reports_of
from bot.web.bodies import read_form
from bot.web.chat.address import address_of, cookie_of, form_signature
from bot.web.embedding import base_of
from bot.web.rendering import Page
from bot.web.result_port import ShownResult
from bot.web.results.charts import share_card
from bot.web.results.view import QuickView, ReportView, Viewer
from bot.web.results.wording import SkillWording
from bot.web.site import Site
from bot.web.tokens import is_same, is_secret
from content.schema import City

NOW = "now"
"""Stands in an own address for where the person stands by all their sittings."""

PNG_WIDTH = 1080
_SITTING = re.compile(r"[0-9a-f]{32}\Z")
_PRIVATE = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex, nofollow"}
_ZONE = "Europe/London"


@dataclass(frozen=True, slots=True)
class _Found:
    """A result with the address that it was asked for by, without the ending."""

    shown: ShownResult
    path: str
    is_own: bool = False


class ResultPages:
    """Results of one person each: nobody else's can be reached from any of them."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def show_newest(self, request: web.Request) -> web.StreamResponse:
        """Go to where the person of this browser stands now."""
        if not cookie_of(request, self._site):
            raise web.HTTPNotFound
        language = request.query.get("lang", "")
        query = f"?lang={language}" if language in self._site.words.languages else ""
        return web.Response(
            status=303, headers={"Location": f"/results/own/{NOW}{query}", **_PRIVATE}
        )

    async def show_own(self, request: web.Request) -> web.StreamResponse:
        """Show a result to the person whose it is."""
        return await self._page(request, await self._own(request))

    async def show_shared(self, request: web.Request) -> web.StreamResponse:
        """Show a result to whoever has its private address."""
        return await self._page(request, await self._shared(request))

    async def export_own(self, request: web.Request) -> web.StreamResponse:
        """Give a result as JSON to the person whose it is."""
        return await self._export(await self._own(request))

    async def export_shared(self, request: web.Request) -> web.StreamResponse:
        """Give a result as JSON to whoever has its private address."""
        return await self._export(await self._shared(request))

    async def picture_own(self, request: web.Request) -> web.StreamResponse:
        """Give the card to share to the person whose it is."""
        return await self._picture(request, await self._own(request))

    async def picture_shared(self, request: web.Request) -> web.StreamResponse:
        """Give the card to share to whoever has the private address."""
        return await self._picture(request, await self._shared(request))

    async def switch(self, request: web.Request) -> web.StreamResponse:
        """Switch the private address of a result on or off."""
        form = await read_form(request, self._site.settings.body_seconds)
        cookie = cookie_of(request, self._site)
        if not is_same(form.get("form", ""), form_signature(self._site, cookie)):
            raise web.HTTPForbidden
        sitting = _sitting_of(request)
        results = self._site.ports.results
        if form.get("link") == "on":
            if await results.share(address_of(cookie), sitting) is None:
                raise web.HTTPNotFound
        else:
            await results.unshare(address_of(cookie), sitting)
        location = f"{base_of(request)}/results/own/{sitting or NOW}#link"
        return web.Response(status=303, headers={"Location": location, **_PRIVATE})

    async def _own(self, request: web.Request) -> _Found:
        cookie, sitting = cookie_of(request, self._site), _sitting_of(request)
        if not cookie:
            raise web.HTTPNotFound
        shown = await self._site.ports.results.own(address_of(cookie), sitting)
        if shown is None:
            raise web.HTTPNotFound
        return _Found(shown, f"{base_of(request)}/results/own/{sitting or NOW}", is_own=True)

    async def _shared(self, request: web.Request) -> _Found:
        token = request.match_info["token"]
        shown = await self._site.ports.results.shared(token) if is_secret(token) else None
        if shown is None:
            raise web.HTTPNotFound
        return _Found(shown, f"/results/{token}")

    async def _page(self, request: web.Request, found: _Found) -> web.Response:
        language = self._site.language(request, "results")
        views, quick = await asyncio.to_thread(self._views, found.shown, language)
        page = Page(
            title=self._site.words.short("web.results.title", language),
            language=language,
            path=found.path,
            city=self._site.cities.get(found.shown.city),
            is_indexed=False,
            languages=self._site.languages("results"),
            section="result",
            base=base_of(request),
            values={
                "views": views,
                "quick": quick,
                "is_own": found.is_own,
                "form": form_signature(self._site, cookie_of(request, self._site)),
                "token": found.shown.token,
                "now": not found.shown.sitting,
                "others": self._others(found.shown),
                "has_picture": any(view.has_strengths for view in views),
            },
        )
        response = self._site.renderer.page("result.html", page)
        response.headers.update(_PRIVATE)
        return response

    def _read(self, shown: ShownResult) -> tuple[list[Report], list[QuickReport]]:
        content = self._site.ports.content()
        return reports_of(content, shown.told, shown.sitting, shown.before)

    def _views(self, shown: ShownResult, language: str) -> tuple[list[ReportView], list[QuickView]]:
        content = self._site.ports.content()
        city = self._site.cities.get(shown.city)
        reports, quick = self._read(shown)
        viewer = Viewer(content, language, _look(city, language), _zone(city))
        return [viewer.report(one) for one in reports], [viewer.quick(one) for one in quick]

    def _others(self, shown: ShownResult) -> list[dict[str, object]]:
        """Return the person's sittings as links, newest first."""
        content = self._site.ports.content()
        zone = _zone(self._site.cities.get(shown.city))
        found = []
        for one in shown.others:
            key, version = one.sitting.framework, one.sitting.version
            known = content.framework_at(key, version) or content.quick_check_at(key, version)
            if known is not None:
                on = one.sitting.started_at.astimezone(zone).date()
                found.append({"id": one.sitting.id, "on": on, "title": known.short})
        return found

    async def _export(self, found: _Found) -> web.Response:
        def write() -> bytes:
            return orjson.dumps(export(*self._read(found.shown)), option=orjson.OPT_INDENT_2)

        return web.Response(
            body=await asyncio.to_thread(write),
            content_type="application/json",
            headers={**_PRIVATE, "Content-Disposition": 'attachment; filename="my-skills.json"'},
        )

    async def _picture(self, request: web.Request, found: _Found) -> web.Response:
        language = self._site.language(request, "results")
        png = await paint(self._card, found.shown, language)
        if png is None:
            raise web.HTTPNotFound
        return web.Response(
            body=png,
            content_type="image/png",
            headers={**_PRIVATE, "Content-Disposition": 'attachment; filename="my-skills.png"'},
        )

    def _card(self, shown: ShownResult, language: str) -> bytes | None:
        """Draw the first framework's card with something on it."""
        content, city = self._site.ports.content(), self._site.cities.get(shown.city)
        named = city.named(language) if city else self._site.words.short("web.brand", language)
        for report in self._read(shown)[0]:
            wording = SkillWording(content, language, report.framework)
            card = share_card(report, wording, _look(city, language), named)
            if card is not None:
                return to_png(card, PNG_WIDTH)
        return None


def _sitting_of(request: web.Request) -> str:
    """Return the sitting in an own address, empty for where the person stands now."""
    sitting = request.match_info["sitting"]
    if sitting == NOW:
        return ""
    if not _SITTING.match(sitting):
        raise web.HTTPNotFound
    return sitting


def _look(city: City | None, language: str) -> Look:
    return Look(language, city.accent.light) if city else Look(language)


def _zone(city: City | None) -> ZoneInfo:
    return ZoneInfo(city.zone if city else _ZONE)
