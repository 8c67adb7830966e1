"""Counting once a day how many people have each skill; only bands of the counts are kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

from bot.people.consent import Purpose
from bot.reminders.zones import zone_of
from bot.talent import PURPOSES, Counts, Kind
from bot.talent.bands import load_bands
from bot.work.context import Surroundings
from bot.work.talent.offered import offered_by
from content.load import Content
from storage import Database, Unit

NAME: Final = "talent"
"""Under which the bands are kept among a city's figures."""
AT_ONCE: Final = 50


class Counting:
    """Counts each city that is served, once a day by its own clock.

    Args:
        database: Where people are, and bands are kept.
        around: Returns the content.
        clock: Where the time comes from.
    """

    def __init__(
        self,
        database: Database,
        around: Callable[[], Surroundings],
        clock: Callable[[], datetime],
    ) -> None:
        self._database, self._around, self._clock = database, around, clock

    async def count_due(self) -> tuple[str, ...]:
        """Count the cities of which nothing was counted today; return their ids."""
        cities = self._around().content.cities
        due = []
        for key, city in cities.items():
            last = await self._database.read(partial(_last, key))
            zone = zone_of(city.zone)
            today = self._clock().astimezone(zone).date()
            if last is None or last.astimezone(zone).date() != today:
                due.append(key)
        if due:
            await self._count(due)
        return tuple(due)

    async def _count(self, due: list[str]) -> None:
        kinds: dict[str, set[Kind]] = defaultdict(set)
        for kind, purpose in PURPOSES.items():
            after = ""
            while found := await self._database.read(partial(_page, purpose=purpose, after=after)):
                after = found[-1]
                for person in found:
                    kinds[person].add(kind)
        counts = {city: Counts() for city in due}
        people = sorted(kinds)
        for at in range(0, len(people), AT_ONCE):
            part = {person: kinds[person] for person in people[at : at + AT_ONCE]}
            await self._database.read(partial(_add, self._around().content, counts, part))
        for city, counted in counts.items():
            body = counted.dump()
            await self._database.write(partial(_put, city, body))


def bands_of(unit: Unit, city: str) -> dict[str, str]:
    """Return the bands of a city as they were counted last."""
    kept = unit.insights.find_figures(city, NAME)
    return load_bands(kept[1]) if kept else {}


def _last(city: str, unit: Unit) -> datetime | None:
    kept = unit.insights.find_figures(city, NAME)
    return kept[0] if kept else None


def _page(unit: Unit, purpose: Purpose, after: str) -> list[str]:
    return unit.invited.list_consenting(purpose, after, AT_ONCE)


def _add(content: Content, counts: dict[str, Counts], people: dict[str, set[Kind]],
         unit: Unit) -> None:  # fmt: skip
    for person, kinds in people.items():
        who = unit.people.find(person)
        if who is None or who.city not in counts:
            continue
        chosen = unit.invited.findable(person, who.city)
        if chosen:
            counts[who.city].add(kinds, offered_by(unit, content, person, chosen).levels())


def _put(city: str, body: bytes, unit: Unit) -> None:
    unit.insights.put_figures(city, NAME, body)
