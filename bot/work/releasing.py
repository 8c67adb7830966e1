"""Telling a city what people did in a week or month: counted once it is over, and never again."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time
from functools import partial
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

import orjson
import structlog

from bot.courses import SearchRequest, Understood
from bot.insights.sheets import (
    ALL,
    CHANGES,
    SHEETS,
    Release,
    Sheet,
    after,
    ended,
    release,
    ways_of,
)
from bot.insights.stops import DONE, step_of
from bot.insights.telling import Row
from bot.work.background import in_background
from bot.work.campaigns.ground import CityGround
from bot.work.context import Surroundings
from bot.work.supplying import Taught, supply_of
from storage import Database, Unit
from storage.repositories import releases_sql as sql
from storage.statements import Statement

Groups: TypeAlias = Mapping[str, Iterable[Row]]
Between: TypeAlias = tuple[datetime, datetime]
MOST_SUBJECTS = 20
"""Different things that one person is counted for in a week."""

log = structlog.get_logger()


class Releasing:
    """Makes each city's figures of the weeks and months that are over.

    Args:
        database: What is counted is there, and what is told goes there.
        around: Returns content, catalogue and what else a look may use.
        clock: Where the time comes from.
    """

    def __init__(
        self,
        database: Database,
        around: Callable[[], Surroundings],
        clock: Callable[[], datetime],
    ) -> None:
        self._database, self._around, self._clock = database, around, clock

    async def release_due(self) -> int:
        """Tell what is over and was not told yet, one sheet at a time; return how many."""
        made = 0
        for city, known in self._around().content.cities.items():
            if self._around().catalogue.index(city) is None:
                continue
            today = self._clock().astimezone(ZoneInfo(known.zone)).date()
            told = await self._database.read(partial(_told, city))
            for sheet in SHEETS.values():
                for starts_on in _periods(sheet, today):
                    if (sheet.key, starts_on) not in told:
                        await self._release(city, sheet, starts_on)
                        made += 1
        return made

    async def _release(self, city: str, sheet: Sheet, starts_on: date) -> None:
        """Count off the loop, then write one row."""
        one = await in_background(self.made, city, sheet, starts_on)
        await self._database.write(lambda unit: unit.releases.add(city, one))
        log.info("insight.released", city=city, sheet=sheet.key, groups=len(one.groups))

    def made(self, city: str, sheet: Sheet, starts_on: date) -> Release:
        """Return what may be told of a period; nothing is kept."""
        around = self._around()
        if sheet.is_public:
            return supply_of(around, city, starts_on, partial(self._taught, city))
        known = around.content.cities[city]
        zone = ZoneInfo(known.zone)
        within = (_midnight(starts_on, zone), _midnight(after(starts_on, sheet.every), zone))
        wards = tuple(place.name.casefold() for place in known.places_of("ward"))
        counting = _Counting(around, city, within)
        groups = self._database.read_now(partial(counting.of, sheet.key))
        ways = ways_of(sheet.key, wards, known.languages)
        return release(sheet.key, starts_on, groups, ways)

    def _taught(self, city: str) -> Taught:
        return self._database.read_now(lambda unit: unit.tags.of_city(city))


class _Counting:
    """Counts people of one city and period, each once."""

    def __init__(self, around: Surroundings, city: str, within: Between) -> None:
        self._around, self._city, self._within = around, city, within
        self._read: dict[bytes, Understood] = {}

    def of(self, sheet: str, unit: Unit) -> Groups:
        """Return people by group and part."""
        make: Callable[[Unit], Groups] = getattr(self, f"_{sheet}")
        return make(unit)

    def _rows(self, unit: Unit, statement: Statement) -> list[tuple[Any, ...]]:
        return unit.releases.count(statement, self._city, *self._within)

    def _people(self, unit: Unit) -> Groups:
        rows = self._rows(unit, sql.PEOPLE)
        return {
            ALL: [
                ({"language": language, "channel": channel or "", "known": known}, count)
                for language, channel, known, count in rows
            ]
        }

    def _talks(self, unit: Unit) -> Groups:
        return _plain(self._rows(unit, sql.TALKS))

    def _stops(self, unit: Unit) -> Groups:
        found: dict[str, list[Row]] = defaultdict(list)
        for flow, done, key, count in self._rows(unit, sql.STOPS):
            found[flow].append(({"step": DONE if done else step_of(key or "")}, int(count)))
        return found

    def _unread(self, unit: Unit) -> Groups:
        found: dict[str, list[Row]] = defaultdict(list)
        for flow, step, words, count in self._rows(unit, sql.UNREAD):
            found[f"{flow} {step}"].append(({"words": words}, int(count)))
        return found

    def _routes(self, unit: Unit) -> Groups:
        return _plain(self._rows(unit, sql.ROUTES))

    def _steps(self, unit: Unit) -> Groups:
        return _plain(self._rows(unit, sql.STEPS))

    def _badges(self, unit: Unit) -> Groups:
        return _plain(self._rows(unit, sql.BADGES))

    def _levels(self, unit: Unit) -> Groups:
        return _parted(self._rows(unit, sql.LEVELS), "level")

    def _campaigns(self, unit: Unit) -> Groups:
        rows = [
            (key, outcome[1:], count) for key, outcome, count in self._rows(unit, sql.CAMPAIGNS)
        ]
        return _parted(rows, "outcome")

    def _checks(self, unit: Unit) -> Groups:
        people = []
        for ward, level, before, now, count in self._rows(unit, sql.CHECKS):
            change = "first" if before is None or now is None else _change(before, now)
            level_name = "" if level is None else str(level)
            people.append(({"ward": ward, "level": level_name, "change": change}, count))
        return {ALL: people}

    def _feelings(self, unit: Unit) -> Groups:
        found: dict[str, list[Row]] = {"confidence": [], "resilience": []}
        for sure_before, sure, able_before, able, count in self._rows(unit, sql.FEELINGS):
            for name, before, now in (
                ("confidence", sure_before, sure),
                ("resilience", able_before, able),
            ):
                if before.isdecimal() and now.isdecimal():
                    found[name].append(({"change": _change(int(before), int(now))}, count))
        return found

    def _evaluation(self, unit: Unit) -> Groups:
        found: dict[str, list[Row]] = defaultdict(list)
        asked = self._around.content.questionnaires.current["evaluation"].questions
        told = {key for key, one in asked.items() if one.kind in ("choice", "scale")}
        for filled in unit.releases.list_evaluations(self._city, *self._within):
            for key, value in filled.answers.items():
                if filled.questionnaire == "evaluation" and key.question in told:
                    found[key.question].append(({"answer": str(value)}, 1))
        return found

    def _found(self, unit: Unit) -> Groups:
        zone = ZoneInfo(self._around.content.cities[self._city].zone)
        since, until = (moment.astimezone(zone).date() for moment in self._within)
        return _plain(unit.reach.finds(self._city, since, until).items())

    def _unmet(self, unit: Unit) -> Groups:
        return self._subjects(unit, "unmet")

    def _watched(self, unit: Unit) -> Groups:
        return self._subjects(unit, "watched")

    def _subjects(self, unit: Unit, kind: str) -> Groups:
        pairs: set[tuple[str, str]] = set()
        of_each: Counter[str] = Counter()
        for who, request in unit.releases.list_sought(kind, self._city, *self._within):
            subject = self._understood(request).subject.casefold()
            if subject and (who, subject) not in pairs and of_each[who] < MOST_SUBJECTS:
                pairs.add((who, subject))
                of_each[who] += 1
        return _plain(Counter(subject for _, subject in pairs).items())

    def _unmet_places(self, unit: Unit) -> Groups:
        """Everybody who looked in vain, each in the first ward that they named."""
        around = self._around
        ground = CityGround(around.content, around.catalogue, around.places, self._city)
        places: dict[str, str] = {}
        for who, request in unit.releases.list_sought("unmet", self._city, *self._within):
            place = self._understood(request).place
            is_here = place is not None and place.kind not in ("here", "city")
            point = place.point if place is not None and is_here else None
            ward = ground.ward_of(point.lat, point.lon).casefold() if point else ""
            places[who] = places.get(who) or ward
        return {ALL: [({"ward": ward}, 1) for ward in places.values()]}

    def _saved(self, unit: Unit) -> Groups:
        index = self._around.catalogue.index(self._city)
        pairs = set()
        for who, course_id in unit.releases.list_saved(self._city, *self._within):
            course = index.get(course_id) if index else None
            if course is not None and course.subjects:
                pairs.add((who, course.subjects[0].casefold()))
        return _plain(Counter(subject for _, subject in pairs).items())

    def _understood(self, request: Any) -> Understood:
        """Return how a search was read; the same words are read once."""
        written = orjson.dumps(request)
        if written not in self._read:
            index = self._around.catalogue.index(self._city)
            asked = SearchRequest.from_json(request)
            self._read[written] = index.understand(asked.text, asked) if index else Understood()
        return self._read[written]


def _plain(rows: Iterable[tuple[Any, ...]]) -> Groups:
    return {str(group): [({}, int(count))] for group, count in rows}


def _parted(rows: Iterable[tuple[Any, ...]], way: str) -> Groups:
    found: dict[str, list[Row]] = defaultdict(list)
    for group, part, count in rows:
        found[str(group)].append(({way: str(part)}, int(count)))
    return found


def _change(before: float, now: float) -> str:
    more, same, less = CHANGES
    return more if now > before else less if now < before else same


def _periods(sheet: Sheet, today: date) -> list[date]:
    """Return the periods that may be told; what is on offer now is told of the last one alone."""
    found = list(ended(today, sheet.every))
    return found[:1] if sheet.is_public else found


def _told(city: str, unit: Unit) -> frozenset[tuple[str, date]]:
    return unit.releases.list_days(city)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
