"""The page on which a library, a group or an employer confirms what somebody learned."""

from __future__ import annotations

from collections.abc import Iterator

from bot.web.confirming.pages import ConfirmPages
from bot.web.routes import Anyone, Route
from bot.web.site import Site


def confirm_routes(site: Site) -> Iterator[Route]:
    """Declare the address of a request to confirm."""
    pages = ConfirmPages(site)
    yield Route("GET", "/confirm/{token}", pages.show, Anyone())
    yield Route("POST", "/confirm/{token}", pages.answer, Anyone(), rate="strict")
