"""Campaigns that cities share with each other: what came of them, and taking one over."""

from __future__ import annotations

from typing import Final

from aiohttp import web

from bot.campaigns.records import Plan
from bot.campaigns.schedule import Schedule
from bot.campaigns.sharing import COUNTED, Shared
from bot.errors import NotFound, Refused
from bot.web.site import Site
from bot.web.staff.campaign_views import Preview, previews
from bot.web.staff.campaigns import HOME
from bot.web.staff.navigation import draw
from bot.web.staff.senders import checked, see, sender_of, sending_cities

SHARED: Final = f"{HOME}/shared"


class SharedPages:
    """What any city's staff may see; a draft is made in cities of one's own alone."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._desk = site.ports.desks.network

    async def show(self, request: web.Request) -> web.Response:
        """Show the shared campaigns, each with its words and what came of it."""
        return await self._shown(request)

    async def act(self, request: web.Request) -> web.StreamResponse:
        """Take one over into a city of one's own, as a draft."""
        form = await checked(self._site, request)
        city, key = form.get("city", ""), form.get("campaign", "")
        if form.get("act") != "take_over":
            raise web.HTTPBadRequest
        if city not in sending_cities(self._site, request):
            raise web.HTTPNotFound
        try:
            made = await self._desk.take_over(sender_of(request), key, city)
        except NotFound:
            return await self._shown(request, "web.shared.gone")
        except Refused as refusal:
            return await self._shown(request, refusal.text_id)
        return see(f"{HOME}/{made.id}", "taken_over")

    async def _shown(self, request: web.Request, refused: str = "") -> web.Response:
        own = sending_cities(self._site, request)
        found = [one for one in await self._desk.shared() if one.city in self._site.cities]
        values = {
            "is_wide": True,
            "shared": found,
            "own": [(key, self._site.cities[key].named("en")) for key in own],
            "city_names": {key: one.named("en") for key, one in self._site.cities.items()},
            "previews": {one.campaign: self._previews(one) for one in found},
            "counted": COUNTED,
            "refused": refused,
        }
        status = 422 if refused else 200
        title = self._site.words.short("web.shared.title", "en")
        return draw(
            self._site, request, "campaigns_shared.html", "campaigns", values, title=title,
            status=status,
        )  # fmt: skip

    def _previews(self, one: Shared) -> list[Preview]:
        plan = Plan("campaign", one.topic, one.content, "everyone", Schedule())
        return previews(self._site, one.city, plan)
