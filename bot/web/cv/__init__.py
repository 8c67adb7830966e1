"""The page of a CV: for whoever has its address while it is on, and for its person's own chat."""

from __future__ import annotations

from collections.abc import Iterator

from bot.web.cv.pages import CvPages
from bot.web.embedding import embedded
from bot.web.routes import Anyone, Route
from bot.web.site import Site


def cv_routes(site: Site) -> Iterator[Route]:
    """Declare the addresses of CVs."""
    pages = CvPages(site)
    own = Route("GET", "/cv/own", pages.show_own, Anyone())
    yield own
    yield embedded(own)
    yield Route("GET", "/cv/{token}/credentials.json", pages.credentials, Anyone())
    yield Route("GET", "/cv/{token}/credentials.zip", pages.bundle, Anyone(), rate="acts")
    yield Route("GET", "/cv/{token}/resume.json", pages.resume, Anyone())
    yield Route("GET", "/cv/{token}/clr.json", pages.record, Anyone(), rate="acts")
    yield Route("GET", "/cv/{token}/card.png", pages.card, Anyone(), rate="acts")
    yield Route("GET", "/cv/{token}", pages.show, Anyone())
