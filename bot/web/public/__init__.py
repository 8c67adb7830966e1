"""Pages for everybody: courses, cities, sources, privacy, accessibility."""

from __future__ import annotations

from collections.abc import Iterator

from bot.web.public.cities import CityPages
from bot.web.public.courses import CoursePages
from bot.web.public.documents import DocumentPages
from bot.web.public.frameworks import FrameworkPages
from bot.web.public.links import LinkPages
from bot.web.public.wrong import WrongPages
from bot.web.routes import Anyone, Route
from bot.web.site import Site


def public_routes(site: Site) -> Iterator[Route]:
    """Declare the addresses of the public pages."""
    courses, cities, documents = CoursePages(site), CityPages(site), DocumentPages(site)
    yield Route("GET", "/go/{code}", LinkPages(site).follow, Anyone())
    yield Route("GET", "/courses/{course}.ics", courses.calendar, Anyone())
    yield Route("GET", "/courses/{course}", courses.show, Anyone())
    yield Route("GET", "/courses/{course}/apply", courses.apply, Anyone())
    wrong = WrongPages(site)
    yield Route("GET", "/courses/{course}/wrong", wrong.show, Anyone())
    yield Route("POST", "/courses/{course}/wrong", wrong.send, Anyone(), rate="strict")
    yield Route("GET", "/cities/{city}", cities.show, Anyone())
    yield Route("GET", "/frameworks/{framework}", FrameworkPages(site).show, Anyone())
    yield Route("GET", "/sources", documents.sources, Anyone())
    yield Route("GET", "/privacy", documents.privacy, Anyone())
    yield Route("GET", "/accessibility", documents.accessibility, Anyone())
    yield Route("GET", "/robots.txt", documents.robots, Anyone())
