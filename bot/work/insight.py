"""Rolling up a city's figures once a day, and forming cohorts of organisations to compare with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

import structlog

from bot.insights.cohorts import Formed, Waiting, form
from bot.insights.comparing import Comparison, compare
from bot.insights.gathering import Sought, asked_by, offered_by, own_of, promised_by
from bot.insights.provision import Asked, Promised, Skill
from bot.insights.rollup import NAME, Gathered, dump_figures, load_figures, roll_up
from bot.needs.overview import Overview
from bot.questionnaires.records import Key
from bot.questionnaires.responses import Response
from bot.work.background import in_background
from bot.work.context import Surroundings
from bot.work.employing import Said, said_by
from bot.work.matching import provisions_of
from storage import Database, Unit

AT_ONCE = 50
"""Organisations or responses that are read in one unit."""
MOST_UNMET = 1_000

log = structlog.get_logger()


def compared(unit: Unit, overview: Overview, today: date) -> tuple[Comparison, ...]:
    """Return an organisation's competences beside its sector and its city, where one may."""
    organisation = overview.organisation
    cohorts = unit.insights.list_cohorts(organisation.city, today)
    return compare(own_of(overview.merged, organisation.sector), cohorts.values())


@dataclass
class _Needs:
    """What a city's organisations said, as far as it was read.

    Attributes:
        waiting: With when each answer was given.
    """

    asked: list[Asked] = field(default_factory=list)
    waiting: list[tuple[Waiting, datetime]] = field(default_factory=list)


class Insight:
    """Makes the figures of each city that is served, once a day by its own clock.

    Args:
        database: Where answers are, and figures are kept.
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

    async def roll_up_due(self) -> tuple[str, ...]:
        """Roll up the cities that have no figures of today yet; return their ids."""
        done = []
        for city, known in self._around().content.cities.items():
            zone = ZoneInfo(known.zone)
            today = self._clock().astimezone(zone).date()
            last = await self._database.read(_last_made(city))
            is_due = last is None or last.astimezone(zone).date() != today
            if is_due and self._around().catalogue.index(city) is not None:
                await self.roll_up(city, today)
                done.append(city)
        return tuple(done)

    async def roll_up(self, city: str, today: date) -> None:
        """Count a city's figures and form its cohorts: reading off the loop, writing in slices."""
        body, needs = await in_background(self._count, city, today)
        await self._database.write(lambda unit: unit.insights.put_figures(city, NAME, body))
        await self._form(city, needs, today)
        log.info("insight.rolled_up", city=city)

    def _count(self, city: str, today: date) -> tuple[bytes, _Needs]:
        needs = self._needs(city)
        around, read = self._around(), self._database.read_now
        index = around.catalogue.index(city)
        offered = read(lambda unit: provisions_of(unit, index, city)) if index else []
        gathered = Gathered(
            needs.asked,
            offered_by(offered),
            list(self._promised(city)),
            read(lambda unit: _sought(unit, city)),
        )
        kept = read(lambda unit: unit.insights.find_figures(city, NAME))
        before = load_figures(kept[1]) if kept else None
        return dump_figures(roll_up(before, gathered, today)), needs

    def _needs(self, city: str) -> _Needs:
        found, after = _Needs(), ""
        while True:
            after = self._database.read_now(partial(self._slice, city, after, found))
            if not after:
                return found

    def _slice(self, city: str, after: str, found: _Needs, unit: Unit) -> str:
        """Read some organisations; return the id of the last, empty where there are none left."""
        around = self._around()
        reader = around.matching.reader(around.content)
        last = ""
        for one in unit.employers.list_in_city(city, after, AT_ONCE):
            last = one.id
            said = said_by(unit, one, around.content, around.places, reader)
            if said.responses:
                found.asked += asked_by(said.organisation, said.needs, around.content.frameworks)
                found.waiting += _waiting(unit, said)
        return last

    def _promised(self, city: str) -> Iterator[Promised]:
        after = ""
        while True:
            responses = self._database.read_now(partial(_offers, city, after))
            for one in responses:
                name = one.filled.answers.get(Key("name"))
                provider = one.subject or (name if isinstance(name, str) else one.id)
                yield from promised_by(provider, one.filled.answers)
            if len(responses) < AT_ONCE:
                return
            after = responses[-1].id

    async def _form(self, city: str, needs: _Needs, today: date) -> None:
        """Form the cohorts that can be, each in a unit of its own."""
        await self._database.write(lambda unit: unit.insights.drop_ended(city, today))
        cohorts, counted = await self._database.read(
            lambda unit: (
                unit.insights.list_cohorts(city, today),
                unit.insights.list_counted(city),
            )
        )
        free: list[Waiting] = []
        answered: dict[tuple[str, Skill], datetime] = {}
        for one, at in needs.waiting:
            known = counted.get((one.organisation, one.skill))
            if known is None or (known.cohort not in cohorts and known.answered_at < at):
                free.append(one)
                answered[one.organisation, one.skill] = at
        has_figures = {one.skill for one in cohorts.values()}
        for formed in form(free, has_figures, today):
            skill = formed.cohort.skill
            when = {member: answered[member, skill] for member in formed.members}
            await self._database.write(partial(_add, city, formed, when))


def _waiting(unit: Unit, said: Said) -> Iterator[tuple[Waiting, datetime]]:
    organisation = said.organisation
    at = max(one.sent_at or one.changed_at for one in said.responses)
    people = frozenset(one.person for one in unit.employers.list_members(organisation.id))
    for own in own_of(said.merged, organisation.sector):
        one = Waiting(
            organisation.id, people, own.sector, own.skill, own.now, own.should, at.date()
        )
        yield one, at


def _offers(city: str, after: str, unit: Unit) -> list[Response]:
    return unit.responses.list_in_city(city, "provider", after, AT_ONCE)


def _add(city: str, formed: Formed, when: Mapping[str, datetime], unit: Unit) -> str:
    return unit.insights.add_cohort(city, formed, when)


def _sought(unit: Unit, city: str) -> list[Sought]:
    return [
        Sought(one.words, one.skill, one.times) for one in unit.wishes.list_unmet(city, MOST_UNMET)
    ]


def _last_made(city: str) -> Callable[[Unit], datetime | None]:
    def look(unit: Unit) -> datetime | None:
        kept = unit.insights.find_figures(city, NAME)
        return kept[0] if kept else None

    return look
