"""The addresses of the pages for content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from aiohttp import web

from bot.errors import ImportRefused
from bot.web.content_port import CONTENT_ROLES
from bot.web.ports import Handler
from bot.web.routes import Route, StaffOnly
from bot.web.site import Site
from bot.web.staff.content_draft import ContentDraftPages
from bot.web.staff.content_history import ContentHistoryPages
from bot.web.staff.content_looks import ContentLooks
from bot.web.staff.contents import HOME, ContentPages
from bot.web.staff.stepping import fresh_only


def content_routes(site: Site) -> Iterator[Route]:
    """Declare them; while content cannot be tried, they say so and when to come again."""
    for route in _routes(site):
        yield replace(route, handler=_patient(route.handler))


def _patient(handler: Handler) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except ImportRefused:
            raise web.HTTPServiceUnavailable(headers={"Retry-After": "10"}) from None

    return handle


def _routes(site: Site) -> Iterator[Route]:
    """Declare them: what goes live, and going back, ask for a fresh sign-in."""
    files, access = ContentPages(site), StaffOnly(CONTENT_ROLES)
    yield Route("GET", HOME, files.home, access)
    yield Route("GET", f"{HOME}/kinds/{{kind}}", files.kind, access)
    yield Route("GET", f"{HOME}/file", files.file, access)
    yield Route("POST", f"{HOME}/file", files.put, access, rate="acts")
    yield Route("GET", f"{HOME}/download", files.download, access)
    yield Route("GET", f"{HOME}/workbook", files.workbook, access)
    draft = ContentDraftPages(site)
    yield Route("GET", f"{HOME}/draft", draft.show, access)
    yield Route("POST", f"{HOME}/draft", draft.act, access, rate="acts")
    publish = f"{HOME}/publish"
    yield Route("GET", publish, fresh_only(site, draft.ask), access)
    yield Route("POST", publish, fresh_only(site, draft.publish), access, rate="acts")
    looks = ContentLooks(site)
    yield Route("GET", f"{HOME}/screens", looks.screens, access)
    yield Route("GET", f"{HOME}/translations", looks.translations, access)
    yield Route("GET", f"{HOME}/translations/{{language}}/{{name}}", looks.sheet, access)
    history = ContentHistoryPages(site)
    yield Route("GET", f"{HOME}/history", history.show, access)
    yield Route("GET", f"{HOME}/history/{{number}}", history.one, access)
    back = f"{HOME}/back/{{number}}"
    yield Route("GET", back, fresh_only(site, history.ask), access)
    yield Route("POST", back, fresh_only(site, history.go_back), access, rate="acts")
