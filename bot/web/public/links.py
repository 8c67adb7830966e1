"""Short addresses: on to the page that a message of the city names."""

from __future__ import annotations

import re

from aiohttp import web

from bot.web.site import Site

_CODE = re.compile(r"[A-Za-z0-9_-]{4,16}\.[0-9]{1,9}\.[A-Za-z0-9_-]{1,16}")
_PROGRAM = re.compile(r"bot|crawl|spider|preview|fetch|scan", re.IGNORECASE)
_PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}


class LinkPages:
    """Leads on, and counts people: no cookie is set, and nobody else is told."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def follow(self, request: web.Request) -> web.StreamResponse:
        """Lead on; what programs fetch to look at a page before a person does is not counted."""
        code = request.match_info["code"]
        target = ""
        if _CODE.fullmatch(code):
            is_counted = request.method == "GET" and not is_program(request)
            target = await self._site.ports.links.follow(code, is_counted=is_counted)
        if not target:
            raise web.HTTPNotFound
        return leading_on(target)


def leading_on(target: str) -> web.Response:
    """Return what leads a browser on, kept by nobody."""
    return web.Response(status=302, headers={**_PRIVATE, "Location": target})


def is_program(request: web.Request) -> bool:
    """Say whether a program looks at what is behind an address before a person does."""
    ahead = request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
    return "prefetch" in ahead or bool(_PROGRAM.search(request.headers.get("User-Agent", "")))
