"""Saying on a course's page that something is wrong with it, without a chat and without a name."""

from __future__ import annotations

import re

from aiohttp import web

from bot.courses.keeping.reporting import MOST_WORDS, REASONS
from bot.web.bodies import read_form
from bot.web.chat.address import address_of, cookie_of
from bot.web.ports import Listing
from bot.web.rendering import Page
from bot.web.site import Site

_COURSE_ID = re.compile(r"[A-Za-z0-9._-]{1,100}\Z")


class WrongPages:
    """The form of one course, and what became of it."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def show(self, request: web.Request) -> web.Response:
        """Show the form."""
        return await self._page(request, await self._listing(request))

    async def send(self, request: web.Request) -> web.StreamResponse:
        """Take a report; it says nothing of who sent it, unless they want to be told."""
        form = await read_form(request, self._site.settings.body_seconds)
        listing = await self._listing(request)
        reason, words = form.get("reason", ""), form.get("words", "").strip()[:MOST_WORDS]
        if reason not in REASONS or (reason == "other" and not words):
            return await self._page(request, listing, problem=reason or "none", words=words)
        chat = await self._chat(request)
        outcome = await self._site.ports.keeping.reports.take(
            chat, listing.course.id, reason, words, wants_answer=form.get("told") == "yes"
        )
        return await self._page(request, listing, outcome=outcome)

    async def _chat(self, request: web.Request) -> str:
        """Return the address of the reader's chat; empty where there is none."""
        cookie = cookie_of(request, self._site)
        address = address_of(cookie) if cookie else ""
        held = await self._site.ports.chats.transcript(address, limit=1) if address else None
        return address if held is not None else ""

    async def _listing(self, request: web.Request) -> Listing:
        course = request.match_info["course"]
        found = None
        if _COURSE_ID.match(course):
            found = await self._site.ports.catalogue.course(course)
        if found is None or found.is_withdrawn:
            raise web.HTTPNotFound
        return found

    async def _page(
        self,
        request: web.Request,
        listing: Listing,
        *,
        problem: str = "",
        words: str = "",
        outcome: str = "",
    ) -> web.Response:
        course, language = listing.course, self._site.language(request, "course")
        page = Page(
            title=self._site.words.short("course.wrong_page", language),
            language=language,
            path=f"/courses/{course.id}/wrong",
            city=self._site.cities.get(course.city),
            is_indexed=False,
            languages=self._site.languages("course"),
            section="course",
            values={
                "course": course,
                "reasons": REASONS,
                "has_chat": bool(await self._chat(request)),
                "most": MOST_WORDS,
                "problem": problem,
                "words": words,
                "outcome": outcome,
            },
        )
        return self._site.renderer.page("course_wrong.html", page, status=422 if problem else 200)
