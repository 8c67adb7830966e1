"""Answering requests to confirm: what is asked, and the answer to it."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.badges.held import EndorsementRequest
from bot.web.bodies import read_form
from bot.web.chat.address import address_of, cookie_of
from bot.web.confirm_port import Reply
from bot.web.rendering import Page
from bot.web.site import Site
from bot.web.tokens import is_secret

LONGEST_CALLED, LONGEST_COMMENT = 80, 500
REASONS = ("mistake", "person", "untrue")
"""Why a confirmation is taken back: the holder reads it."""
_PRIVATE = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex, nofollow"}
_SAID = {
    "given": "web.confirm.given",
    "refused": "web.confirm.refused",
    "taken": "web.confirm.taken",
    "own": "badges.endorsement.own",
    "closed": "web.confirm.closed",
}


class ConfirmPages:
    """Whoever has a link may answer it, once; opening it answers nothing."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def show(self, request: web.Request) -> web.StreamResponse:
        """Show what is asked; one that is answered or over looks like one that never was."""
        token = request.match_info["token"]
        asked = await self._site.ports.confirming.find(token) if is_secret(token) else None
        if asked is None:
            return self._page(request, {"said": "web.confirm.closed"}, status=404)
        return self._page(request, self._values(request, asked), asked.city)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Take the answer and say what comes of it."""
        form = await read_form(request, self._site.settings.body_seconds)
        token, answer = request.match_info["token"], form.get("answer", "")
        if answer not in ("yes", "no", "back"):
            raise web.HTTPBadRequest
        if not is_secret(token):
            return self._page(request, {"said": "web.confirm.closed"}, status=404)
        if answer == "back":
            return await self._take_back(request, token, form.get("reason", ""))
        reply = Reply(
            answer == "yes",
            form.get("called", "").strip()[:LONGEST_CALLED],
            form.get("comment", "").strip()[:LONGEST_COMMENT],
        )
        cookie = cookie_of(request, self._site)
        address = address_of(cookie) if cookie else ""
        outcome = await self._site.ports.confirming.answer(token, address, reply)
        status = {"closed": 404, "own": 403}.get(outcome, 200)
        return self._page(request, {"said": _SAID[outcome]}, status=status)

    async def _take_back(self, request: web.Request, token: str, reason: str) -> web.StreamResponse:
        """Take a confirmation back, with a reason that its holder is told."""
        if reason not in REASONS:
            raise web.HTTPBadRequest
        text_id = f"my_badges.unconfirmed.{reason}"
        outcome = await self._site.ports.confirming.take_back(token, text_id)
        status = 404 if outcome == "closed" else 200
        return self._page(request, {"said": _SAID[outcome]}, status=status)

    def _values(self, request: web.Request, asked: EndorsementRequest) -> dict[str, Any]:
        language = self._site.language(request, "confirm")
        values = asked.about.values
        words = self._site.words
        return {
            "said": "",
            "name": words.short(f"badge.{asked.plan}.name", language, **values),
            "criteria": words.short(f"badge.{asked.plan}.criteria", language, **values),
            "told": asked.narrative.splitlines(),
            "is_given": asked.state == "given",
            "comment": asked.comment,
            "reasons": REASONS,
            "called": asked.called,
            "until": asked.expires_at.date(),
            "most_called": LONGEST_CALLED,
            "most_comment": LONGEST_COMMENT,
        }

    def _page(
        self, request: web.Request, values: dict[str, Any], city: str = "", *, status: int = 200
    ) -> web.Response:
        language = self._site.language(request, "confirm")
        page = Page(
            title=self._site.words.short("web.confirm.title", language),
            language=language,
            path=request.path,
            city=self._site.cities.get(city),
            is_indexed=False,
            languages=self._site.languages("confirm"),
            section="confirm",
            values=values,
        )
        response = self._site.renderer.page("confirm.html", page)
        response.headers.update(_PRIVATE)
        response.set_status(status)
        return response
