"""One person's badge: its page and its files, for its holder and for whom they let see it."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.badges.addresses import is_token
from bot.badges.held import HeldBadge, PublishedAchievement
from bot.pictures.painting import paint
from bot.web.badge_port import Absent, FoundBadge
from bot.web.badges.answers import CREDENTIAL, or_later, wants_json
from bot.web.badges.pictures import baked_png, baked_svg
from bot.web.badges.view import achievement_view, credential_view
from bot.web.chat.address import address_of, cookie_of
from bot.web.rendering import Page
from bot.web.site import Site

PRIVATE = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex, nofollow"}
_ZONE = "Europe/London"
Bake = Callable[[HeldBadge, PublishedAchievement, str], bytes]


class CredentialPages:
    """Badges by their secret addresses: unknown and hidden ones look the same."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def show(self, request: web.Request) -> web.Response:
        """Show a badge; give the credential itself to a program that asks for JSON."""
        if wants_json(request):
            return await self.document(request)
        found = await self._found(request)
        language = self._site.language(request, "badge")
        page = self._page(found, language)
        response = self._site.renderer.page("badge.html", page)
        response.headers.update(PRIVATE)
        response.headers["Vary"] = "Accept, Accept-Language, Cookie"
        return response

    async def document(self, request: web.Request) -> web.Response:
        """Give the credential with its signature inside."""
        held = (await self._signed(request)).held
        return _file(held.document, CREDENTIAL, "badge.json")

    async def jws(self, request: web.Request) -> web.Response:
        """Give the credential as a signed code."""
        held = (await self._signed(request)).held
        return _file(held.jws.encode(), "text/plain; charset=utf-8", "badge.jws")

    async def png(self, request: web.Request) -> web.Response:
        """Give the picture that carries the credential, for backpacks."""
        return _file(await self._baked(request, baked_png), "image/png", "badge.png")

    async def svg(self, request: web.Request) -> web.Response:
        """Give the drawing that carries the credential, for backpacks."""
        return _file(await self._baked(request, baked_svg), "image/svg+xml", "badge.svg")

    async def _baked(self, request: web.Request, bake: Bake) -> bytes:
        found = await self._signed(request)
        if found.published is None:
            raise web.HTTPNotFound
        return await or_later(paint(bake, found.held, found.published, found.older))

    async def _signed(self, request: web.Request) -> FoundBadge:
        found = await self._found(request)
        if found.published is None or not found.held.is_signed:
            raise web.HTTPNotFound
        return found

    async def _found(self, request: web.Request) -> FoundBadge:
        token, cookie = request.match_info["token"], cookie_of(request, self._site)
        if not is_token(token):
            raise web.HTTPNotFound
        found = await self._site.ports.badges.at(token, address_of(cookie) if cookie else "")
        if isinstance(found, Absent):
            raise web.HTTPGone if found.is_gone else web.HTTPNotFound
        return found

    def _page(self, found: FoundBadge, language: str) -> Page:
        held, content = found.held, self._site.ports.content()
        city = self._site.cities.get(held.city)
        view = achievement_view(found.published, content) if found.published else None
        zone = ZoneInfo(city.zone if city else _ZONE)
        signed = credential_view(held, self._site.ports.clock(), zone) if view else None
        title = view.name if view else self._site.words.short("web.badge.title", language)
        return Page(
            title=title,
            description=view.description[:300] if view else "",
            language=language,
            path=f"/badges/{held.token}",
            city=city,
            is_indexed=False,
            languages=self._site.languages("badge"),
            section="badge",
            values={
                "held": held,
                "view": view,
                "signed": signed,
                "is_own": found.is_own,
                "is_sample": held.is_sample or not self._site.ports.badges.is_public,
                "reason": held.reason if content.words.has(held.reason) else "",
            },
        )


def _file(body: bytes, media_type: str, name: str) -> web.Response:
    return web.Response(
        body=body,
        headers={
            **PRIVATE,
            "Content-Type": media_type,
            "Content-Disposition": f'attachment; filename="{name}"',
        },
    )
