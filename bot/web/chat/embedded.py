"""The script with which another site puts a city's chat into its page."""

from __future__ import annotations

import json
from importlib.resources import files

from aiohttp import web

from bot.web.site import Site

KEPT_SECONDS = 3600


class EmbedScript:
    """One script for every city; the tag that loads it names the city."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def give(self, request: web.Request) -> web.Response:
        """Answer with the script, which knows what the frame is called in every language."""
        del request
        words = self._site.words
        titles = {one: words.short("web.embed.frame", one) for one in words.languages}
        script = files("bot.web.static").joinpath("embed.js").read_text(encoding="utf-8")
        told = script.replace("{ /* titles */ }", json.dumps(titles, ensure_ascii=False))
        response = web.Response(text=told, content_type="text/javascript")
        response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
        return response
