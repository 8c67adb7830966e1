"""Complaints: what waits and until when, what was said, the answer that goes into the chat."""

from __future__ import annotations

import re

from aiohttp import web

from bot.people.complaints import LONGEST_WORDS, SOON, Complaint, Outcome, State
from bot.web.bodies import read_form
from bot.web.complaint_port import COMPLAINT_ROLES
from bot.web.guards import MEMBER
from bot.web.site import Site
from bot.web.staff.desk import cities_or_none
from bot.web.staff.navigation import draw
from bot.web.tokens import is_same

ANSWER = "answer"
DONE = frozenset({"answered", "decided"})
_REFERENCE = re.compile(r"C-[2-9A-Z]{6}\Z")


class ComplaintPages:
    """Complaints of staff's own cities."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def show(self, request: web.Request) -> web.Response:
        """Show what waits, the oldest first, and what ended."""
        listed = await self._site.ports.desks.complaints.listed(self._cities(request))
        language = self._site.language(request, "complaints")
        names = {city.id: city.named(language) for city in self._site.cities.values()}
        values = {"listed": listed, "clock": self._clock, "city_names": names}
        return draw(self._site, request, "complaints.html", "complaints", values)

    async def one(self, request: web.Request) -> web.Response:
        """Show what was said, and the form that answers."""
        done = request.query.get("done", "")
        return self._page(request, await self._found(request), done=done if done in DONE else "")

    async def act(self, request: web.Request) -> web.StreamResponse:
        """Send an answer, with or without an outcome."""
        form = await read_form(request, self._site.settings.body_seconds)
        member = request[MEMBER]
        if not is_same(form.get("csrf", ""), member.csrf):
            raise web.HTTPForbidden
        found = await self._found(request)
        words, kind = form.get("words", "").strip(), form.get("kind", "")
        problem = _problem(words, kind)
        if problem:
            return self._page(request, found, problem=problem, words=words, kind=kind)
        outcome = None if kind == ANSWER else Outcome(kind)
        cities = self._cities(request)
        desk = self._site.ports.desks.complaints
        if not await desk.answer(found.reference, cities, words, outcome, member.person):
            raise web.HTTPNotFound
        done = "decided" if outcome else "answered"
        location = f"/staff/complaints/{found.reference}?done={done}"
        return web.Response(status=303, headers={"Location": location})

    async def _found(self, request: web.Request) -> Complaint:
        reference = request.match_info["complaint"]
        found = None
        if _REFERENCE.match(reference):
            found = await self._site.ports.desks.complaints.find(
                reference, self._cities(request), request[MEMBER].person
            )
        if found is None:
            raise web.HTTPNotFound
        return found

    def _page(
        self,
        request: web.Request,
        found: Complaint,
        *,
        done: str = "",
        problem: str = "",
        words: str = "",
        kind: str = "",
    ) -> web.Response:
        title = self._site.words.short(
            "web.complaints.one", self._site.language(request, "complaints"), name=found.reference
        )
        values = {
            "one": found,
            "is_open": found.state is State.OPEN,
            "clock": self._clock,
            "done": done,
            "problem": problem,
            "words": words,
            "kind": kind,
            "kinds": [ANSWER, *(str(one) for one in Outcome)],
            "longest": LONGEST_WORDS,
        }
        status = 422 if problem else 200
        return draw(
            self._site,
            request,
            "complaint.html",
            "complaints",
            values,
            title=title,
            status=status,
        )

    def _cities(self, request: web.Request) -> tuple[str, ...]:
        return cities_or_none(self._site, request[MEMBER], COMPLAINT_ROLES)

    def _clock(self, one: Complaint) -> tuple[str, int]:
        """Return "late", "soon" or "due" with the days that it is about."""
        left = one.days_left(self._site.ports.clock())
        if left < 0:
            return "late", -left
        return ("soon" if left < SOON.days else "due"), left


def _problem(words: str, kind: str) -> str:
    if not words:
        return "words"
    if len(words) > LONGEST_WORDS:
        return "long"
    return "" if kind in {ANSWER, *Outcome} else "kind"
