"""Rounds in which people comment on a framework: the list, a new one, and one as it stands."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from aiohttp import web

from bot.campaigns.staffing import SENDERS
from bot.codesign.records import (
    LARGEST_SHARE,
    LONGEST_TITLE,
    SMALLEST_SHARE,
    USUAL_SHARE,
    RoundSheet,
    Stage,
)
from bot.pictures.canvas import Look
from bot.web.bodies import read_form
from bot.web.codesign_port import CODESIGN_ROLES
from bot.web.guards import MEMBER
from bot.web.qr import qr_code
from bot.web.site import Site
from bot.web.staff.codesign_form import Faults, Typed, read_days, read_round
from bot.web.staff.codesign_views import RoundView, stage_of, ways_in
from bot.web.staff.desk import cities_of
from bot.web.staff.navigation import draw
from bot.web.times import today_in
from bot.web.tokens import is_same
from content.frameworks import Framework

HOME = "/staff/codesign"
MOST_FIELDS = 100
USUAL_DAYS = 28
DONE = frozenset({"made", "ended", "moved", "told", "marked", "decided", "kept"})
INVITATION = "skills-list"
"""The shipped campaign that invites people to take part."""


class RoundPages:
    """Rounds of staff's own cities."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._desk = site.ports.desks.codesign

    async def list(self, request: web.Request) -> web.Response:
        """Show which rounds there are, the one that closes last first."""
        cities = own_cities(self._site, request)
        lines = [(one, stage_of(self._site, one.round)) for one in await self._desk.listed(cities)]
        values = {"lines": lines, "city_names": city_names(self._site, request)}
        return draw(self._site, request, "codesign.html", "codesign", values)

    async def new(self, request: web.Request) -> web.Response:
        """Show the form of a new round about the framework in `framework`."""
        city = self._city(request, request.query.get("city", ""))
        framework = self._framework(city, request.query.get("framework", ""))
        today = today_in(self._site.cities[city].zone, self._site.ports.clock())
        form = {
            "opens": today.isoformat(),
            "closes": (today + timedelta(days=USUAL_DAYS)).isoformat(),
            "share": str(USUAL_SHARE),
            **{f"area.{one.code}": "yes" for one in framework.areas},
        }
        return self._form(request, city, framework, form)

    async def make(self, request: web.Request) -> web.StreamResponse:
        """Make a round."""
        form = await checked_form(self._site, request)
        city = self._city(request, form.get("city", ""))
        framework = self._framework(city, form.get("framework", ""))
        today = today_in(self._site.cities[city].zone, self._site.ports.clock())
        others = [one.round for one in await self._desk.listed((city,))]
        new, faults = read_round(form, city, framework, today, others)
        if faults:
            return self._form(request, city, framework, form, faults)
        made = await self._desk.make(new, request[MEMBER].person)
        return see(f"{HOME}/{made.id}", "made")

    async def show(self, request: web.Request) -> web.Response:
        """Show one: its links, how far it is, and how evenly it is heard."""
        return self._one(request, await open_round(self._site, request))

    async def act(self, request: web.Request) -> web.StreamResponse:
        """Close it, move its days, or tell those who took part what came of it."""
        form = await checked_form(self._site, request)
        view = await open_round(self._site, request)
        cities, by = own_cities(self._site, request), request[MEMBER].person
        key, act = view.round.id, form.get("act", "")
        path = f"{HOME}/{key}"
        if act == "end":
            await self._desk.end(key, cities, by)
            return see(path, "ended")
        if act == "tell" and view.may_tell:
            count = await self._desk.tell(key, cities, by)
            return see(f"{path}/draft", "told", count)
        if act != "move":
            raise web.HTTPBadRequest
        today = today_in(self._site.cities[view.round.new.city].zone, self._site.ports.clock())
        days = read_days(form, today)
        if days.faults:
            return self._one(request, view, form, days.faults)
        await self._desk.move(key, cities, days.opens, days.closes, by)
        return see(path, "moved")

    def _form(
        self,
        request: web.Request,
        city: str,
        framework: Framework,
        form: dict[str, str],
        faults: Faults | None = None,
    ) -> web.Response:
        offered = self._site.ports.content().offered(city)
        values = {
            "city": city,
            "cities": own_cities(self._site, request),
            "city_names": city_names(self._site, request),
            "framework": framework,
            "frameworks": [*offered.values()],
            "form": Typed(form),
            "faults": faults or {},
            "longest": LONGEST_TITLE,
            "shares": range(SMALLEST_SHARE, LARGEST_SHARE + 1),
        }
        return draw(
            self._site,
            request,
            "codesign_new.html",
            "codesign_new",
            values,
            status=422 if faults else 200,
        )

    def _one(
        self,
        request: web.Request,
        view: RoundView,
        form: dict[str, str] | None = None,
        faults: Faults | None = None,
    ) -> web.Response:
        new, member = view.round.new, request[MEMBER]
        language = self._site.language(request, "codesign")
        say = self._site.words.short
        look = Look("en", self._site.cities[new.city].accent.light)
        values: dict[str, Any] = {
            **common(self._site, request, view),
            "ways_in": ways_in(self._site, view.round.token),
            "qr": qr_code,
            "city_name": self._site.cities[new.city].named(language),
            "can_send": member.may(SENDERS, new.city),
            "invitation": f"/staff/campaigns/new?city={new.city}&from={INVITATION}",
            "chart": view.heat_map(
                say("web.codesign.balance", language),
                say("web.codesign.balance_note", language),
                look,
            ),
            "form": Typed(form or _days(view)),
            "faults": faults or {},
            "is_over": view.stage is Stage.OVER,
        }
        return draw(
            self._site,
            request,
            "codesign_round.html",
            "codesign_round",
            values,
            title=new.title,
            status=422 if faults else 200,
        )

    def _city(self, request: web.Request, wanted: str) -> str:
        cities = own_cities(self._site, request)
        found = wanted or next(iter(cities), "")
        if found not in cities:
            raise web.HTTPNotFound
        return found

    def _framework(self, city: str, wanted: str) -> Framework:
        offered = self._site.ports.content().offered(city)
        found = offered.get(wanted) if wanted else next(iter(offered.values()), None)
        if found is None:
            raise web.HTTPNotFound
        return found


