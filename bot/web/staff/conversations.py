"""Conversations: where people stop, what was not understood, and what failed."""

from __future__ import annotations

import asyncio
import re
from datetime import date, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.insights.stops import Fault, FaultState, as_reference
from bot.pictures.canvas import Look
from bot.web.bodies import read_form
from bot.web.fault_port import CONVERSATION_ROLES, MENDER_ROLES
from bot.web.guards import MEMBER
from bot.web.site import Site
from bot.web.staff.conversation_views import Conversations, FlowRow, flow_name
from bot.web.staff.desk import cities_of, cities_or_none
from bot.web.staff.navigation import draw
from bot.web.staff.support import about
from bot.web.tokens import is_same
from content.schema import City

HOME: Final = "/staff/conversations"
SPANS: Final = (4, 13, 52)
"""Weeks that the page may look back on."""
MARKS: Final = {"seen": FaultState.SEEN, "mended": FaultState.MENDED, "open": FaultState.NEW}
LONGEST: Final = 40
_FAULT = re.compile(r"[0-9a-f]{22}\Z")


class ConversationPages:
    """Conversations of staff's own cities, and of no other."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def show(self, request: web.Request) -> web.Response:
        """Show faults, where people stop, and what was not understood."""
        city, span = self._city(request), _span(request)
        language = self._site.language(request, "conversations")
        typed = request.query.get("reference", "").strip()[:LONGEST]
        reference = as_reference(typed)
        releases = await self._site.ports.figures.releases(city.id, self._since(city, span))
        told = Conversations(releases, self._said(language), Look(language, city.accent.light))
        # Drawing a year takes a while: nobody in the chat shall wait for it.
        values = await asyncio.to_thread(_drawn, told, request.query.get("flow", ""))
        desk, own = self._site.ports.desks.faults, self._cities(request)
        done = request.query.get("done", "")
        values |= {
            "city": city,
            "cities": self._named(request, language),
            "span": span,
            "spans": SPANS,
            "faults": await desk.listed(own),
            "named": self._namer(language),
            "about": about,
            "flow_name": flow_name,
            "step_name": told.step_name,
            "mends": self._mends(request),
            "typed": typed,
            "reference": reference,
            "found": await desk.find(reference, own) if reference else None,
            "done": done if done in MARKS else "",
        }
        return draw(self._site, request, "conversations.html", "conversations", values)

    async def mark(self, request: web.Request) -> web.StreamResponse:
        """Say what became of a fault."""
        form = await read_form(request, self._site.settings.body_seconds)
        member = request[MEMBER]
        if not is_same(form.get("csrf", ""), member.csrf):
            raise web.HTTPForbidden
        fault, act = request.match_info["fault"], form.get("act", "")
        if act not in MARKS:
            raise web.HTTPBadRequest
        cities = cities_or_none(self._site, member, MENDER_ROLES)
        desk = self._site.ports.desks.faults
        if not (_FAULT.match(fault) and await desk.mark(fault, cities, MARKS[act], member.person)):
            raise web.HTTPNotFound
        return web.Response(status=303, headers={"Location": f"{HOME}?done={act}#faults"})

    def _city(self, request: web.Request) -> City:
        """Return the city that is asked for; the first of the member's own by default."""
        cities = cities_of(self._site, request[MEMBER], CONVERSATION_ROLES)
        wanted = request.query.get("city", cities[0] if cities else "")
        if wanted not in cities:
            raise web.HTTPNotFound
        return self._site.cities[wanted]

    def _cities(self, request: web.Request) -> tuple[str, ...]:
        return cities_or_none(self._site, request[MEMBER], CONVERSATION_ROLES)

    def _mends(self, request: web.Request) -> Any:
        cities = cities_or_none(self._site, request[MEMBER], MENDER_ROLES)

        def may(fault: Fault) -> bool:
            return fault.city in cities

        return may

    def _named(self, request: web.Request, language: str) -> list[tuple[str, str]]:
        cities = cities_of(self._site, request[MEMBER], CONVERSATION_ROLES)
        return [(key, self._site.cities[key].named(language)) for key in cities]

    def _namer(self, language: str) -> Any:
        def name(city: str) -> str:
            found = self._site.cities.get(city)
            none = self._site.words.short("web.support.no_city", language)
            return found.named(language) if found else none

        return name

    def _said(self, language: str) -> Any:
        return lambda text_id, **values: self._site.words.short(text_id, language, **values)

    def _since(self, city: City, weeks: int) -> date:
        today = self._site.ports.clock().astimezone(ZoneInfo(city.zone)).date()
        return today - timedelta(weeks=weeks, days=today.weekday())


def _span(request: web.Request) -> int:
    asked = request.query.get("weeks", "")
    return int(asked) if asked in map(str, SPANS) else SPANS[1]


def _drawn(told: Conversations, wanted: str) -> dict[str, Any]:
    flows = told.flows()
    chosen = next((one for one in flows if one.key == wanted), flows[0] if flows else None)
    return {
        "weeks_told": told.weeks,
        "flows": flows,
        "chosen": chosen,
        "charts": _charts(told, chosen),
        "unread": told.unread(),
    }


def _charts(told: Conversations, chosen: FlowRow | None) -> list[Any]:
    if chosen is None:
        return []
    found = (told.steps(chosen.key), told.over_time(chosen.key))
    return [one for one in found if one is not None]
