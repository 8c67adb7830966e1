"""Step-up: what may harm many, or one person much, asks for a sign-in of the last minutes.

A session that somebody left open, or a stolen cookie, is not enough for it: whoever wants it
shows once more that they hold the chat, by a new single-use link.
"""

from __future__ import annotations

from datetime import timedelta

from aiohttp import web

from bot.web.guards import MEMBER
from bot.web.ports import Handler
from bot.web.site import Site
from bot.web.staff.navigation import draw

FRESH_FOR = timedelta(minutes=10)
"""How long after signing in no further proof is asked for."""


def is_fresh(site: Site, request: web.Request) -> bool:
    """Say whether whoever asks signed in within the last ten minutes."""
    return site.ports.clock() - request[MEMBER].signed_in_at < FRESH_FOR


def fresh_only(site: Site, handler: Handler) -> Handler:
    """Return a route's handler that runs only soon after a sign-in; else it says how to.

    Declare it for the page that shows a form and for the one that takes it: then nobody fills
    in a form that is not accepted.
    """

    async def handle(request: web.Request) -> web.StreamResponse:
        return await handler(request) if is_fresh(site, request) else ask_again(site, request)

    return handle


def ask_again(site: Site, request: web.Request, back: str = "") -> web.Response:
    """Tell how to sign in again, and lead back.

    Args:
        back: The page to go on from; the one that was asked for where empty.
    """
    values = {"back": back or request.path_qs}
    return draw(site, request, "step_up.html", "step_up", values, status=403)
