"""Pages of issuers and of what they give badges for."""

from __future__ import annotations

import asyncio
import re

from aiohttp import web

from bot.badges.held import PublishedAchievement
from bot.web.badges.answers import published, wants_json
from bot.web.badges.pictures import svg_of
from bot.web.badges.view import achievement_view
from bot.web.rendering import Page
from bot.web.site import Site

KEPT_SECONDS = 3600
_KEY = re.compile(r"[A-Za-z0-9._-]{1,80}\Z")


class IssuerPages:
    """Who gives badges, and for what: nothing on them is about a person."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def issuer(self, request: web.Request) -> web.Response:
        """Show a city as an issuer, with what can be earned there."""
        city = self._site.cities.get(request.match_info["city"])
        if city is None:
            raise web.HTTPNotFound
        language = self._site.language(request, "issuer")
        words, name = self._site.words, city.title or city.named(language)
        page = Page(
            title=words.short("web.issuer.title", language, city=name),
            description=words.short("web.issuer.lead", language, city=name),
            language=language,
            path=f"/issuers/{city.id}",
            city=city,
            languages=self._site.languages("issuer"),
            section="issuer",
            values={
                "name": name,
                "plans": tuple(self._site.ports.content().badges.values()),
                "is_public": self._site.ports.badges.is_public,
            },
        )
        return self._site.renderer.page("issuer.html", page)

    async def achievement(self, request: web.Request) -> web.Response:
        """Show what a badge is given for; as JSON to a program."""
        found = await found_achievement(self._site, request)
        if wants_json(request):
            return published(found.document, "application/ld+json", KEPT_SECONDS)
        language = self._site.language(request, "achievement")
        view = achievement_view(found, self._site.ports.content())
        page = Page(
            title=view.name,
            description=view.description[:300],
            language=language,
            path=request.path,
            city=self._site.cities.get(found.city),
            is_indexed=self._site.ports.badges.is_public,
            languages=self._site.languages("achievement"),
            section="badge",
            values={"view": view, "is_public": self._site.ports.badges.is_public},
        )
        return self._site.renderer.page("achievement.html", page)

    async def picture(self, request: web.Request) -> web.Response:
        """Draw what a badge looks like."""
        found = await found_achievement(self._site, request)
        drawn = await asyncio.to_thread(svg_of, found)
        return web.Response(
            text=drawn,
            content_type="image/svg+xml",
            headers={"Cache-Control": f"public, max-age={KEPT_SECONDS}"},
        )


async def found_achievement(site: Site, request: web.Request) -> PublishedAchievement:
    """Return the achievement that an address names.

    Raises:
        HTTPNotFound: It was never awarded.
    """
    named = [request.match_info[one] for one in ("city", "key", "version", "language")]
    if not all(_KEY.match(one) for one in named):
        raise web.HTTPNotFound
    found = await site.ports.badges.achievement(*named)
    if found is None:
        raise web.HTTPNotFound
    return found
