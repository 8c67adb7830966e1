"""What was published, by whom and why; going back to an earlier version."""

from __future__ import annotations

from aiohttp import web

from bot.errors import Conflict, NotFound, Refused
from bot.publishing.records import LONGEST_REASON, NOTHING
from bot.publishing.reviewing import Step
from bot.web.bodies import read_form
from bot.web.guards import MEMBER
from bot.web.site import Site
from bot.web.staff.content_rights import may_change_all
from bot.web.staff.contents import HOME, name_of
from bot.web.staff.navigation import draw
from bot.web.tokens import is_same


class ContentHistoryPages:
    """Versions of the content; going back is for those who may change all of it."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._desk = site.ports.desks.content

    async def show(self, request: web.Request) -> web.Response:
        """Show what was published, newest first."""
        values = {
            "versions": await self._desk.history(),
            "state": await self._desk.state(request[MEMBER].person),
            "name_of": name_of(self._site),
            "may_go_back": may_change_all(self._site, request[MEMBER]),
        }
        title = self._site.words.short("web.content.history")
        return draw(self._site, request, "content_history.html", "content", values, title=title)

    async def one(self, request: web.Request) -> web.Response:
        """Show what one version changed."""
        step = await self._desk.step(_number(request))
        if step is None:
            raise web.HTTPNotFound
        return self._step(request, step, "content_version.html")

    async def ask(self, request: web.Request) -> web.Response:
        """Show what going back would change, and ask why."""
        return self._step(request, await self._back(request), "content_back.html")

    async def go_back(self, request: web.Request) -> web.StreamResponse:
        """Let an earlier version go live again."""
        step = await self._back(request)
        form = await read_form(request, self._site.settings.body_seconds)
        member = request[MEMBER]
        if not is_same(form.get("csrf", ""), member.csrf):
            raise web.HTTPForbidden
        reason, seen = form.get("reason", "").strip(), form.get("seen", "")
        if not reason:
            return self._step(request, step, "content_back.html", "web.content.problem.reason")
        if not seen.isdecimal() or len(seen) > 9:
            raise web.HTTPBadRequest
        try:
            await self._desk.go_back(member.person, step.version.number, reason, int(seen))
        except (Conflict, Refused) as error:
            refused = error.text_id if isinstance(error, Refused) else "publishing.conflict"
            return self._step(request, await self._back(request), "content_back.html", refused)
        except NotFound:
            raise web.HTTPNotFound from None
        return web.Response(status=303, headers={"Location": f"{HOME}?done=back"})

    async def _back(self, request: web.Request) -> Step:
        if not may_change_all(self._site, request[MEMBER]):
            raise web.HTTPNotFound
        step = await self._desk.back(_number(request))
        if step is None:
            raise web.HTTPNotFound
        return step

    def _step(
        self, request: web.Request, step: Step, template: str, refused: str = ""
    ) -> web.Response:
        words, number = self._site.words, step.version.number
        title = words.short("web.content.version.one", number=number)
        if template == "content_back.html":
            is_first = number == NOTHING
            title = words.short(
                "web.content.go_back.shipped" if is_first else "web.content.go_back.link",
                number=number,
            )
        values = {
            "step": step,
            "refused": refused,
            "seen": step.on,
            "may_go_back": may_change_all(self._site, request[MEMBER]),
            "name_of": name_of(self._site),
            "longest": LONGEST_REASON,
        }
        status = 422 if refused else 200
        return draw(self._site, request, template, "content", values, title=title, status=status)


def _number(request: web.Request) -> int:
    said = request.match_info["number"]
    if not said.isdecimal() or len(said) > 9:
        raise web.HTTPNotFound
    return int(said)
