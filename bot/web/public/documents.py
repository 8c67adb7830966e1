"""Sources and licences, the privacy notice, the accessibility statement, robots.txt."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.web.rendering import Page, language_name
from bot.web.site import Site
from storage.privacy.kinds import KINDS

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
        return self._page(request, "privacy", kinds=KINDS)

    async def accessibility(self, request: web.Request) -> web.Response:
        """Give the accessibility statement, made from what is known today."""
        content = self._site.ports.content()
        language = self._site.language(request, "accessibility")
        drafts = [one for one in content.languages.values() if one.is_draft]
        return self._page(
            request,
            "accessibility",
            statement=content.accessibility,
            issues=content.accessibility.shown_issues(has_drafts=bool(drafts)),
            drafts=tuple(language_name(one.id) for one in drafts),
            contacts=[
                (city.named(language), city.contact, city.open_hours)
                for city in self._site.cities.values()
                if city.contact
            ],
        )

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
