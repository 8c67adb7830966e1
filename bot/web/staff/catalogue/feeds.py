"""Feeds with how they go, the newest runs, and the form that tries a file."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web

from bot.courses.keeping.running import INTERVALS, MOST_UPLOADED
from bot.errors import ImportRefused, Refused
from bot.web.guards import MEMBER
from bot.web.site import Site
from bot.web.staff.catalogue.views import common, done_of, moment, own_cities
from bot.web.staff.classes import checked_form, see
from bot.web.staff.navigation import draw
from bot.web.staff.stepping import ask_again, is_fresh
from bot.web.tokens import is_same
from bot.web.uploads import read_upload
from content.words import TextValue

HOME = "/staff/catalogue/feeds"
RUNS = "/staff/catalogue/runs"
DONE = ("pause", "resume", "remove", "interval")
LONGEST_NAME, LONGEST_ADDRESS = 120, 500
UPLOAD_SECONDS = 60


class FeedPages:
    """Feeds and files of staff's own cities; others do not exist here."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._desk = site.ports.keeping.imports

    async def list(self, request: web.Request) -> web.Response:
        """List feeds and runs, with forms for a new feed and for a file."""
        return await self._page(request)

    async def add(self, request: web.Request) -> web.StreamResponse:
        """Add a feed and import it."""
        form = await checked_form(self._site, request)
        city = self._city(request, form.get("city", ""))
        hours = form.get("hours", "")
        if hours not in map(str, INTERVALS):
            raise web.HTTPBadRequest
        provider = form.get("provider", "")[:LONGEST_NAME]
        address = form.get("address", "")[:LONGEST_ADDRESS]
        try:
            run = await self._desk.add_feed(
                city, provider, address, int(hours), request[MEMBER].person
            )
        except (Refused, ImportRefused) as refused:
            return await self._page(request, why=_said(refused), form=form, part="feed")
        return see(f"{RUNS}/{run}")

    async def act(self, request: web.Request) -> web.StreamResponse:
        """Import a feed now, pause or resume it, look at it more or less often, or remove it."""
        form = await checked_form(self._site, request)
        feed, cities, by = (
            await self._feed(request),
            own_cities(self._site, request),
            request[MEMBER],
        )
        act = form.get("act", "")
        if act == "import":
            try:
                run = await self._desk.import_now(feed, cities, by.person)
            except Refused as refused:
                return await self._page(request, why=_said(refused), part="feeds")
            if run is None:
                raise web.HTTPNotFound
            return see(f"{RUNS}/{run}")
        if act == "interval":
            act = form.get("hours", "")
        if act not in ("pause", "resume", "remove", *map(str, INTERVALS)):
            raise web.HTTPBadRequest
        if act == "remove" and not is_fresh(self._site, request):
            return ask_again(self._site, request, back=HOME)
        if not await self._desk.change_feed(feed, cities, act, by.person):
            raise web.HTTPNotFound
        return see(f"{HOME}?done={'interval' if act.isdecimal() else act}")

    async def try_file(self, request: web.Request) -> web.StreamResponse:
        """Keep a file and find out what importing it would change."""
        upload = await read_upload(request, UPLOAD_SECONDS, MOST_UPLOADED, ("file", "venues"))
        form = upload.fields
        if not is_same(form.get("csrf", ""), request[MEMBER].csrf):
            raise web.HTTPForbidden
        city = self._city(request, form.get("city", ""))
        file = upload.files.get("file")
        if file is None:
            why = TextValue("web.feeds.no_file")
            return await self._page(request, why=why, form=form, part="file")
        provider = form.get("provider", "")[:LONGEST_NAME]
        try:
            run = await self._desk.try_file(
                city, provider, file, upload.files.get("venues"), request[MEMBER].person
            )
        except Refused as refused:
            return await self._page(request, why=_said(refused), form=form, part="file")
        return see(f"{RUNS}/{run}")

    def _city(self, request: web.Request, city: str) -> str:
        if city not in own_cities(self._site, request):
            raise web.HTTPNotFound
        return city

    async def _feed(self, request: web.Request) -> str:
        feed = request.match_info["feed"]
        lines = await self._desk.feeds(own_cities(self._site, request))
        if feed not in {one.id for one in lines}:
            raise web.HTTPNotFound
        return feed

    async def _page(
        self,
        request: web.Request,
        *,
        why: TextValue | None = None,
        form: Mapping[str, str] | None = None,
        part: str = "",
    ) -> web.Response:
        cities, before = own_cities(self._site, request), moment(request, "before")
        lines = await self._desk.feeds(cities)
        known = await self._site.ports.keeping.providers.listed(cities)
        return draw(
            self._site,
            request,
            "feeds.html",
            "feeds",
            {
                **await common(self._site, request, "feeds"),
                "feeds": lines,
                "runs": await self._desk.runs(cities, before),
                "before": before,
                "names": sorted({one.known.name for one in known}),
                "intervals": INTERVALS,
                "most_megabytes": MOST_UPLOADED // (1024 * 1024),
                "why": why,
                "part": part,
                "typed": form or {},
                "done": "" if why else done_of(request, DONE),
            },
            status=422 if why else 200,
        )


def _said(refused: Refused | ImportRefused) -> TextValue:
    values = refused.values if isinstance(refused, ImportRefused) else {}
    return TextValue(refused.text_id, values)
