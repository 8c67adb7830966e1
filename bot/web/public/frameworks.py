"""A framework's page: what each version changed, and why."""

from __future__ import annotations

from aiohttp import web

from bot.web.rendering import Page
from bot.web.site import Site


class FrameworkPages:
    """What changed in frameworks, for everybody who helped to write them."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def show(self, request: web.Request) -> web.Response:
        """Show a framework with the changes of each version, the newest first."""
        content = self._site.ports.content()
        key = request.match_info["framework"]
        found = content.frameworks.get(key)
        if found is None:
            raise web.HTTPNotFound
        earlier = content.archive.get(key, {}).values()
        language = self._site.language(request, "framework")
        page = Page(
            title=self._site.words.short(f"framework.{key}.title", language),
            language=language,
            path=f"/frameworks/{key}",
            city=self._site.only_city,
            languages=self._site.languages("framework"),
            section="framework",
            values={
                "framework": found,
                "versions": [found, *reversed([one for one in earlier if one.revisions])],
            },
        )
        return self._site.renderer.page("framework.html", page)
