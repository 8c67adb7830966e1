"""Answering requests for CVs: the page, its picture, the credentials."""

from __future__ import annotations

import asyncio
from typing import Any
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.cv.bundle import credentials_json, credentials_zip
from bot.cv.card import CARD_WIDTH, draw_card
from bot.cv.contents import Contents, contents_of
from bot.cv.records import CvMaterial
from bot.cv.resume import resume_json
from bot.pictures import Look
from bot.pictures.painting import paint
from bot.pictures.png import to_png
from bot.web.badges.answers import CREDENTIAL, or_later
from bot.web.chat.address import address_of, cookie_of
from bot.web.cv.view import CvViewer
from bot.web.embedding import base_of
from bot.web.qr import qr_code
from bot.web.rendering import Page
from bot.web.site import Site
from bot.web.tokens import is_secret
from content.schema import City

_PRIVATE = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex, nofollow"}
_ZONE = "Europe/London"


class CvPages:
    """CVs of one person each; off, unknown and never made look the same."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def show(self, request: web.Request) -> web.StreamResponse:
        """Show a CV to whoever has its address."""
        found = await self._shared(request)
        return await self._page(request, found, f"/cv/{found.cv.token}")

    async def show_own(self, request: web.Request) -> web.StreamResponse:
        """Show a CV, on or off, to the person whose it is."""
        cookie = cookie_of(request, self._site)
        found = await self._site.ports.cvs.own(address_of(cookie)) if cookie else None
        if found is None:
            raise web.HTTPNotFound
        return await self._page(request, found, f"{base_of(request)}/cv/own", is_own=True)

    async def credentials(self, request: web.Request) -> web.StreamResponse:
        """Give the credentials as one JSON array."""
        contents = self._contents(await self._shared(request))
        return _file(credentials_json(contents.badges), "application/json", "credentials.json")

    async def bundle(self, request: web.Request) -> web.StreamResponse:
        """Give the credentials with pictures that carry them."""
        contents = self._contents(await self._shared(request))
        packed = await paint(credentials_zip, contents.badges)
        return _file(packed, "application/zip", "credentials.zip")

    async def resume(self, request: web.Request) -> web.StreamResponse:
        """Give the whole CV for other programs, unsigned."""
        found, language = await self._shared(request), self._site.language(request, "cv")
        written = await asyncio.to_thread(self._resume, found, language)
        return _file(written, "application/json", "resume.json")

    async def record(self, request: web.Request) -> web.StreamResponse:
        """Give the badges as one signed record; 404 where there is none to sign."""
        contents = self._contents(await self._shared(request))
        signed = await or_later(self._site.ports.badges.record(contents))
        if signed is None:
            raise web.HTTPNotFound
        return _file(signed, CREDENTIAL, "clr.json")

    async def card(self, request: web.Request) -> web.StreamResponse:
        """Give the picture that messengers show beside the address."""
        found = await self._shared(request)
        language = self._site.language(request, "cv")
        png = await paint(self._drawn, found, language)
        if png is None:
            raise web.HTTPNotFound
        return web.Response(body=png, content_type="image/png", headers=_PRIVATE)

    async def _shared(self, request: web.Request) -> CvMaterial:
        token = request.match_info["token"]
        found = await self._site.ports.cvs.shared(token) if is_secret(token) else None
        if found is None:
            raise web.HTTPNotFound
        return found

    async def _page(
        self, request: web.Request, found: CvMaterial, path: str, *, is_own: bool = False
    ) -> web.Response:
        language = self._site.language(request, "cv")
        words, cv = self._site.words, found.cv
        title = words.short("web.cv.title", language)
        page = Page(
            title=words.short("web.cv.title_of", language, name=cv.name) if cv.name else title,
            language=language,
            path=path,
            city=self._site.cities.get(cv.city),
            description=words.short("web.cv.description", language),
            is_indexed=False,
            languages=self._site.languages("cv"),
            section="cv",
            base=base_of(request),
            values={
                **await asyncio.to_thread(self._values, found, language),
                "cv": cv,
                "is_own": is_own,
                "shared_path": f"/cv/{cv.token}" if cv.is_on else "",
            },
        )
        response = self._site.renderer.page("cv.html", page)
        response.headers.update(_PRIVATE)
        return response

    def _values(self, found: CvMaterial, language: str) -> dict[str, Any]:
        contents, city = self._contents(found), self._site.cities.get(found.cv.city)
        zone = ZoneInfo(city.zone if city else _ZONE)
        viewer = CvViewer(self._site.ports.content(), language, _look(city, language), zone)
        address = f"{self._site.settings.public_url}/cv/{found.cv.token}"
        label = self._site.words.short("web.cv.qr", language)
        return {
            "badges": viewer.badges(contents),
            "levels": viewer.levels(contents),
            "routes": viewer.routes(contents),
            "experiences": contents.experiences,
            "is_empty": contents.is_empty,
            "qr": qr_code(address, label) if found.cv.is_on else None,
        }

    def _resume(self, found: CvMaterial, language: str) -> bytes:
        base, now = self._site.settings.public_url, self._site.ports.clock()
        return resume_json(self._contents(found), self._site.ports.content(), language, base, now)

    def _contents(self, found: CvMaterial) -> Contents:
        return contents_of(found, self._site.ports.content())

    def _drawn(self, found: CvMaterial, language: str) -> bytes | None:
        city = self._site.cities.get(found.cv.city)
        named = city.named(language) if city else self._site.words.short("web.brand", language)
        content, look = self._site.ports.content(), _look(city, language)
        card = draw_card(self._contents(found), content, look, named)
        return to_png(card, CARD_WIDTH) if card else None


def _file(body: bytes, media_type: str, name: str) -> web.Response:
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return web.Response(body=body, content_type=media_type, headers={**_PRIVATE, **disposition})


def _look(city: City | None, language: str) -> Look:
    return Look(language, city.accent.light) if city else Look(language)
