"""For other programs and assistants: the public catalogue as JSON, and the same as tools."""

from __future__ import annotations

from collections.abc import Iterator

from bot.assistants.description import operations
from bot.web.api.answering import Answers
from bot.web.api.pages import ApiPages
from bot.web.api.tools import ToolPages
from bot.web.routes import Anyone, Route
from bot.web.site import Site

DESCRIPTION = "/api/v1/openapi.json"


def api_routes(site: Site) -> Iterator[Route]:
    """Declare the addresses for other programs."""
    answers = Answers(site)
    pages = ApiPages(site, answers)
    yield Route("GET", "/api", pages.about, Anyone())
    yield Route("GET", DESCRIPTION, pages.description, Anyone(), is_published=True, is_program=True)
    for one in operations().values():
        handler = pages.handler(one)
        yield Route("GET", one.path, handler, Anyone(), is_published=True, is_program=True)
    tools = ToolPages(site, answers)
    yield Route("POST", "/mcp", tools.take, Anyone(), rate="acts", is_program=True)
