"""Pages of results: private, for whoever has the address or holds the chat's cookie."""

from __future__ import annotations

from collections.abc import Iterator

from bot.web.embedding import embedded
from bot.web.results.pages import ResultPages
from bot.web.routes import Anyone, Route
from bot.web.site import Site


def result_routes(site: Site) -> Iterator[Route]:
    """Declare the addresses of results."""
    pages = ResultPages(site)
    yield Route("GET", "/results", pages.show_newest, Anyone())
    own = (
        Route("GET", "/results/own/{sitting}.json", pages.export_own, Anyone()),
        Route("GET", "/results/own/{sitting}.png", pages.picture_own, Anyone(), rate="acts"),
        Route("GET", "/results/own/{sitting}", pages.show_own, Anyone()),
        Route("POST", "/results/own/{sitting}", pages.switch, Anyone(), rate="acts"),
    )
    yield from own
    yield from map(embedded, own)
    yield Route("GET", "/results/{token}.json", pages.export_shared, Anyone())
    yield Route("GET", "/results/{token}.png", pages.picture_shared, Anyone(), rate="acts")
    yield Route("GET", "/results/{token}", pages.show_shared, Anyone())
