"""Whom a provider's courses reach: numbers alone."""

from __future__ import annotations

from aiohttp import web

from bot.courses.offers import OFFERING
from bot.courses.offers.reaching import told_count
from bot.web.guards import MEMBER
from bot.web.site import Site
from bot.web.staff.desk import cities_of
from bot.web.staff.navigation import draw
from bot.web.staff.offer_views import teacher_of


class ReachPages:
    """What somebody sees of the courses of their own organisations."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def show(self, request: web.Request) -> web.Response:
        """Show how often each course is looked at, saved, and gave badges."""
        member = request[MEMBER]
        cities = cities_of(self._site, member, OFFERING)
        rows, wishes = await self._site.ports.offers.reach(teacher_of(member), cities)
        return draw(
            self._site,
            request,
            "reach.html",
            "reach",
            {"is_wide": True, "rows": rows, "wishes": wishes, "told": told_count},
        )
