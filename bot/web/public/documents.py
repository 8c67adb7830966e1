"""Sources and licences, the privacy notice, the accessibility statement, robots.txt."""

from __future__ import annotations

from datetime import date
from typing import Any

from aiohttp import web

from bot.web.rendering import Page
from bot.web.site import Site

REVIEWED = date(2026, 11, 22)
"""When the accessibility statement was last looked over, with the tests that it speaks of."""

_ROBOTS = """User-agent: *
Disallow: /chat
Disallow: /join/
Disallow: /mydata
Disallow: /results
Disallow: /staff
"""


class DocumentPages:
    """Pages that say the same to everybody."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def sources(self, request: web.Request) -> web.Response:
        """Say where the facts come from and under which licences."""
        content = self._site.ports.content()
        return self._page(
            request,
            "sources",
            sources=(*content.sources.values(), *content.needs.sources),
            frameworks=(*content.frameworks.values(), *content.quick_checks.values()),
            earlier={
                key: sorted(kept)
                for key, kept in (*content.archive.items(), *content.quick_archive.items())
            },
            slots=tuple(slot for slot in content.slots.values() if not slot.is_filled),
        )

    async def privacy(self, request: web.Request) -> web.Response:
        """Give the whole privacy notice."""
        return self._page(request, "privacy")

    async def accessibility(self, request: web.Request) -> web.Response:
        """Give the accessibility statement."""
        return self._page(request, "accessibility", reviewed=REVIEWED)

    async def robots(self, request: web.Request) -> web.Response:  # noqa: ARG002
        """Tell crawlers what to leave alone."""
        return web.Response(text=_ROBOTS)

    def _page(self, request: web.Request, name: str, **values: Any) -> web.Response:
        language = self._site.language(request, name)
        page = Page(
            title=self._site.words.short(f"web.{name}.title", language),
            language=language,
            path=f"/{name}",
            city=self._site.only_city,
            languages=self._site.languages(name),
            section=name,
            values=values,
        )
        return self._site.renderer.page(f"{name}.html", page)
