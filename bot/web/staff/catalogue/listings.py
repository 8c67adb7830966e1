"""One listing: as people see it, as its source gives it, and the form that puts it right."""

from __future__ import annotations

import re
from collections.abc import Mapping

from aiohttp import web

from bot.courses import wording
from bot.courses.keeping import COURSE_FIELDS, HIDDEN, RUN_FIELDS, Misread, told
from bot.courses.keeping.seeing import KeptListing
from bot.web.bodies import read_form
from bot.web.guards import MEMBER
from bot.web.site import Site
from bot.web.staff.catalogue.views import common, done_of, own_cities, today_of
from bot.web.staff.classes import see
from bot.web.staff.navigation import draw
from bot.web.tokens import is_same

DONE = ("fixed", "hidden", "shown", "undone", "nothing")
MOST_FORM_BYTES = 64 * 1024
_NAME = re.compile(r"[A-Za-z0-9._-]{1,100}\Z")
_FIELD = re.compile(r"[A-Za-z0-9._-]{1,160}\Z")
_RUN = "run."


class ListingPages:
    """Listings of staff's own cities; others do not exist here."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._desk = site.ports.keeping.listings

    async def hidden(self, request: web.Request) -> web.Response:
        """List what staff keep off the list."""
        found = await self._desk.list_hidden(own_cities(self._site, request))
        values = {**await common(self._site, request, "hidden"), "found": found}
        return draw(self._site, request, "hidden_listings.html", "catalogue", values)

    async def show(self, request: web.Request) -> web.Response:
        """Show a listing, and the form."""
        return await self._page(request, await self._found(request))

    async def act(self, request: web.Request) -> web.StreamResponse:
        """Put right, hide, show again, or undo."""
        form = await read_form(request, self._site.settings.body_seconds, most=MOST_FORM_BYTES)
        member = request[MEMBER]
        if not is_same(form.get("csrf", ""), member.csrf):
            raise web.HTTPForbidden
        found = await self._found(request)
        cities, by, key = own_cities(self._site, request), member.person, found.course.id
        act, here = form.get("act", ""), f"/staff/catalogue/courses/{found.course.id}"
        if act == "hide":
            done = "hidden" if await self._desk.hide(key, cities, by) else "nothing"
            return see(f"{here}?done={done}")
        if act == "undo":
            field = form.get("field", "")
            if not (_FIELD.match(field) and await self._desk.undo(key, cities, field, by)):
                raise web.HTTPNotFound
            return see(f"{here}?done={'shown' if field == HIDDEN else 'undone'}")
        if act != "fix":
            raise web.HTTPBadRequest
        if form.get("seen", "") != found.changed_at.isoformat():
            return await self._page(request, found, form=form, is_overtaken=True)
        fixed = await self._desk.fix(key, cities, _with_ticks(form), by)
        if fixed is None:
            raise web.HTTPNotFound
        if fixed.faults:
            return await self._page(request, found, form=form, faults=fixed.faults)
        return see(f"{here}?done={'fixed' if fixed.kept else 'nothing'}{_again(form)}")

    async def _found(self, request: web.Request) -> KeptListing:
        course = request.match_info["course"]
        found = None
        if _NAME.match(course):
            found = await self._desk.find(course, own_cities(self._site, request))
        if found is None:
            raise web.HTTPNotFound
        return found

    async def _page(
        self,
        request: web.Request,
        found: KeptListing,
        *,
        form: Mapping[str, str] | None = None,
        faults: tuple[Misread, ...] = (),
        is_overtaken: bool = False,
    ) -> web.Response:
        course = found.course
        today = today_of(self._site, course.city)
        wanted = (form or {}).get("run", request.query.get("run", ""))
        soonest = wording.next_instance(course, today)
        run = next((one for one in course.instances if one.id == wanted), soonest)
        return draw(
            self._site,
            request,
            "listing.html",
            "listing",
            {
                **await common(self._site, request, ""),
                "found": found,
                "course": course,
                "facts": wording.facts(course, soonest, today),
                "when": wording.when,
                "today": today,
                "run": run,
                "shown": told(course),
                "source": told(found.told),
                "typed": form or {},
                "course_fields": COURSE_FIELDS,
                "run_fields": RUN_FIELDS,
                "faults": {one.field: one.why for one in faults},
                "fixes": [one for one in found.fixes if not one.field.endswith("venue.point")],
                "is_hidden": found.status == "hidden",
                "is_overtaken": is_overtaken,
                "done": "" if form else done_of(request, DONE),
            },
            title=course.title,
            status=422 if faults else 409 if is_overtaken else 200,
        )


def _with_ticks(form: Mapping[str, str]) -> dict[str, str]:
    """Return the form with a "no" where a box was left empty: browsers leave those out."""
    run = form.get("run", "")
    name = f"{_RUN}{run}.is_full"
    return {name: "no", **form} if run and form.get("has_run") == "yes" else dict(form)


def _again(form: Mapping[str, str]) -> str:
    run = form.get("run", "")
    return f"&run={run}" if _NAME.match(run) else ""
