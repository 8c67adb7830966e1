"""One's own draft: what would change, what is wrong with it, publishing it."""

from __future__ import annotations

from aiohttp import web

from bot.errors import Conflict, Refused
from bot.publishing.kinds import kind_of
from bot.publishing.records import LONGEST_REASON
from bot.publishing.reviewing import Review
from bot.web.bodies import read_form
from bot.web.guards import MEMBER
from bot.web.site import Site
from bot.web.staff.content_rights import may_change_all
from bot.web.staff.contents import HOME
from bot.web.staff.navigation import draw
from bot.web.tokens import is_same


class ContentDraftPages:
    """The draft of whoever is signed in; nobody else's can be named."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._desk = site.ports.desks.content

    async def show(self, request: web.Request) -> web.Response:
        """Show what would change and what is wrong with it."""
        return await self._shown(request)

    async def act(self, request: web.Request) -> web.StreamResponse:
        """Drop files, or let them stand against what somebody else published."""
        form, by = await self._form(request), request[MEMBER].person
        act, path = form.get("act", ""), form.get("path", "")
        if act == "drop-all":
            await self._desk.drop(by)
            return _see(f"{HOME}?done=dropped")
        if act == "settle":
            await self._desk.settle(by, (path,))
        elif act == "drop":
            await self._desk.drop(by, (path,))
        else:
            raise web.HTTPBadRequest
        return _see(f"{HOME}/draft")

    async def ask(self, request: web.Request) -> web.Response:
        """Ask why, before it goes live."""
        review = await self._desk.review(request[MEMBER].person)
        if review is None or not review.is_possible:
            raise web.HTTPSeeOther(f"{HOME}/draft")
        self._require(request, review)
        return self._asked(request, review)

    async def publish(self, request: web.Request) -> web.StreamResponse:
        """Let it go live."""
        form, by = await self._form(request), request[MEMBER].person
        review = await self._desk.review(by)
        if review is None:
            raise web.HTTPSeeOther(f"{HOME}/draft")
        self._require(request, review)
        reason = form.get("reason", "").strip()
        if not reason:
            return self._asked(request, review, problem="reason")
        seen = form.get("seen", "")
        if not seen.isdecimal() or len(seen) > 9:
            raise web.HTTPBadRequest
        try:
            await self._desk.publish(by, reason, int(seen))
        except Conflict:
            return await self._shown(request, "publishing.conflict")
        except Refused as refusal:
            return await self._shown(request, refusal.text_id)
        return _see(f"{HOME}?done=published")

    def _require(self, request: web.Request, review: Review) -> None:
        """Refuse whoever may no longer change one of the files."""
        if not may_change_all(self._site, request[MEMBER], review.draft.files):
            raise web.HTTPForbidden

    async def _form(self, request: web.Request) -> dict[str, str]:
        form = await read_form(request, self._site.settings.body_seconds)
        if not is_same(form.get("csrf", ""), request[MEMBER].csrf):
            raise web.HTTPForbidden
        return form

    async def _shown(self, request: web.Request, refused: str = "") -> web.Response:
        review = await self._desk.review(request[MEMBER].person)
        found = review.problems if review else ()
        differences = review.differences if review else ()
        values = {
            "review": review,
            "differences": [one for one in differences if kind_of(one.path) is not None],
            "kept": [one.path for one in differences if kind_of(one.path) is None],
            "errors": [one for one in found if one.severity == "error"],
            "warnings": [one for one in found if one.severity == "warning"],
            "refused": refused,
            "taken": _number(request, "taken"),
            "linked": lambda path: kind_of(path) is not None,
        }
        title = self._site.words.short("web.content.draft")
        status = 409 if refused else 200
        return draw(
            self._site, request, "content_draft.html", "content", values, title=title, status=status
        )

    def _asked(self, request: web.Request, review: Review, problem: str = "") -> web.Response:
        values = {"review": review, "problem": problem, "longest": LONGEST_REASON}
        title = self._site.words.short("web.content.publish")
        status = 422 if problem else 200
        return draw(
            self._site, request, "content_publish.html", "content", values, title=title,
            status=status,
        )  # fmt: skip


def _number(request: web.Request, name: str) -> int | None:
    said = request.query.get(name, "")
    return int(said) if said.isdecimal() and len(said) < 7 else None


def _see(location: str) -> web.Response:
    return web.Response(status=303, headers={"Location": location})
