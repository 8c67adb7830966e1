"""Reported listings: what waits, the oldest first, and what is done about it."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web

from bot.courses.keeping.records import LONGEST_ANSWER, OUTCOMES
from bot.courses.keeping.reporting import REASONS
from bot.courses.keeping.seeing import KeptListing, Report
from bot.people import organisation_key
from bot.web.guards import MEMBER
from bot.web.site import Site
from bot.web.staff.catalogue.views import common, done_of, own_cities, page_number
from bot.web.staff.classes import checked_form, see
from bot.web.staff.navigation import draw
from bot.web.tokens import is_secret

HOME = "/staff/catalogue/reports"
DONE = ("closed", "told")


class ReportPages:
    """Reports on listings of staff's own cities; others do not exist here."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._desk = site.ports.keeping.reports

    async def list(self, request: web.Request) -> web.Response:
        """List what waits."""
        page = page_number(request)
        found = await self._desk.waiting(own_cities(self._site, request), page)
        return draw(
            self._site,
            request,
            "reports.html",
            "reports",
            {
                **await common(self._site, request, "reports"),
                "found": found,
                "page_number": page,
                "clock": self._clock,
                "reasons": REASONS,
                "done": done_of(request, DONE),
            },
        )

    async def show(self, request: web.Request) -> web.Response:
        """Show one report with the listing, and what can be done."""
        return await self._page(request, await self._found(request))

    async def act(self, request: web.Request) -> web.StreamResponse:
        """Tell the provider, or close it."""
        form = await checked_form(self._site, request)
        report = await self._found(request)
        words, act = form.get("words", "").strip(), form.get("act", "")
        if act not in ("tell", "close"):
            raise web.HTTPBadRequest
        outcome = form.get("outcome", "")
        problem = _problem(act, words, outcome)
        if problem:
            return await self._page(request, report, problem=problem, form=form)
        cities, by = own_cities(self._site, request), request[MEMBER].person
        if act == "tell":
            count = await self._desk.tell_provider(report.id, cities, words, by)
            if not count:
                return await self._page(request, report, problem="nobody", form=form)
            return see(f"{HOME}/{report.id}?done=told")
        takes_all = form.get("all") == "yes"
        if not await self._desk.settle(report.id, cities, outcome, words, by, takes_all=takes_all):
            raise web.HTTPNotFound
        return see(f"{HOME}?done=closed")

    async def _found(self, request: web.Request) -> Report:
        report = request.match_info["report"]
        found = None
        if is_secret(report):
            found = await self._desk.find(report, own_cities(self._site, request))
        if found is None:
            raise web.HTTPNotFound
        return found

    async def _page(
        self,
        request: web.Request,
        report: Report,
        *,
        problem: str = "",
        form: Mapping[str, str] | None = None,
    ) -> web.Response:
        cities = own_cities(self._site, request)
        listing = await self._site.ports.keeping.listings.find(report.course, cities)
        key = organisation_key(report.provider)
        provider = await self._site.ports.keeping.providers.find(report.city, key)
        return draw(
            self._site,
            request,
            "report.html",
            "reports",
            {
                **await common(self._site, request, "reports"),
                "report": report,
                "listing": listing,
                "others": _others(report, listing),
                "provider": provider,
                "clock": self._clock(report),
                "reasons": REASONS,
                "outcomes": OUTCOMES,
                "longest": LONGEST_ANSWER,
                "problem": problem,
                "typed": form or {},
                "done": "" if problem else done_of(request, DONE),
            },
            title=report.title,
            status=422 if problem else 200,
        )

    def _clock(self, report: Report) -> tuple[str, int]:
        """Return "late" or "due" with the days that it is about."""
        left = report.days_left(self._site.ports.clock())
        return ("late", -left) if left < 0 else ("due", left)


def _others(report: Report, listing: KeptListing | None) -> list[Report]:
    waiting = listing.reports if listing else ()
    return [one for one in waiting if one.id != report.id]


def _problem(act: str, words: str, outcome: str) -> str:
    if len(words) > LONGEST_ANSWER:
        return "long"
    if act == "tell":
        return "" if words else "words"
    return "" if outcome in OUTCOMES else "outcome"