def _days(view: RoundView) -> dict[str, str]:
    new = view.round.new
    return {"opens": new.opens_on.isoformat(), "closes": new.closes_on.isoformat()}


def own_cities(site: Site, request: web.Request) -> tuple[str, ...]:
    """Return the cities whose rounds they may see."""
    return cities_of(site, request[MEMBER], CODESIGN_ROLES)


def city_names(site: Site, request: web.Request) -> dict[str, str]:
    """Return what cities are called."""
    language = site.language(request, "codesign")
    return {city.id: city.named(language) for city in site.cities.values()}


def common(site: Site, request: web.Request, view: RoundView) -> dict[str, Any]:
    """Return what every page of a round shows."""
    done, count = request.query.get("done", ""), request.query.get("count", "")
    return {
        "view": view,
        "home": f"{HOME}/{view.round.id}",
        "done": done if done in DONE else "",
        "count": int(count) if count.isascii() and count.isdecimal() and len(count) < 9 else 0,
        "area_names": {area.code: area.title for area in view.framework.areas},
        "site_today": today_in(site.cities[view.round.new.city].zone, site.ports.clock()),
    }


async def open_round(site: Site, request: web.Request) -> RoundView:
    """Return the round that an address names.

    Raises:
        HTTPNotFound: It is of another city, or its framework's version has gone.
    """
    key = request.match_info["round"]
    is_id = key.isascii() and key.replace("-", "").isalnum() and len(key) <= 64
    sheet: RoundSheet | None = None
    if is_id:
        sheet = await site.ports.desks.codesign.sheet(key, own_cities(site, request))
    if sheet is None or sheet.round.new.city not in site.cities:
        raise web.HTTPNotFound
    new = sheet.round.new
    framework = site.ports.content().framework_at(new.framework, new.version)
    if framework is None:
        raise web.HTTPNotFound
    return RoundView(site, sheet, framework)


async def checked_form(site: Site, request: web.Request) -> dict[str, str]:
    """Read a form of our own.

    Raises:
        HTTPForbidden: It is not one that we gave to this member.
    """
    form = await read_form(request, site.settings.body_seconds, MOST_FIELDS)
    if not is_same(form.get("csrf", ""), request[MEMBER].csrf):
        raise web.HTTPForbidden
    return form


def see(path: str, done: str, count: int | None = None, place: str = "") -> web.Response:
    """Lead on to a page that says what was done."""
    more = "" if count is None else f"&count={count}"
    return web.Response(status=303, headers={"Location": f"{path}?done={done}{more}{place}"})
