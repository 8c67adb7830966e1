"""Courses for other chats: what words find, in the city that they name or in all."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.courses import SearchRequest, wording
from bot.courses.lines import CourseLine
from bot.courses.search.results import Hit
from bot.work.catalogue import Catalogue
from bot.work.gate import Gate
from content.places import folded
from content.schema import City

MOST = 20
LONGEST_NAME = 4
"""Words of the longest name of a city."""


class InlineCourses:
    """Finds courses for whoever types in another chat; it is not asked who that is.

    Args:
        catalogue: The indexes of the cities.
        cities: The cities that are served, by id.
        clock: Where the time comes from.
        gate: Whether anything may leave.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        cities: Callable[[], Mapping[str, City]],
        clock: Callable[[], datetime],
        gate: Gate,
    ) -> None:
        self._catalogue = catalogue
        self._cities = cities
        self._clock = clock
        self._gate = gate

    async def find(self, words: str) -> Sequence[CourseLine] | None:
        """Return what words find, the best first; None while all that goes out is stopped."""
        if not self._gate.is_open:
            return None
        return await asyncio.to_thread(self._find, words) if words.strip() else ()

    def _find(self, words: str) -> Sequence[CourseLine]:
        cities = self._cities()
        named, rest = city_named(words, cities)
        asked = [named] if named else list(cities)
        found = [(hit, city) for city in asked for hit in self._hits(city, rest or words)]
        found.sort(key=lambda one: -one[0].score)
        return [self._line(hit, cities[city]) for hit, city in found[:MOST]]

    def _hits(self, city: str, words: str) -> Sequence[Hit]:
        index = self._catalogue.index(city)
        if index is None:
            return ()
        return index.search(SearchRequest(words, limit=MOST, city=city)).hits

    def _line(self, hit: Hit, city: City) -> CourseLine:
        today = self._clock().astimezone(ZoneInfo(city.zone)).date()
        facts = wording.short_facts(hit.course, hit.instance, today)
        return CourseLine(hit.course.id, hit.course.title, facts, city.name)


def city_named(words: str, cities: Mapping[str, City]) -> tuple[str, str]:
    """Return the id of the city that words name and the other words; empty where none is."""
    named = {
        folded(name): city.id
        for city in cities.values()
        for name in (city.name, *city.names.values(), *city.aliases)
    }
    typed = words.split()[:60]
    for length in range(min(LONGEST_NAME, len(typed)), 0, -1):
        for start in range(len(typed) - length + 1):
            city = named.get(folded(" ".join(typed[start : start + length])))
            if city:
                return city, " ".join((*typed[:start], *typed[start + length :]))
    return "", words
