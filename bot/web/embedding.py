"""The chat inside other sites' pages: who may hold it, and how it is told from our own page.

An embedded chat has addresses, a cookie and a conversation of its own: what somebody does inside
a council's page is not mixed with what they do here, and no other site's page can show our own.
"""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from bot.web.serving import POLICY

EMBEDDED = web.RequestKey("embedded", str)
"""The id of the city whose chat is embedded."""
_NOBODY = "frame-ancestors 'none'"


def policy_for(origins: Sequence[str]) -> str:
    """Return the content policy of pages that these sites may hold in theirs."""
    return POLICY.replace(_NOBODY, f"frame-ancestors {' '.join(origins)}") if origins else POLICY


def base_of(request: web.Request) -> str:
    """Return what the chat's addresses begin with: empty for our own page."""
    city = request.get(EMBEDDED)
    return f"/embed/{city}" if city else ""
