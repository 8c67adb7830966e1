"""What the pages for campaigns share: who is signed in, and in which cities."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from aiohttp import web

from bot.campaigns.staffing import SENDERS, Sender
from bot.web.bodies import read_form
from bot.web.guards import MEMBER
from bot.web.rendering import at_place
from bot.web.site import Site
from bot.web.staff.desk import cities_of
from bot.web.tokens import is_same

MOST_FIELDS = 200
MOST_BYTES = 256 * 1024


def sender_of(request: web.Request) -> Sender:
    """Return whoever is signed in, as campaigns are kept from others by."""
    member = request[MEMBER]
    return Sender(member.person, member.grants)


def sending_cities(site: Site, request: web.Request) -> tuple[str, ...]:
    """Return the cities whose campaigns they may see."""
    return cities_of(site, request[MEMBER], SENDERS)


async def checked(site: Site, request: web.Request) -> dict[str, str]:
    """Read a form of our own.

    Raises:
        HTTPForbidden: It is not one that we gave to this member.
    """
    form = await read_form(
        request, site.settings.body_seconds, most_fields=MOST_FIELDS, most=MOST_BYTES
    )
    if not is_same(form.get("csrf", ""), request[MEMBER].csrf):
        raise web.HTTPForbidden
    return form


def see(path: str, done: str = "") -> web.Response:
    """Lead on to a page that says what was done."""
    address = f"{path}?done={done}" if done else path
    return web.Response(status=303, headers={"Location": address})


def done_of(request: web.Request, known: frozenset[str]) -> str:
    """Return what a page has to say was done; empty for nothing that it knows."""
    done = request.query.get("done", "")
    return done if done in known else ""


def number_of(form: Mapping[str, str], name: str) -> int:
    """Return a number that our own form carries; -1 where it is none."""
    typed = form.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 9 else -1


def local(site: Site, city: str, when: datetime | None) -> datetime | None:
    """Return a time as the clocks of a city show it."""
    return None if when is None else at_place(when, site.cities[city].zone)
