"""Helping one person: found by the reference that they read out, never listed."""

from __future__ import annotations

from collections.abc import Mapping

import orjson
from aiohttp import web

from bot.people.support import ERASED_AFTER, Asked, SupportCase, heard, spoken
from bot.web.bodies import read_form
from bot.web.guards import MEMBER
from bot.web.ports import StaffMember
from bot.web.site import Site
from bot.web.staff.desk import cities_or_none
from bot.web.staff.navigation import draw
from bot.web.support_port import SUPPORT_ROLES
from bot.web.tokens import is_same

FEWEST = 5
STEP = 5
HOURS = int(ERASED_AFTER.total_seconds()) // 3600
ACTS = frozenset({"export", "erase", "keep"})


class SupportPages:
    """People of staff's own cities; those without a city for whoever has every city."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def show(self, request: web.Request) -> web.StreamResponse:
        """Show how many people there are, and ask for a reference."""
        typed = request.query.get("reference", "").strip()[:40]
        letters = heard(typed)
        if letters:
            raise web.HTTPSeeOther(f"/staff/support/{spoken(letters)}")
        return await self._asked(request, typed, "reference" if typed else "")

    async def _asked(
        self, request: web.Request, typed: str, problem: str, status: int = 422
    ) -> web.Response:
        counts = await self._site.ports.desks.support.counts(self._cities(request))
        rows = [
            (self._named(request, one.city), about(one.people), about(one.lately)) for one in counts
        ]
        values = {"counts": rows, "typed": typed, "problem": problem}
        return self._draw(request, "support.html", values, status=status if problem else 200)

    async def person(self, request: web.Request) -> web.Response:
        """Show what is held about somebody, as counts; or ask again where nobody is found."""
        done = request.query.get("done", "")
        try:
            case = await self._case(request)
        except web.HTTPNotFound:
            typed = request.match_info["reference"][:40]
            return await self._asked(request, typed, "nobody", status=404)
        values = {"case": case, "done": done if done in ACTS else ""}
        return self._draw(request, "support_case.html", values)

    async def ask(self, request: web.Request) -> web.Response:
        """Show the forms that hand everything over or erase it."""
        return self._forms(request, await self._case(request))

    async def act(self, request: web.Request) -> web.StreamResponse:
        """Hand over, erase, or call an erasure off."""
        form = await read_form(request, self._site.settings.body_seconds)
        member = request[MEMBER]
        if not is_same(form.get("csrf", ""), member.csrf):
            raise web.HTTPForbidden
        case = await self._case(request)
        act, how = form.get("act", ""), form.get("how", "")
        if act == "keep":
            return await self._keep(request, case, member)
        if act not in ACTS:
            raise web.HTTPBadRequest
        problem = _problem(act, form, case)
        if problem:
            return self._forms(request, case, act, problem, how)
        asked = Asked(how)
        if act == "export":
            return await self._export(request, case, asked, member)
        desk = self._site.ports.desks.support
        if not await desk.erase(case.reference, self._cities(request), asked, member.person):
            raise web.HTTPNotFound
        return _back(case, "erase")

    async def _keep(
        self, request: web.Request, case: SupportCase, member: StaffMember
    ) -> web.StreamResponse:
        desk = self._site.ports.desks.support
        if not await desk.keep(case.reference, self._cities(request), member.person):
            raise web.HTTPNotFound
        return _back(case, "keep")

    async def _export(
        self, request: web.Request, case: SupportCase, asked: Asked, member: StaffMember
    ) -> web.StreamResponse:
        held = await self._site.ports.desks.support.export(
            case.reference, self._cities(request), asked, member.person
        )
        if held is None:
            raise web.HTTPNotFound
        headers = {
            "Cache-Control": "private, no-store",
            "Content-Disposition": f'attachment; filename="person-{case.reference}.json"',
        }
        body = orjson.dumps(held, option=orjson.OPT_INDENT_2)
        return web.Response(body=body, content_type="application/json", headers=headers)

    async def _case(self, request: web.Request) -> SupportCase:
        letters = heard(request.match_info["reference"])
        member = request[MEMBER]
        case = (
            await self._site.ports.desks.support.find(letters, self._cities(request), member.person)
            if letters
            else None
        )
        if case is None:
            raise web.HTTPNotFound
        return case

    def _forms(
        self,
        request: web.Request,
        case: SupportCase,
        act: str = "",
        problem: str = "",
        how: str = "",
    ) -> web.Response:
        values = {
            "case": case,
            "act": act,
            "problem": problem,
            "how": how,
            "askings": [str(one) for one in Asked],
            "hours": HOURS,
        }
        status = 422 if problem else 200
        return self._draw(request, "support_act.html", values, status=status)

    def _draw(
        self, request: web.Request, template: str, values: Mapping[str, object], status: int = 200
    ) -> web.Response:
        shared = {"city_name": lambda city: self._named(request, city)}
        return draw(self._site, request, template, "support", {**shared, **values}, status=status)

    def _named(self, request: web.Request, city: str) -> str:
        language = self._site.language(request, "support")
        found = self._site.cities.get(city)
        return (
            found.named(language)
            if found
            else self._site.words.short("web.support.no_city", language)
        )

    def _cities(self, request: web.Request) -> tuple[str, ...]:
        return cities_or_none(self._site, request[MEMBER], SUPPORT_ROLES)


def about(count: int) -> str:
    """Return a number of people that tells of nobody: rounded down, and none below five."""
    return f"<{FEWEST}" if count < FEWEST else f"{count - count % STEP:,}"


def _problem(act: str, form: dict[str, str], case: SupportCase) -> str:
    """Return what is missing in a form; empty where nothing is."""
    if form.get("how", "") not in list(Asked):
        return "how"
    if form.get("sure", "") != "yes":
        return "sure"
    if act == "erase" and heard(form.get("reference", "")) != heard(case.reference):
        return "again"
    return "has_role" if act == "erase" and case.has_role else ""


def _back(case: SupportCase, done: str) -> web.Response:
    location = f"/staff/support/{case.reference}?done={done}"
    return web.Response(status=303, headers={"Location": location})
