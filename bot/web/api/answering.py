"""What other programs ask and what they are answered, whichever way they ask."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, time
from functools import partial
from typing import Any

from bot.assistants.reading import NotReadError
from bot.courses import Filters, Point, SearchRequest
from bot.errors import BotError
from bot.web.api.shapes import WEEK, Json, Say, of_city, of_course, of_framework, of_result
from bot.web.site import Site
from content.schema import City
from content.words import SOURCE_LANGUAGE

Values = Mapping[str, Any]
_AS_SENT = (
    *("patterns", "levels", "delivery", "study_modes", "kinds", "support", "providers", "skills"),
    *("free", "max_price", "place", "radius_km", "age", "only_open"),
)
_READ: Mapping[str, Callable[[str], object]] = {
    "starts_from": date.fromisoformat,
    "starts_to": date.fromisoformat,
    "after": time.fromisoformat,
    "before": time.fromisoformat,
}
LIMIT = 10
PAGE = 50


class NotThereError(BotError):
    """There is nothing of that name. `is_gone`: not any more. `instead`: what may be asked for."""

    def __init__(
        self, name: str, *, is_gone: bool = False, instead: NotReadError | None = None
    ) -> None:
        super().__init__(name)
        self.is_gone, self.instead = is_gone, instead


class NotYetError(BotError):
    """The catalogue was not read yet."""


class Answers:
    """Answers operations of bot/assistants/openapi.yaml by their ids."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._by_id: Mapping[str, Callable[[Values], Awaitable[Json]]] = {
            "list_cities": self._cities,
            "search_courses": self._search,
            "list_courses": self._courses,
            "get_course": self._course,
            "list_skills": self._skills,
        }

    async def give(self, operation: str, values: Values) -> Json:
        """Answer an operation with values that were read by its description.

        Raises:
            NotThereError: A city or course that is named is not there.
            NotYetError: The catalogue is being read.
        """
        return await self._by_id[operation](values)

    @property
    def _url(self) -> str:
        return self._site.settings.public_url

    def _language(self, values: Values) -> str:
        asked = str(values.get("language", "")).lower().partition("-")[0]
        return asked if asked in self._site.words.languages else SOURCE_LANGUAGE

    def _say(self, values: Values) -> Say:
        return partial(self._site.words.plain, language=self._language(values))

    def _city(self, values: Values) -> City:
        city = self._site.cities.get(values["city"])
        if city is None:
            known = NotReadError("city", "enum", ", ".join(sorted(self._site.cities)))
            raise NotThereError(values["city"], instead=known)
        return city

    async def _cities(self, values: Values) -> Json:
        language = self._language(values)
        cities = [of_city(one, language, self._url) for one in self._site.cities.values()]
        return {"cities": sorted(cities, key=lambda one: str(one["name"]))}

    async def _search(self, values: Values) -> Json:
        city = self._city(values)
        offset = values.get("offset", 0)
        request = SearchRequest(
            values.get("text", ""),
            _filters(values),
            near=_point(values.get("near")),
            limit=values.get("limit", LIMIT),
            offset=offset,
            city=city.id,
        )
        found = await self._site.ports.opened.catalogue.search(city.id, request)
        if found is None:
            raise NotYetError
        return of_result(found, city.id, offset, self._url, self._say(values))

    async def _courses(self, values: Values) -> Json:
        city, limit = self._city(values), values.get("limit", PAGE)
        after = values.get("after", "")
        found = await self._site.ports.opened.catalogue.courses(city.id, after, limit + 1)
        page: Json = {
            "city": city.id,
            "courses": [of_course(one, self._url) for one in found[:limit]],
        }
        return page | ({"next": found[limit - 1].id} if len(found) > limit else {})

    async def _course(self, values: Values) -> Json:
        found = await self._site.ports.opened.catalogue.course(values["course"])
        if found is None:
            raise NotThereError(values["course"])
        course, is_on_offer = found
        if not is_on_offer:
            raise NotThereError(values["course"], is_gone=True)
        return of_course(course, self._url)

    async def _skills(self, values: Values) -> Json:
        frameworks = self._site.ports.content().frameworks.values()
        return {"frameworks": [of_framework(one, self._say(values)) for one in frameworks]}


def _filters(values: Values) -> Filters:
    told = {name: values[name] for name in _AS_SENT if name in values}
    told |= {name: read(values[name]) for name, read in _READ.items() if name in values}
    if "weekdays" in values:
        told["weekdays"] = [WEEK.index(day) for day in values["weekdays"]]
    if "taught_in" in values:
        told["languages"] = values["taught_in"]
    return Filters(**told)


def _point(text: str | None) -> Point | None:
    if text is None:
        return None
    lat, _, lon = text.partition(",")
    return Point(float(lat), float(lon))
