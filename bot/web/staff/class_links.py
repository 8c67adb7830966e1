"""Links for people who were not in the room: from a list of names, as a file, as slips of paper."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from aiohttp import web

from bot.badges.attendees import MOST_ROWS, AttendeeList, read_attendees, sheet
from bot.badges.classes import ClassSheet, NameLinks, WithdrawLink
from bot.errors import ImportRefused, Refused
from bot.web.guards import MEMBER
from bot.web.parts import read_parts
from bot.web.qr import qr_code
from bot.web.site import Site
from bot.web.staff.class_code import open_sheet, ways_in, zone_of
from bot.web.staff.classes import see, teacher_of
from bot.web.staff.navigation import draw
from bot.web.tokens import is_same
from content.words import TextValue

MOST_BYTES = 512 * 1024
COUNTS = (1, 5, 10, 20, 30)
DONE = frozenset({"made", "withdrawn", "renewed"})
AT_ONCE = 2
"""Files that are read at a time: a workbook is opened by a process of its own."""


class ClassLinkPages:
    """The links of one code; of somebody else's there are none."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._reading = asyncio.Semaphore(AT_ONCE)

    async def show(self, request: web.Request) -> web.Response:
        """Show the links that can be used, and how to make more."""
        return self._draw(request, await open_sheet(self._site, request))

    async def act(self, request: web.Request) -> web.StreamResponse:
        """Make links, end one, or make one anew."""
        parts = await read_parts(request, self._site.settings.body_seconds, MOST_BYTES)
        form = {name: content.decode("utf-8", "replace") for name, content in parts.items()}
        if not is_same(form.get("csrf", ""), request[MEMBER].csrf):
            raise web.HTTPForbidden
        found = await open_sheet(self._site, request)
        act, code = form.get("act", ""), found.line.code.id
        if act == "names":
            return await self._name(request, found, parts)
        if act == "count" and form.get("count", "") in map(str, COUNTS):
            labels = ("",) * int(form["count"])
            return await self._done(request, found, NameLinks(code, labels), "made")
        if act in ("withdraw", "renew"):
            effect = WithdrawLink(code, form.get("link", ""), is_renewed=act == "renew")
            done = "renewed" if act == "renew" else "withdrawn"
            return await self._done(request, found, effect, done)
        raise web.HTTPBadRequest

    async def _name(
        self, request: web.Request, found: ClassSheet, parts: Mapping[str, bytes]
    ) -> web.StreamResponse:
        file, typed = parts.get("file", b""), parts.get("names", b"")
        try:
            async with self._reading:
                people = await asyncio.to_thread(read_attendees, file or typed, is_pasted=not file)
        except ImportRefused as refused:
            why = TextValue(refused.text_id, refused.values)
            return self._draw(request, found, why=why, typed=typed.decode("utf-8", "replace"))
        if people.faults:
            return self._draw(request, found, people=people, typed=people.lines)
        effect = NameLinks(found.line.code.id, people.labels)
        return await self._done(request, found, effect, "made", people.lines)

    async def _done(
        self, request: web.Request, found: ClassSheet, effect: object, done: str, typed: str = ""
    ) -> web.StreamResponse:
        code = found.line.code
        try:
            await self._site.ports.classes.act(teacher_of(request), code.city, effect)
        except Refused as refused:
            return self._draw(request, found, why=TextValue(refused.text_id), typed=typed)
        count = len(effect.labels) if isinstance(effect, NameLinks) else 0
        return see(f"/staff/classes/{code.id}/links?done={done}&count={count}#links")

    def _draw(
        self,
        request: web.Request,
        found: ClassSheet,
        *,
        people: AttendeeList | None = None,
        why: TextValue | None = None,
        typed: str = "",
    ) -> web.Response:
        done, count = request.query.get("done", ""), request.query.get("count", "")
        is_wrong = why is not None or people is not None
        return draw(
            self._site,
            request,
            "class_links.html",
            "class_links",
            {
                **self._links(found),
                "counts": COUNTS,
                "limit": MOST_ROWS,
                "faults": people.faults if people else (),
                "why": why,
                "typed": typed,
                "done": done if done in DONE and not is_wrong else "",
                "count": int(count) if count.isascii() and count.isdecimal() else 0,
            },
            status=422 if is_wrong else 200,
        )

    async def slips(self, request: web.Request) -> web.Response:
        """Show a slip of paper for each link, with its QR code."""
        found = await open_sheet(self._site, request)
        values = {**self._links(found), "qr": qr_code}
        return draw(self._site, request, "class_slips.html", "class_slips", values)

    async def download(self, request: web.Request) -> web.Response:
        """Give the links as CSV."""
        found = await open_sheet(self._site, request)
        words, language = self._site.words, self._site.language(request, "class_links")
        ways = list(ways_in(self._site, ""))
        heading = [
            words.short("web.class_links.label", language),
            *(words.short(f"web.class_links.{way}", language) for way in ways),
            words.short("web.class_links.until", language),
        ]
        rows = [
            [link.label, *ways_in(self._site, link.token).values(), f"{link.expires_at:%Y-%m-%d}"]
            for link in found.links
            if link.token
        ]
        response = web.Response(body=sheet([heading, *rows]), content_type="text/csv")
        response.charset = "utf-8"
        response.headers["Content-Disposition"] = 'attachment; filename="links.csv"'
        response.headers["Cache-Control"] = "no-store"
        return response

    def _links(self, found: ClassSheet) -> dict[str, object]:
        return {
            "sheet": found,
            "code": found.line.code,
            "ways_in": lambda token: ways_in(self._site, token),
            "zone": zone_of(self._site, found.line.code.city),
        }
