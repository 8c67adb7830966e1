"""Counting once a day what was answered to each questionnaire of a city."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

import structlog

from bot.insights.answers import NAME, Results, dump_results, load_results, name_of
from bot.insights.tallying import Same, Tally
from bot.questionnaires.responses import Response, State
from bot.work.background import in_background
from bot.work.context import Surroundings
from bot.work.places import Places
from content.places import distance_km
from content.questionnairefiles import Questionnaires
from content.schema import City
from storage import Database, Unit

AT_ONCE: Final = 50
COUNTED: Final = (State.SENT, State.WORK, State.REPLACED)

log = structlog.get_logger()


class Answered:
    """Counts each city that is served, once a day by its own clock.

    Args:
        database: Where answers are, and results are kept.
        around: Returns the content and its places.
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
        """Count the cities in which nothing was counted today; return their ids."""
        due = []
        for key, city in self._around().content.cities.items():
            zone = ZoneInfo(city.zone)
            last = await self._database.read(partial(_last, key))
            today = self._clock().astimezone(zone).date()
            if last is None or last.astimezone(zone).date() != today:
                due.append(key)
        for key in due:
            await self.count(key)
        return tuple(due)

    async def count(self, city: str) -> None:
        """Count a city: reading off the loop, writing each questionnaire by itself."""
        found = await in_background(self._results, city)
        for questionnaire, results in found.items():
            body = dump_results(results)
            await self._database.write(partial(_put, city, name_of(questionnaire), body))
        await self._database.write(partial(_put, city, NAME, b"[]"))
        log.info("answers.counted", city=city)

    def _results(self, city: str) -> dict[str, list[Results]]:
        """Return what changed; every version of a questionnaire with any that did."""
        around, at = self._around(), self._clock()
        asked = around.content.questionnaires
        before = self._database.read_now(partial(_before, city, asked))
        ward = _Wards(around.content.cities[city], around.places)
        tallies = _tallies(asked, before, ward)
        for audience in sorted({one.audience for one in asked.current.values()}):
            for state in COUNTED:
                for one in self._responses(city, audience, state):
                    tally = tallies.get((one.filled.questionnaire, one.filled.version))
                    if tally is not None:
                        tally.add(one)
        return _renewed(before, tallies, at)

    def _responses(self, city: str, audience: str, state: State) -> Iterable[Response]:
        after = ""
        while found := self._database.read_now(partial(_slice, city, audience, state, after)):
            yield from found
            after = found[-1].id


class _Wards:
    """The ward in which lies what somebody typed: it itself, or that with the nearest middle."""

    def __init__(self, city: City, places: Places) -> None:
        self._city, self._places = city, places
        self._wards = city.places_of("ward")
        self._known: dict[str, str] = {}

    def __call__(self, typed: str) -> str:
        if typed not in self._known:
            self._known[typed] = self._find(typed)
        return self._known[typed]

    def _find(self, typed: str) -> str:
        found = next(iter(self._places.resolve(self._city.id, typed)), None)
        if found is None or found.kind == "city" or not self._wards:
            return ""
        near = min(self._wards, key=lambda one: distance_km(one.lat, one.lon, found.lat, found.lon))
        return found.name if found.kind == "ward" else near.name


_Key = tuple[str, int]


def _tallies(
    asked: Questionnaires, before: Mapping[_Key, Results], ward: _Wards
) -> dict[_Key, Tally]:
    every = {(key, one.version): one for key, one in asked.current.items()} | dict(asked.earlier)
    same = Same()
    return {
        key: Tally(one, same, ward, before[key].at if key in before else None)
        for key, one in every.items()
    }


def _renewed(
    before: Mapping[_Key, Results], tallies: Mapping[_Key, Tally], at: datetime
) -> dict[str, list[Results]]:
    due = {key for key, tally in tallies.items() if tally.is_due()}
    found: dict[str, list[Results]] = {name: [] for name, _ in due}
    for key in sorted(before.keys() | due):
        if key[0] in found:
            found[key[0]].append(tallies[key].results(at) if key in due else before[key])
    return found


def _before(city: str, asked: Questionnaires, unit: Unit) -> dict[_Key, Results]:
    found: dict[_Key, Results] = {}
    for key in asked.current:
        if kept := unit.insights.find_figures(city, name_of(key)):
            found |= {(key, one.version): one for one in load_results(kept[1])}
    return found


def _slice(city: str, audience: str, state: State, after: str, unit: Unit) -> list[Response]:
    return unit.responses.list_in_city(city, audience, after, AT_ONCE, state)


def _last(city: str, unit: Unit) -> datetime | None:
    kept = unit.insights.find_figures(city, NAME)
    return kept[0] if kept else None


def _put(city: str, name: str, body: bytes, unit: Unit) -> None:
    unit.insights.put_figures(city, name, body)
