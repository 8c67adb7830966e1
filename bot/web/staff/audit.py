"""The audit viewer: what was done, by whom and when, with the chain checked."""

from __future__ import annotations

from datetime import date

from aiohttp import web

from bot.badges.attendees import sheet
from bot.people import AuditWanted
from bot.web.audit_port import AUDIT_ROLES
from bot.web.guards import MEMBER
from bot.web.site import Site
from bot.web.staff.desk import cities_or_none
from bot.web.staff.navigation import draw

COLUMNS = ("number", "at", "action", "actor", "subject", "city", "facts", "previous", "hash")
LONGEST = 64


class AuditPages:
    """The log of staff's own cities; of no single city for whoever has them all."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def show(self, request: web.Request) -> web.Response:
        """Show entries that match, newest first."""
        given = {name: _given(request, name) for name in ("action", "who", "from", "to", "before")}
        try:
            wanted, problem = _wanted(given), False
        except ValueError:
            wanted, problem = AuditWanted(), True
        view = await self._site.ports.desks.audit.look(
            wanted, self._cities(request), request[MEMBER].person
        )
        asked = {name: value for name, value in given.items() if value and name != "before"}
        return draw(
            self._site,
            request,
            "audit.html",
            "audit",
            {"view": view, "given": given, "asked": asked, "problem": problem},
            status=422 if problem else 200,
        )

    async def download(self, request: web.Request) -> web.Response:
        """Give the entries that match as CSV, with their hashes."""
        names = ("action", "who", "from", "to")
        try:
            wanted = _wanted({name: _given(request, name) for name in names})
        except ValueError:
            raise web.HTTPBadRequest from None
        entries = await self._site.ports.desks.audit.export(
            wanted, self._cities(request), request[MEMBER].person
        )
        rows = (
            (
                *(str(one.number), one.at.isoformat(), one.action, one.actor, one.subject),
                *(one.city, " ".join(f"{name}={one.facts[name]}" for name in sorted(one.facts))),
                *(one.previous, one.hash),
            )
            for one in entries
        )
        headers = {
            "Cache-Control": "private, no-store",
            "Content-Disposition": 'attachment; filename="audit.csv"',
        }
        return web.Response(body=sheet([COLUMNS, *rows]), content_type="text/csv", headers=headers)

    def _cities(self, request: web.Request) -> tuple[str, ...]:
        return cities_or_none(self._site, request[MEMBER], AUDIT_ROLES)


def _given(request: web.Request, name: str) -> str:
    return request.query.get(name, "").strip()[:LONGEST]


def _wanted(given: dict[str, str]) -> AuditWanted:
    """Read filters as they were typed. Raises ValueError for what is no day or number."""
    before = given.get("before", "")
    return AuditWanted(
        action=given["action"],
        who=given["who"].lower(),
        first=date.fromisoformat(given["from"]) if given["from"] else None,
        last=date.fromisoformat(given["to"]) if given["to"] else None,
        before=min(int(before), 2**53) if before else None,
    )
