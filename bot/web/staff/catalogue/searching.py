"""Search as residents see it: the same hits in the same order, and why each stands there."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from aiohttp import web

from bot.courses import Delivery, Filters, Kind, Level, Pattern, SearchRequest, Support, wording
from bot.courses.offers.fields import read_date, read_hour
from bot.courses.offers.reading import LANGUAGES
from bot.web.catalogue_port import CATALOGUE_ROLES
from bot.web.guards import MEMBER
from bot.web.site import Site
from bot.web.staff.catalogue.views import common, page_number, today_of
from bot.web.staff.desk import UNMET_ROLES, cities_of
from bot.web.staff.navigation import draw

PAGE = 20
MOST_PAGES = 10
MOST_WORDS = 500
MOST_UNMET = 20
SETS: Mapping[str, tuple[str, ...]] = {
    "patterns": tuple(Pattern),
    "delivery": tuple(Delivery),
    "support": tuple(Support),
    "levels": tuple(Level),
    "kinds": tuple(Kind),
}
"""Filters of which several may be ticked, with what there is to tick."""
LINES = ("max_price", "starts_from", "starts_to", "after", "before", "age", "place", "languages")
"""Filters that are typed or chosen from a list."""
TICKS = ("free", "only_open")


class SearchPages:
    """The residents' own search, in the cities of whoever asks."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def show(self, request: web.Request) -> web.Response:
        """Show the form, what was understood, and the hits with their reasons."""
        cities = cities_of(self._site, request[MEMBER], CATALOGUE_ROLES)
        city = request.query.get("city", "")
        city = city if city in cities else next(iter(cities), "")
        wanted, problems = _request(request)
        page = min(page_number(request), MOST_PAGES - 1)
        is_asked = bool(request.query) and not problems
        found = None
        if is_asked and city:
            asked = _at(wanted, page, today_of(self._site, city))
            found = await self._site.ports.keeping.listings.search(city, asked)
        given = {**request.query}
        return draw(
            self._site,
            request,
            "catalogue.html",
            "catalogue",
            {
                **await common(self._site, request, "search"),
                "city": city,
                "found": found,
                "is_asked": is_asked,
                "given": given,
                "ticked": {name: request.query.getall(name, []) for name in SETS},
                "sets": SETS,
                "languages": LANGUAGES,
                "days": [str(day) for day in request.query.getall("weekdays", [])],
                "problems": problems,
                "short_facts": wording.short_facts,
                "today": today_of(self._site, city),
                "first": page * PAGE,
                "query": _query(request),
                "page_number": page,
                "is_last": page == MOST_PAGES - 1,
                "unmet": await self._unmet(request, cities),
            },
            status=422 if problems else 200,
        )

    async def _unmet(self, request: web.Request, cities: tuple[str, ...]) -> list[Any]:
        """Return the wishes that found nothing, for those who may see them."""
        reads = cities_of(self._site, request[MEMBER], UNMET_ROLES)
        own = [city for city in cities if city in reads]
        found = await self._site.ports.staff.unmet(own) if own else ()
        return [one for one in found if one.words][:MOST_UNMET]


def _at(wanted: SearchRequest, page: int, today: Any) -> SearchRequest:
    return SearchRequest(
        wanted.text,
        wanted.filters,
        limit=PAGE,
        offset=page * PAGE,
        now=today,
        ignored=wanted.ignored,
    )


def _request(request: web.Request) -> tuple[SearchRequest, tuple[str, ...]]:
    """Read the form; also the names of the fields that cannot be read."""
    values: dict[str, object] = {}
    problems = []
    for name in LINES:
        typed = request.query.get(name, "").strip()[:100]
        if typed:
            try:
                values[name] = _line(name, typed)
            except (ValueError, InvalidOperation):
                problems.append(name)
    for name, known in (*SETS.items(), ("weekdays", tuple("0123456"))):
        ticked = [one for one in request.query.getall(name, []) if one in known]
        values |= {name: ticked} if ticked else {}
    values |= {name: True for name in TICKS if request.query.get(name) == "yes"}
    ignored = frozenset(one[:80] for one in request.query.getall("without", [])[:30])
    text = request.query.get("q", "").strip()[:MOST_WORDS]
    filters = Filters.from_json(values)
    for chip in ignored:
        filters = SearchRequest(filters=filters).without(chip).filters
    return SearchRequest(text, filters, ignored=ignored), tuple(problems)


def _line(name: str, typed: str) -> object:
    if name == "age":
        return int(typed) if typed.isascii() and 0 < int(typed) < 130 else _refuse()
    if name == "max_price":
        price = Decimal(typed.removeprefix("\u00a3"))
        return str(price) if price.is_finite() and price >= 0 else _refuse()
    if name in ("starts_from", "starts_to"):
        day = read_date(typed)
        return day.isoformat() if day else _refuse()
    if name in ("after", "before"):
        hour = read_hour(typed)
        return hour.isoformat() if hour else _refuse()
    return [typed] if name == "languages" else typed


def _refuse() -> object:
    raise ValueError


def _query(request: web.Request) -> str:
    """Return the search as a query, without its page, for links to more of it."""
    from urllib.parse import urlencode

    return urlencode([(name, value) for name, value in request.query.items() if name != "page"])
