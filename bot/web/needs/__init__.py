"""The report of an organisation's needs: for whoever has its address while it is on."""

from __future__ import annotations

from collections.abc import Iterator

from bot.web.needs.pages import NeedsPages
from bot.web.routes import Anyone, Route
from bot.web.site import Site


def needs_routes(site: Site) -> Iterator[Route]:
    """Declare the addresses of reports."""
    pages = NeedsPages(site)
    yield Route("GET", "/needs/{token}.json", pages.export, Anyone(), rate="acts")
    yield Route("GET", "/needs/{token}.xlsx", pages.workbook, Anyone(), rate="acts")
    yield Route("GET", "/needs/{token}", pages.show, Anyone())
