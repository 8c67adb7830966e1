"""The interface for other programs: read-only JSON, its description, and a page about it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

import orjson
from aiohttp import ETag, web

from bot.assistants.description import Operation, document, operations
from bot.assistants.reading import NotReadError, read_values
from bot.web.api.answering import Answers, NotThereError, NotYetError
from bot.web.ports import Handler
from bot.web.problems import not_read, problem
from bot.web.rendering import Page
from bot.web.site import Site

KEPT_SECONDS = 300
RETRY_SECONDS = 5
EXAMPLE = "/api/v1/search?city={city}&text=in+the+evening&limit=3"


class ApiPages:
    """Answers for programs; nothing of theirs is kept, and nobody's data is behind it."""

    def __init__(self, site: Site, answers: Answers) -> None:
        self._site = site
        self._answers = answers

    def handler(self, operation: Operation) -> Handler:
        """Return what answers an operation by HTTP."""

        async def answer(request: web.Request) -> web.StreamResponse:
            words = self._site.words
            try:
                values = read_values(operation, _sent(request))
                told = await self._answers.give(operation.id, values)
            except NotReadError as error:
                detail = not_read(error, words)
                title = words.short("web.api.problem.wrong")
                return problem(400, title, detail, error.parameter)
            except NotThereError as error:
                kind = "gone" if error.is_gone else "missing"
                status = 410 if error.is_gone else 404
                detail, name = "", ""
                if error.instead:
                    detail, name = not_read(error.instead, words), error.instead.parameter
                return problem(status, words.short(f"web.api.problem.{kind}"), detail, name)
            except NotYetError:
                title = words.short("web.api.problem.not_yet")
                return problem(503, title, headers={"Retry-After": str(RETRY_SECONDS)})
            return published(request, orjson.dumps(told))

        return answer

    async def description(self, request: web.Request) -> web.StreamResponse:
        """Give the description, for programs that read such."""
        url = self._site.settings.public_url
        return published(request, json.dumps({**document(), "servers": [{"url": url}]}).encode())

    async def about(self, request: web.Request) -> web.StreamResponse:
        """Show people what other programs can ask."""
        language = self._site.language(request, "api")
        cities = sorted(self._site.cities)
        page = Page(
            title=self._site.words.short("web.api.title", language),
            language=language,
            path="/api",
            languages=self._site.languages("api"),
            section="api",
            values={
                "operations": list(operations().values()),
                "example": EXAMPLE.format(city=cities[0]) if cities else "",
                "tools_url": f"{self._site.settings.public_url}/mcp",
            },
        )
        return self._site.renderer.page("api.html", page)


def published(request: web.Request, body: bytes) -> web.Response:
    """Return JSON that may be kept for a while, or nothing where the caller has it already."""
    tag = ETag(hashlib.sha256(body).hexdigest()[:32])
    asked = request.if_none_match or ()
    is_known = any(one.value in (tag.value, "*") for one in asked)
    response = (
        web.Response(status=304)
        if is_known
        else web.Response(body=body, content_type="application/json")
    )
    response.etag = tag
    response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return response


def _sent(request: web.Request) -> Mapping[str, list[str]]:
    return {name: request.query.getall(name) for name in request.query} | {
        name: [value] for name, value in request.match_info.items()
    }
