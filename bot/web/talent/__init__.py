"""An employer's private page with those who said yes to it."""

from __future__ import annotations

from collections.abc import Iterator

from aiohttp import web

from bot.talent.wording import facts
from bot.web.rendering import Page
from bot.web.routes import Anyone, Route
from bot.web.site import Site
from bot.web.tokens import is_secret

_PRIVATE = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex, nofollow"}


def yes_routes(site: Site) -> Iterator[Route]:
    """Declare its address."""
    yield Route("GET", "/invited/{token}", YesPages(site).show, Anyone())


class YesPages:
    """Pages of one opportunity each; off, unknown, stopped and never made look the same."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def show(self, request: web.Request) -> web.StreamResponse:
        """Show those who said yes to whoever has the address."""
        token, desk = request.match_info["token"], self._site.ports.desks.opportunities
        found = await desk.yes_page(token) if is_secret(token) else None
        if found is None:
            raise web.HTTPNotFound
        language, one = self._site.language(request, "invited"), found.opportunity
        page = Page(
            title=self._site.words.short("web.invited.title", language),
            language=language,
            path=f"/invited/{found.token}",
            city=self._site.cities.get(one.city),
            is_indexed=False,
            languages=self._site.languages("invited"),
            section="needs",
            values={"one": one, "facts": facts(one.shown), "people": found.people},
        )
        response = self._site.renderer.page("invited.html", page)
        response.headers.update(_PRIVATE)
        return response
