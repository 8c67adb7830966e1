"""Cities beside each other: those that agreed, for staff and as open data."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any, Final

import orjson
from aiohttp import web

from bot.badges.attendees import sheet
from bot.insights.network import (
    COLUMNS,
    MONTHS,
    TOPICS,
    Beside,
    Told,
    beside,
    lines,
    per_thousand,
)
from bot.insights.network import sheets_of as sheets_of_topic
from bot.insights.sheets import Release, before
from bot.pictures.canvas import Look
from bot.pictures.figures import Bar, draw_bars
from bot.web.bodies import read_form
from bot.web.guards import MEMBER
from bot.web.insight.files import FORMAT, download
from bot.web.insight.naming import Naming
from bot.web.insight.views import Table
from bot.web.network_port import AGREEING
from bot.web.rendering import Page
from bot.web.results.charts import embedded
from bot.web.site import Site
from bot.web.staff.desk import cities_of
from bot.web.staff.navigation import draw
from bot.web.tokens import is_same

HOME: Final = "/staff/insight/network"
OPEN: Final = "/open-data/network"


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet of all cities on a page."""

    key: str
    title: str
    counts: str
    month: date
    tables: tuple[Table, ...]


class NetworkPages:
    """Only what each city was told itself, and only of those that agree while one looks."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._desk = site.ports.desks.network

    async def show(self, request: web.Request) -> web.Response:
        """Show the cities beside each other to staff, with a form that lets one's own be there."""
        told, topic = await self._told(), _topic(request)
        own = cities_of(self._site, request[MEMBER], AGREEING)
        values = {
            "is_wide": True,
            "own": [(key, self._site.cities[key].named("en"), key in told) for key in own],
            "done": request.query.get("done", "") if "done" in request.query else "",
            "home": HOME,
            **await self._values(request, told, topic, "network"),
        }
        title = self._site.words.short("web.network.title", "en")
        return draw(self._site, request, "network.html", "network", values, title=title)

    async def act(self, request: web.Request) -> web.StreamResponse:
        """Let a city of one's own stand beside the others, or no more."""
        form = await read_form(request, self._site.settings.body_seconds)
        member = request[MEMBER]
        if not is_same(form.get("csrf", ""), member.csrf):
            raise web.HTTPForbidden
        city, act = form.get("city", ""), form.get("act", "")
        if city not in cities_of(self._site, member, AGREEING):
            raise web.HTTPNotFound
        if act not in ("agree", "withdraw"):
            raise web.HTTPBadRequest
        await self._desk.agree(member.person, city, is_agreed=act == "agree")
        return web.Response(status=303, headers={"Location": f"{HOME}?done={act}"})

    async def opened(self, request: web.Request) -> web.Response:
        """Show the same to everybody."""
        language = self._site.language(request, "open_data")
        told, topic = await self._told(), _topic(request)
        page = Page(
            title=self._site.words.short("web.network.title", language),
            language=language,
            path=OPEN,
            section="open_data",
            values={"home": OPEN, **await self._values(request, told, topic, "open_data")},
        )
        return self._site.renderer.page("network_open.html", page)

    async def table(self, request: web.Request) -> web.Response:
        """Give every figure of the cities as CSV."""
        del request
        body = await asyncio.to_thread(_as_table, await self._told())
        return download(body, "text/csv", "learning-cities.csv", is_open=True)

    async def export(self, request: web.Request) -> web.Response:
        """Give every figure of the cities as JSON, with what each column means."""
        del request
        words, told = self._site.words, await self._told()
        document = {
            "format": f"{FORMAT}-network",
            "format_version": 1,
            "columns": {name: words.short(f"web.network.column.{name}") for name in COLUMNS},
            "cities": sorted(told),
        }
        body = await asyncio.to_thread(_as_json, document, told)
        return download(body, "application/json", "learning-cities.json", is_open=True)

    async def _told(self) -> Mapping[str, Sequence[Release]]:
        since = before(self._site.ports.clock().date(), "month")
        for _ in range(MONTHS):
            since = before(since, "month")
        told = await self._desk.told(since)
        return {city: found for city, found in told.items() if city in self._site.cities}

    async def _values(
        self, request: web.Request, told: Mapping[str, Sequence[Release]], topic: str, page: str
    ) -> dict[str, Any]:
        language = self._site.language(request, page)
        drawn = _Drawn(self._site, language)
        parts = await asyncio.to_thread(drawn.parts, told, topic)
        names = sorted(self._site.cities[city].named(language) for city in told)
        return {"topic": topic, "topics": TOPICS, "parts": parts, "names": names}


