"""Who has which role: inviting people, and taking roles back."""

from __future__ import annotations

import re
from collections.abc import Mapping

from aiohttp import web

from bot.errors import Refused
from bot.people import EVERY_CITY, STAFF, Role
from bot.web.guards import MEMBER
from bot.web.roster_port import ROSTER_ROLES
from bot.web.site import Site
from bot.web.staff.classes import checked_form, see
from bot.web.staff.desk import cities_of
from bot.web.staff.navigation import draw

INVITED = (Role.PROVIDER, Role.EMPLOYER, *sorted(STAFF))
LONGEST_NAME = 120
_KEY = re.compile(r"[0-9a-f]{64}\Z")


class PeoplePages:
    """The roles of an admin's own cities, and of no other."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def show(self, request: web.Request) -> web.Response:
        """Show who has which role, and a form to invite somebody."""
        return await self._draw(request)

    async def act(self, request: web.Request) -> web.StreamResponse:
        """Take a role back, or invite somebody."""
        form = await checked_form(self._site, request)
        act = form.get("act", "")
        if act == "revoke":
            key, by = form.get("key", ""), request[MEMBER].person
            roster = self._site.ports.roster
            if not (_KEY.match(key) and await roster.revoke(key, self._cities(request), by)):
                raise web.HTTPNotFound
            return see("/staff/people?done=revoked")
        if act == "invite":
            return await self._invite(request, form)
        raise web.HTTPBadRequest

    async def _invite(self, request: web.Request, form: Mapping[str, str]) -> web.Response:
        role, city = form.get("role", ""), form.get("city", "")
        if role not in INVITED or city not in self._cities(request):
            raise web.HTTPBadRequest
        provider = form.get("provider", "").strip()[:LONGEST_NAME]
        by = request[MEMBER].person
        try:
            token = await self._site.ports.roster.invite(Role(role), city, provider, by)
        except Refused as refused:
            return await self._draw(request, problem=refused.text_id, given=form)
        return await self._draw(request, links=self._ways(token))

    async def _draw(
        self,
        request: web.Request,
        *,
        problem: str = "",
        links: Mapping[str, str] | None = None,
        given: Mapping[str, str] | None = None,
    ) -> web.Response:
        cities, by = self._cities(request), request[MEMBER].person
        language = self._site.language(request, "people")
        names = {key: self._site.cities[key].named(language) for key in cities if key}
        return draw(
            self._site,
            request,
            "people.html",
            "people",
            {
                "held": await self._site.ports.roster.held(cities, by),
                "city_names": names,
                "reaches_all": EVERY_CITY in cities,
                "roles": [str(role) for role in INVITED],
                "problem": problem,
                "links": links or {},
                "given": given or {},
                "is_done": request.query.get("done") == "revoked" and not (problem or links),
            },
            status=422 if problem else 200,
        )

    def _ways(self, token: str) -> dict[str, str]:
        found = {"web": f"{self._site.settings.public_url}/?start=invite_{token}"}
        if username := self._site.ports.telegram_username():
            found["telegram"] = f"https://t.me/{username}?start=invite_{token}"
        return found

    def _cities(self, request: web.Request) -> tuple[str, ...]:
        member = request[MEMBER]
        every = (EVERY_CITY,) if member.may(ROSTER_ROLES, EVERY_CITY) else ()
        return (*cities_of(self._site, member, ROSTER_ROLES), *every)
