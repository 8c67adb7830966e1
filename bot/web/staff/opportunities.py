"""Opportunities for staff: what waits, what runs, what was reported; approve, send back, stop."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from aiohttp import web

from bot.errors import Refused
from bot.talent.records import LONGEST_REASON
from bot.talent.reports import Outcome
from bot.talent.staffing import ACTS, Act, Decision, Examined
from bot.talent.wording import lines
from bot.web.bodies import read_form
from bot.web.guards import MEMBER
from bot.web.routes import Route, StaffOnly
from bot.web.site import Site
from bot.web.staff.desk import cities_of
from bot.web.staff.navigation import draw
from bot.web.talent_port import TALENT_ROLES
from bot.web.tokens import is_same

PATH = "/staff/opportunities"
_KEY = re.compile(r"[0-9a-z]{1,64}\Z")


def opportunity_routes(site: Site) -> Iterator[Route]:
    """Declare the addresses."""
    pages, access = OpportunityPages(site), StaffOnly(TALENT_ROLES)
    yield Route("GET", PATH, pages.show, access)
    yield Route("GET", PATH + "/{opportunity}", pages.one, access)
    yield Route("POST", PATH + "/{opportunity}", pages.act, access, rate="acts")


class OpportunityPages:
    """Opportunities of staff's own cities."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def show(self, request: web.Request) -> web.Response:
        """Show what waits, the longest waiting first, what was reported, runs and is over."""
        board = await self._site.ports.desks.opportunities.board(self._cities(request))
        language = self._site.language(request, "talent")
        names = {city.id: city.named(language) for city in self._site.cities.values()}
        values = {"board": board, "city_names": names, "now": self._site.ports.clock()}
        return draw(self._site, request, "opportunities.html", "talent", values)

    async def one(self, request: web.Request) -> web.Response:
        """Show one, with what to look at before deciding."""
        done = request.query.get("done", "")
        return self._page(request, await self._found(request), done=done if done in ACTS else "")

    async def act(self, request: web.Request) -> web.StreamResponse:
        """Do what was decided, and say so."""
        form = await read_form(request, self._site.settings.body_seconds)
        if not is_same(form.get("csrf", ""), request[MEMBER].csrf):
            raise web.HTTPForbidden
        found = await self._found(request)
        act = next((one for one in ACTS if one == form.get("act", "")), None)
        if act is None:
            raise web.HTTPBadRequest
        if act == "approve" and not all(form.get(f"check.{one}") for one in found.checks):
            return self._page(request, found, "web.talent.problem.checks", form)
        return await self._decide(request, found, _decision(act, form), form)

    async def _decide(
        self,
        request: web.Request,
        found: Examined,
        decision: Decision,
        form: Mapping[str, str],
    ) -> web.StreamResponse:
        key, desk = found.opportunity.id, self._site.ports.desks.opportunities
        try:
            by = request[MEMBER].person
            is_done = await desk.decide(key, self._cities(request), decision, by)
        except Refused as refused:
            return self._page(request, found, refused.text_id, form)
        if not is_done:
            raise web.HTTPNotFound
        location = f"{PATH}/{key}?done={decision.act}"
        return web.Response(status=303, headers={"Location": location})

    async def _found(self, request: web.Request) -> Examined:
        key, found = request.match_info["opportunity"], None
        if _KEY.match(key):
            found = await self._site.ports.desks.opportunities.examine(
                key, self._cities(request), request[MEMBER].person
            )
        if found is None:
            raise web.HTTPNotFound
        return found

    def _page(
        self,
        request: web.Request,
        found: Examined,
        problem: str = "",
        typed: Mapping[str, str] | None = None,
        *,
        done: str = "",
    ) -> web.Response:
        one = found.opportunity
        values = {
            "found": found,
            "one": one,
            "lines": lines(one.draft),
            "before": lines(one.live) if one.live else {},
            "outcomes": list(Outcome),
            "now": self._site.ports.clock(),
            "problem": problem,
            "typed": typed or {},
            "done": done,
            "longest": LONGEST_REASON,
        }
        return draw(
            self._site,
            request,
            "opportunity.html",
            "talent",
            values,
            title=one.draft.title,
            status=422 if problem else 200,
        )

    def _cities(self, request: web.Request) -> tuple[str, ...]:
        return cities_of(self._site, request[MEMBER], TALENT_ROLES)


def _decision(act: Act, form: Mapping[str, str]) -> Decision:
    outcome = next((one for one in Outcome if one.value == form.get("outcome", "")), None)
    return Decision(
        act=act,
        number=_number(form.get("number", "")),
        change=_number(form.get("change", "")),
        reason=form.get("reason", ""),
        reference=form.get("reference", "")[:20],
        outcome=outcome,
    )


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0
