"""One class: who claimed, what they are given, its code on a screen or a sheet of paper."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web

from bot.badges.classes import ClassSheet
from bot.badges.effects import DecideClaims, EndClassCode, GiveAgain, ReopenClaim, TakeBack
from bot.errors import Refused
from bot.web.bodies import read_form
from bot.web.guards import MEMBER
from bot.web.qr import qr_code
from bot.web.site import Site
from bot.web.staff.classes import see, teacher_of
from bot.web.staff.navigation import draw
from bot.web.tokens import is_same

MOST_FIELDS = 256
"""Of the form with everybody who waits: a tick and a mark for each."""
REASONS = ("mistake", "absent", "person", "unfinished")
DONE = frozenset(
    {"made", "approved", "refused", "unchanged", "taken", "given", "reopened", "ended"}
)


class ClassCodePages:
    """The pages of one code; of somebody else's there are none."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def show(self, request: web.Request) -> web.Response:
        """Show the code, who claimed with it, and what can be done about each."""
        return await self._draw(request, await open_sheet(self._site, request))

    async def _draw(
        self, request: web.Request, found: ClassSheet, problem: str = ""
    ) -> web.Response:
        done, count = request.query.get("done", ""), request.query.get("count", "")
        return draw(
            self._site,
            request,
            "class_code.html",
            "class_code",
            {
                "sheet": found,
                "code": found.line.code,
                "ways_in": ways_in(self._site, found.line.code.token),
                "zone": zone_of(self._site, found.line.code.city),
                "reasons": REASONS,
                "done": done if done in DONE and not problem else "",
                "count": int(count) if count.isascii() and count.isdecimal() else 0,
                "problem": problem,
            },
            title=found.line.course,
            status=409 if problem else 200,
        )

    async def act(self, request: web.Request) -> web.StreamResponse:
        """Say who was there, take back, give again, or end the code."""
        form = await read_form(request, self._site.settings.body_seconds, MOST_FIELDS)
        if not is_same(form.get("csrf", ""), request[MEMBER].csrf):
            raise web.HTTPForbidden
        found = await open_sheet(self._site, request)
        code = found.line.code
        wanted = _effect(code.id, form)
        if wanted is None:
            raise web.HTTPBadRequest
        done, effect = wanted
        classes = self._site.ports.classes
        try:
            outcome = await classes.act(teacher_of(request), code.city, effect)
        except Refused as refused:
            again = await classes.sheet(teacher_of(request), code.id)
            return await self._draw(request, again or found, refused.text_id)
        if isinstance(effect, DecideClaims):
            done = done if outcome else "unchanged"
            return see(f"/staff/classes/{code.id}?done={done}&count={int(outcome)}#people")
        return see(f"/staff/classes/{code.id}?done={done}")

    async def project(self, request: web.Request) -> web.Response:
        """Show the code as large as the screen, for a room."""
        found = await open_sheet(self._site, request)
        if not found.line.is_open:
            raise web.HTTPNotFound
        return draw(
            self._site,
            request,
            "class_show.html",
            "class_show",
            {
                "sheet": found,
                "code": found.line.code,
                "ways_in": ways_in(self._site, found.line.code.token),
                "qr": qr_code,
                "zone": zone_of(self._site, found.line.code.city),
            },
        )


async def open_sheet(site: Site, request: web.Request) -> ClassSheet:
    """Return the class that an address names.

    Raises:
        HTTPNotFound: It is none of theirs, or of a city that is not served.
    """
    code = request.match_info["code"]
    is_id = code.isascii() and code.isalnum() and len(code) <= 64
    found = await site.ports.classes.sheet(teacher_of(request), code) if is_id else None
    if found is None or found.line.code.city not in site.cities:
        raise web.HTTPNotFound
    return found


def ways_in(site: Site, token: str) -> Mapping[str, str]:
    """Return the addresses that claim with a token, by channel, the browser's first."""
    found = {"web": f"{site.settings.public_url}/?start=claim_{token}"}
    if username := site.ports.telegram_username():
        found["telegram"] = f"https://t.me/{username}?start=claim_{token}"
    return found


def zone_of(site: Site, city: str) -> str:
    """Return the name of a city's time zone."""
    return site.cities[city].zone


def _effect(code: str, form: Mapping[str, str]) -> tuple[str, object] | None:
    """Return what is said when it is done, and what the form asks for."""
    claim, act = form.get("claim", ""), form.get("act", "")
    ticked = tuple(name.removeprefix("on.") for name in form if name.startswith("on."))
    shown = tuple(name.removeprefix("shown.") for name in form if name.startswith("shown."))
    reason = form.get("reason", "")
    known: dict[str, tuple[str, object]] = {
        "approve": ("approved", DecideClaims(code, ticked)),
        "all": ("approved", DecideClaims(code, shown)),
        "refuse": ("refused", DecideClaims(code, ticked, is_approved=False)),
        "reopen": ("reopened", ReopenClaim(code, claim)),
        "take": ("taken", TakeBack(code, claim, f"classes.reason.{reason}")),
        "give": ("given", GiveAgain(code, claim)),
        "end": ("ended", EndClassCode(code)),
    }
    return known.get(act)