class _Drawn:
    """Makes the parts of a page in a language."""

    def __init__(self, site: Site, language: str) -> None:
        self._site, self._language = site, language
        self._number = count(1)
        first = next(iter(site.cities.values()))
        self._look = Look(language, first.accent.light)
        self._naming = Naming(site.ports.content(), first, language, {})

    def parts(self, told: Mapping[str, Sequence[Release]], topic: str) -> list[Part]:
        found = ((key, beside(told, key)) for key in sheets_of_topic(topic))
        return [self._part(key, one) for key, one in found if one is not None]

    def _part(self, key: str, one: Beside) -> Part:
        tables = [self._table(one)]
        if self._peopled(one) and not one.is_grouped:
            tables.append(self._rates(one))
        title, counts = self._naming.sheet(key, "title"), self._naming.sheet(key, "counts")
        return Part(key, title, counts, one.month, tuple(tables))

    def _table(self, one: Beside) -> Table:
        first = "web.network.group" if one.is_grouped else "web.network.row"
        heads = (self._said(first), *(self._city(city) for city in one.cities))
        rows = tuple(
            (self._row(one, name), *(self._count(counts[city]) for city in one.cities))
            for name, counts in one.rows.items()
        )
        title = self._said("web.network.counts")
        picture = None if one.is_grouped else self._bars(one)
        return Table(title, picture, heads, rows)

    def _bars(self, one: Beside) -> Any:
        newest = one.rows[one.month.isoformat()]
        bars = [
            Bar(self._city(city), newest[city], self._count(newest[city])) for city in one.cities
        ]
        title = self._said("web.network.month", month=f"{one.month:%m/%Y}")
        label = self._said("web.insight.picture", title=title)
        return embedded(draw_bars(title, bars, self._look), next(self._number), label)

    def _rates(self, one: Beside) -> Table:
        """Return the same for each thousand people, of cities whose number is in the content."""
        people = self._peopled(one)
        heads = (self._said("web.network.row"), *(self._city(city) for city in people))
        rows = tuple(
            (self._row(one, name), *(self._rate(counts[c], people[c]) for c in people))
            for name, counts in one.rows.items()
        )
        return Table(self._said("web.network.rates"), None, heads, rows)

    def _peopled(self, one: Beside) -> dict[str, int]:
        known = {city: self._site.cities[city].population for city in one.cities}
        return {city: found.people for city, found in known.items() if found is not None}

    def _rate(self, number: int | None, people: int) -> str:
        rate = per_thousand(number, people)
        return self._said("web.insight.few") if rate is None else f"{rate:,.1f}"

    def _row(self, one: Beside, name: str) -> str:
        if one.is_grouped:
            return self._naming.group(one.sheet, name)
        return f"{date.fromisoformat(name):%m/%Y}"

    def _count(self, number: int | None) -> str:
        return self._said("web.insight.few") if number is None else f"{number:,}"

    def _city(self, city: str) -> str:
        return self._site.cities[city].named(self._language)

    def _said(self, text_id: str, **values: Any) -> str:
        return self._site.words.short(text_id, self._language, **values)


def _as_table(told: Told) -> bytes:
    """Return every figure as CSV; a year of many cities takes a while, so not in the loop."""
    return sheet([COLUMNS, *([str(one[name]) for name in COLUMNS] for one in lines(told))])


def _as_json(document: Mapping[str, Any], told: Told) -> bytes:
    return orjson.dumps({**document, "figures": list(lines(told))}, option=orjson.OPT_INDENT_2)


def _topic(request: web.Request) -> str:
    wanted = request.query.get("topic", "")
    return wanted if wanted in TOPICS else TOPICS[0]
