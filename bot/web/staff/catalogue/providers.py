"""Providers: their courses, where these come from, how to reach them; two spellings made one."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web

from bot.courses.keeping.seeing import ProviderLine
from bot.errors import Refused
from bot.people import organisation_key
from bot.web.guards import MEMBER
from bot.web.site import Site
from bot.web.staff.catalogue.views import common, done_of, one_of, own_cities, page_number
from bot.web.staff.classes import checked_form, see
from bot.web.staff.navigation import draw

HOME = "/staff/catalogue/providers"
PAGE = 100
LONGEST_CONTACT, LONGEST_NOTE = 160, 500
AGREED = ("", "yes", "no")
DONE = ("kept", "merged", "parted")


class ProviderPages:
    """Providers of staff's own cities; others do not exist here."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._desk = site.ports.keeping.providers

    async def list(self, request: web.Request) -> web.Response:
        """List providers by name, or those with some words in their names."""
        words = request.query.get("q", "").strip()[:100]
        every = await self._desk.listed(own_cities(self._site, request))
        asked = organisation_key(words)
        found = [one for one in every if asked in one.key]
        page = page_number(request)
        return draw(
            self._site,
            request,
            "providers.html",
            "providers",
            {
                **await common(self._site, request, "providers"),
                "words": words,
                "count": len(found),
                "found": found[page * PAGE : (page + 1) * PAGE],
                "page_number": page,
                "has_more": len(found) > (page + 1) * PAGE,
            },
        )

    async def show(self, request: web.Request) -> web.Response:
        """Show one provider."""
        return await self._page(request, await self._found(request))

    async def act(self, request: web.Request) -> web.StreamResponse:
        """Keep what is known, merge, or part."""
        form = await checked_form(self._site, request)
        found = await self._found(request)
        city, key, by = found.city, found.key, request[MEMBER].person
        act, here = form.get("act", ""), f"{HOME}/{found.city}/{found.reference}"
        if act == "keep":
            contact, note = form.get("contact", "").strip(), form.get("note", "").strip()
            if len(contact) > LONGEST_CONTACT or len(note) > LONGEST_NOTE:
                return await self._page(request, found, problem="web.providers.long", form=form)
            agreed = one_of(form.get("agreed", ""), AGREED)
            await self._desk.keep(city, key, contact, agreed, note, by)
            return see(f"{here}?done=kept")
        if act == "part":
            if await self._desk.part(city, key, by) is None:
                raise web.HTTPNotFound
            return see(f"{here}?done=parted")
        if act != "merge":
            raise web.HTTPBadRequest
        return await self._merge(request, found, form)

    async def _merge(
        self, request: web.Request, found: ProviderLine, form: Mapping[str, str]
    ) -> web.Response:
        into = organisation_key(form.get("into", ""))
        by = request[MEMBER].person
        try:
            count = await self._desk.merge(found.city, found.key, into, by)
        except Refused as refused:
            return await self._page(request, found, problem=refused.text_id, form=form)
        if count is None:
            return await self._page(request, found, problem="web.providers.unknown", form=form)
        return see(f"{HOME}/{found.city}/{found.reference}?done=merged")

    async def _found(self, request: web.Request) -> ProviderLine:
        city, reference = request.match_info["city"], request.match_info["provider"]
        if city not in own_cities(self._site, request):
            raise web.HTTPNotFound
        for one in await self._desk.listed((city,)):
            if one.reference == reference:
                return one
        raise web.HTTPNotFound

    async def _page(
        self,
        request: web.Request,
        found: ProviderLine,
        *,
        problem: str = "",
        form: Mapping[str, str] | None = None,
    ) -> web.Response:
        every = await self._desk.listed((found.city,))
        names = [one.known.name for one in every if one.key != found.key and not one.known.goes_by]
        return draw(
            self._site,
            request,
            "provider.html",
            "providers",
            {
                **await common(self._site, request, "providers"),
                "found": found,
                "names": names,
                "agreed": AGREED,
                "problem": problem,
                "typed": form or {},
                "done": "" if problem else done_of(request, DONE),
            },
            title=found.known.name,
            status=422 if problem else 200,
        )
