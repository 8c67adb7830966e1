"""A city's public page."""

from __future__ import annotations

from aiohttp import web

from bot.courses import wording
from bot.web.public.structured import embedded, of_city
from bot.web.rendering import Page
from bot.web.site import Site
from bot.web.times import today_in


class CityPages:
    """What a city offers, and the way into its chat."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def show(self, request: web.Request) -> web.Response:
        """Show a city with the courses that start soonest."""
        city = self._site.cities.get(request.match_info["city"])
        if city is None:
            raise web.HTTPNotFound
        language = self._site.language(request, "city")
        courses = await self._site.ports.catalogue.courses_of(city.id)
        today = today_in(city.zone, self._site.ports.clock())
        rows = [
            (one, wording.short_facts(one, wording.next_instance(one, today), today))
            for one in courses
        ]
        page = Page(
            title=self._site.words.short("web.city.title", language, city=city.named(language)),
            description=self._site.words.short(city.about, language),
            language=language,
            path=f"/cities/{city.id}",
            city=city,
            languages=self._site.languages("city"),
            section="city",
            values={
                "rows": rows,
                "has_samples": any(one.is_sample for one in courses),
                "structured": embedded(of_city(city, courses, self._site.settings.public_url)),
            },
        )
        return self._site.renderer.page("city.html", page)
