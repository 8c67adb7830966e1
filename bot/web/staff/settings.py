"""Settings: who runs the bot for a city and how much it sends; and how the program stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from aiohttp import web

from bot.errors import NotFound
from bot.people import EVERY_CITY
from bot.web.bodies import read_form
from bot.web.guards import MEMBER
from bot.web.settings_port import SETTINGS_ROLES, Value
from bot.web.site import Site
from bot.web.staff.desk import cities_of
from bot.web.staff.navigation import draw
from bot.web.staff.stepping import ask_again, is_fresh
from bot.web.tokens import is_same
from content.citysettings import ABOUT, NAMES, BadSettingError
from content.schema import City

HOME: Final = "/staff/settings"
RULES: Final = tuple(name for name in NAMES if name not in ABOUT)
GROUPS: Final = {"about": ABOUT, "sending": RULES}
BOUNDS: Final = {
    "approval_above": (0, 5_000),
    "cap": (1, 7),
    "cap_days": (1, 90),
    "from_hour": (8, 12),
    "until_hour": (15, 20),
}
LONGEST: Final = {"operator": 100, "contact": 200, "open_hours": 120}
DONE: Final = frozenset({"saved", "same", "undone"})


class SettingsPages:
    """Settings of staff's own cities; the whole program's for whoever has every city."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def show(self, request: web.Request) -> web.Response:
        """Show what holds, and forms that change it."""
        return await self._page(request, self._city(request, request.query.get("city", "")))

    async def act(self, request: web.Request) -> web.StreamResponse:
        """Change settings, or take a change back."""
        form = await read_form(request, self._site.settings.body_seconds)
        member = request[MEMBER]
        if not is_same(form.get("csrf", ""), member.csrf):
            raise web.HTTPForbidden
        city, act = self._city(request, form.get("city", "")), form.get("act", "")
        name = form.get("name", "")
        asks_much = act == "sending" or name in RULES
        if asks_much and not is_fresh(self._site, request):
            return ask_again(self._site, request, f"{HOME}?city={city.id}")
        try:
            done = await self._done(city, act, name, form, member.person)
        except BadSettingError as error:
            return await self._page(request, city, wrong=error.names, typed=form)
        except NotFound:
            raise web.HTTPNotFound from None
        return web.Response(
            status=303, headers={"Location": f"{HOME}?city={city.id}&done={done}#{act}"}
        )

    async def _done(self, city: City, act: str, name: str, form: Mapping[str, str], by: str) -> str:
        desk = self._site.ports.desks.settings
        if act == "undo" and name in NAMES:
            return "undone" if await desk.undo(city.id, name, by) else "same"
        if act == "reset" and name in NAMES:
            return "saved" if await desk.change(city.id, {name: None}, by) else "same"
        if act not in GROUPS:
            raise web.HTTPBadRequest
        values = _changed(form, GROUPS[act])
        return "saved" if values and await desk.change(city.id, values, by) else "same"

    def _city(self, request: web.Request, wanted: str) -> City:
        """Return a city of the member's own, the first by default."""
        cities = cities_of(self._site, request[MEMBER], SETTINGS_ROLES)
        key = wanted or (cities[0] if cities else "")
        if key not in cities:
            raise web.HTTPNotFound
        return self._site.cities[key]

    async def _page(
        self,
        request: web.Request,
        city: City,
        *,
        wrong: tuple[str, ...] = (),
        typed: Mapping[str, str] | None = None,
    ) -> web.Response:
        desk, member = self._site.ports.desks.settings, request[MEMBER]
        language = self._site.language(request, "settings")
        holding = (await desk.holding(city.id)).model_dump()
        done = request.query.get("done", "")
        values = {
            "city": city,
            "cities": [
                (key, self._site.cities[key].named(language))
                for key in cities_of(self._site, member, SETTINGS_ROLES)
            ],
            "groups": GROUPS,
            "bounds": BOUNDS,
            "longest": LONGEST,
            "holding": holding,
            "shown": {name: (typed or {}).get(name, holding[name]) for name in NAMES},
            "in_files": desk.in_files(city.id).model_dump(),
            "choices": await desk.choices(city.id),
            "wrong": wrong,
            "done": done if done in DONE and not wrong else "",
            "program": await self._program(request),
        }
        status = 422 if wrong else 200
        return draw(self._site, request, "settings.html", "settings", values, status=status)

    async def _program(self, request: web.Request) -> dict[str, Any] | None:
        """Return how the whole program stands, for whoever has every city."""
        desk = self._site.ports.desks.program
        if desk is None or not request[MEMBER].may(SETTINGS_ROLES, EVERY_CITY):
            return None
        is_asked = request.query.get("health") == "1"
        return {
            "versions": desk.versions(),
            "settings": desk.settings(),
            "health": await desk.health() if is_asked else None,
        }


def _changed(form: Mapping[str, str], names: tuple[str, ...]) -> dict[str, Value]:
    """Return what somebody changed in a form; what they left alone may have changed meanwhile."""
    found: dict[str, Value] = {}
    for name in names:
        typed, was = form.get(name, "").strip(), form.get(f"was.{name}", "")
        if name in form and typed != was:
            found[name] = typed if name in ABOUT else _number(name, typed)
    return found


def _number(name: str, typed: str) -> int:
    """Return a number as it was typed. Raises BadSettingError for what is none."""
    if typed.isascii() and typed.isdigit() and len(typed) <= 6:
        return int(typed)
    raise BadSettingError((name,))
