"""The same for assistants, by their protocol (MCP): one message in, one answer out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot.assistants.description import operations
from bot.assistants.exchanging import Exchange
from bot.assistants.reading import NotReadError, as_sent, read_values
from bot.web.api.answering import Answers, NotThereError, NotYetError
from bot.web.bodies import read_bytes
from bot.web.problems import not_read, problem
from bot.web.site import Site

MOST_BYTES = 64 * 1024
_TAKEN = frozenset({"accept", "content-type"})
_GIVEN = ("content-type", "allow")


class ToolPages:
    """Where assistants send their messages; each stands alone, so nothing is kept between them."""

    def __init__(self, site: Site, answers: Answers) -> None:
        self._site = site
        self._answers = answers

    async def take(self, request: web.Request) -> web.StreamResponse:
        """Answer one message."""
        body = await read_bytes(request, self._site.settings.body_seconds, MOST_BYTES)
        headers = {
            name: value
            for name, value in request.headers.items()
            if name.lower() in _TAKEN or name.lower().startswith("mcp-")
        }
        told = await self._site.ports.opened.tools.exchange(Exchange(body, headers), self._ask)
        if told is None:
            title = self._site.words.short("web.api.problem.not_yet")
            return problem(503, title, headers={"Retry-After": "5"})
        kept = {name: told.headers[name] for name in _GIVEN if name in told.headers}
        response = web.Response(body=told.body, status=told.status, headers=kept)
        response.headers["Cache-Control"] = "no-store"
        return response

    async def _ask(self, tool: str, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        """Answer one use of a tool."""
        words = self._site.words
        operation = operations().get(tool)
        if operation is None:
            return {"refused": words.short("web.api.problem.missing")}
        try:
            values = read_values(operation, as_sent(arguments))
            return {"answer": await self._answers.give(tool, values)}
        except NotReadError as error:
            return {"refused": not_read(error, words)}
        except NotThereError as error:
            if error.instead:
                return {"refused": not_read(error.instead, words)}
            return {"refused": words.short("web.api.problem.missing")}
        except NotYetError:
            return {"refused": words.short("web.api.problem.not_yet")}
