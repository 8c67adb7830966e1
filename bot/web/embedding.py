"""The chat inside other sites' pages: who may hold it, and how it is told from our own page.

An embedded chat has addresses, a cookie and a conversation of its own: what somebody does inside
a council's page is not mixed with what they do here, and no other site's page can show our own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from aiohttp import web

from bot.web.routes import Route
from bot.web.serving import POLICY

EMBEDDED = web.RequestKey("embedded", str)
"""The id of the city whose chat is embedded."""
PATH = "/embed/{city}"
_OWN = r'/(?:mydata(?:\.json)?|cv/own|results/own/[^"]*)'
"""Addresses at which somebody sees what is theirs, by the cookie of their chat."""
_NOBODY = "frame-ancestors 'none'"


def policy_for(origins: Sequence[str]) -> str:
    """Return the content policy of pages that these sites may hold in theirs."""
    return POLICY.replace(_NOBODY, f"frame-ancestors {' '.join(origins)}") if origins else POLICY


def base_of(request: web.Request) -> str:
    """Return what the chat's addresses begin with: empty for our own page."""
    city = request.get(EMBEDDED)
    return f"/embed/{city}" if city else ""


def embedded(route: Route) -> Route:
    """Return the same route for the chat inside other sites' pages."""
    return replace(route, path=f"{PATH}{route.path}", is_embedded=True)


def in_frame(html: str, base: str, public_url: str) -> str:
    """Return a page for the frame: what is the chat's own stays in it, other links leave it.

    A new tab has not the cookie of the frame: it would say that nothing is kept of this person.

    Args:
        base: What the chat's addresses begin with there.
    """
    address = rf'(?:{re.escape(public_url)})?({_OWN}|{re.escape(base)}[^"]*|#[^"]*)'

    def kept(found: re.Match[str]) -> str:
        name, where = found.groups()
        is_there = where.startswith(("#", base))
        return f'{name}="{where if is_there else base + where}" target="_self"'

    return re.sub(rf'\b(href|action)="{address}"(?! target=)', kept, html)
