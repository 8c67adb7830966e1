"""What all pages about the catalogue share: the way about, names, days and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from aiohttp import web

from bot.web.catalogue_port import CATALOGUE_ROLES
from bot.web.guards import MEMBER
from bot.web.site import Site
from bot.web.staff.desk import cities_of
from bot.web.times import today_in

TABS = (
    ("search", "/staff/catalogue"),
    ("reports", "/staff/catalogue/reports"),
    ("feeds", "/staff/catalogue/feeds"),
    ("providers", "/staff/catalogue/providers"),
    ("hidden", "/staff/catalogue/hidden"),
    ("tags", "/staff/skills"),
)


def own_cities(site: Site, request: web.Request) -> tuple[str, ...]:
    """Return the cities whose listings whoever asks keeps right."""
    return cities_of(site, request[MEMBER], CATALOGUE_ROLES)


async def common(site: Site, request: web.Request, tab: str) -> dict[str, object]:
    """Return what every page of the catalogue shows: the tabs, and what waits."""
    language = site.language(request, "catalogue")
    cities = own_cities(site, request)
    return {
        "is_wide": True,
        "tabs": TABS,
        "tab": tab,
        "cities": cities,
        "city_names": {city.id: city.named(language) for city in site.cities.values()},
        "backlog": await site.ports.keeping.reports.backlog(cities),
    }


def today_of(site: Site, city: str) -> date:
    """Return the day in a city."""
    known = site.cities.get(city)
    return today_in(known.zone if known else "Europe/London", site.ports.clock())


def page_number(request: web.Request) -> int:
    """Return which page is asked for, from 0."""
    typed = request.query.get("page", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 5 else 0


def moment(request: web.Request, name: str) -> datetime | None:
    """Return a moment that an address names."""
    try:
        found = datetime.fromisoformat(request.query.get(name, ""))
    except ValueError:
        return None
    return found if found.tzinfo else None


def one_of(typed: str, known: Sequence[str], default: str = "") -> str:
    """Return what was chosen where it is one of these."""
    return typed if typed in known else default


def done_of(request: web.Request, known: Sequence[str]) -> str:
    """Return what was just done, for the notice above."""
    return one_of(request.query.get("done", ""), known)
