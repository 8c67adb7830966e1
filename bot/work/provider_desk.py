"""Staff's side of providers: who they are, how to reach them, two spellings made one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.courses.keeping.records import ListedProvider
from bot.courses.keeping.seeing import ProviderLine
from bot.errors import Refused
from bot.people import Role, organisation_key
from bot.work.imports import source_of
from bot.work.listing_desk import kind_of
from bot.work.report_desk import speakers
from storage import Database, Unit

SLICE = 100
"""Courses in one unit: far under 50 ms of the only writer's time."""
STATUSES = ("active", "hidden")


class ProviderDesk:
    """Providers of some cities. What staff do is audited."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def listed(self, cities: Sequence[str]) -> Sequence[ProviderLine]:
        """Return every provider of these cities by its name."""
        lines = await self._database.read(
            lambda unit: [line for city in cities for line in _lines(unit, city).values()]
        )
        return sorted(lines, key=lambda one: (one.known.name.casefold(), one.city))

    async def find(self, city: str, key: str) -> ProviderLine | None:
        """Return one provider of a city; None where nobody knows it."""
        return await self._database.read(lambda unit: _lines(unit, city).get(key))

    async def keep(
        self, city: str, key: str, contact: str, agreed: str, note: str, by: str
    ) -> bool:
        """Keep what staff know of a provider; False where nobody knows it."""

        def act(unit: Unit) -> bool:
            line = _lines(unit, city).get(key)
            if line is None:
                return False
            known = replace(line.known, contact=contact, agreed=agreed, note=note)
            unit.listings.put_provider(city, known, by)
            _note(unit, "provider.noted", city, line.known.name, by, agreed=agreed)
            return True

        return await self._database.write(act)

    async def merge(self, city: str, key: str, into: str, by: str) -> int | None:
        """Show a provider's courses under another's name, now and after every import.

        Returns:
            How many courses changed their name; None where either is not known.

        Raises:
            Refused: "listings.refused.same"; or "listings.refused.spoken_for": somebody speaks for
                it, who would lose its courses.
        """

        def act(unit: Unit) -> bool:
            lines = _lines(unit, city)
            one, other = lines.get(key), lines.get(into)
            if one is None or other is None:
                return False
            if key == into or other.known.goes_by:
                raise Refused("listings.refused.same")
            if speakers(unit, city, key):
                raise Refused("listings.refused.spoken_for")
            name = other.known.name
            for spelt in (one.known, *unit.listings.list_spellings(city, one.known.name)):
                unit.listings.put_provider(city, replace(spelt, goes_by=name), by)
            _note(unit, "provider.merged", city, one.known.name, by, into=name)
            return True

        return await self._remake(city, key) if await self._database.write(act) else None

    async def part(self, city: str, key: str, by: str) -> int | None:
        """Show a provider's courses under its own name again; None where they are."""

        def act(unit: Unit) -> str | None:
            known = unit.listings.find_provider(city, key)
            if known is None or not known.goes_by:
                return None
            unit.listings.put_provider(city, replace(known, goes_by=""), by)
            _note(unit, "provider.parted", city, known.name, by, out_of=known.goes_by)
            return known.goes_by

        name = await self._database.write(act)
        return None if name is None else await self._remake(city, organisation_key(name))

    async def _remake(self, city: str, key: str) -> int:
        """Make the courses that are shown under a name anew, slice by slice; count them."""
        names = await self._database.read(lambda unit: unit.listings.name_providers(city, STATUSES))
        count = 0
        for name in (one for one in names if organisation_key(one) == key):
            for status in STATUSES:
                count += await self._remake_named(city, name, status)
        return count

    async def _remake_named(self, city: str, name: str, status: str) -> int:
        after, count = "", 0
        while ids := await self._database.read(partial(_slice, city, name, status, after)):
            await self._database.write(partial(_remake, city, ids))
            after, count = ids[-1], count + len(ids)
        return count


def _slice(city: str, name: str, status: str, after: str, unit: Unit) -> list[str]:
    return unit.catalogue.list_named_so(city, name, status, after, SLICE)


def _remake(city: str, ids: Sequence[str], unit: Unit) -> None:
    unit.catalogue.remake(city, ids)


def _lines(unit: Unit, city: str) -> dict[str, ProviderLine]:
    """Return every provider of a city by its key: those that courses name and those noted."""
    known = unit.listings.list_providers(city)
    imported: dict[str, datetime] = {}
    for source, at in unit.listings.list_imported(city).items():
        name = source_of(source)
        imported[name] = max(at, imported.get(name, at))
    people = _count_people(unit, city)
    found: dict[str, ProviderLine] = {}
    for name, sources in unit.listings.name_providers(city).items():
        key = organisation_key(name)
        line = found.get(key) or ProviderLine(city, key, known.get(key, ListedProvider(name)), 0)
        found[key] = _with_sources(line, sources, imported)
    for key, one in known.items():
        found.setdefault(key, ProviderLine(city, key, one, 0))
    for one in known.values():
        into = organisation_key(one.goes_by)
        if into in found:
            line = found[into]
            found[into] = replace(line, spellings=(*line.spellings, one.name))
    return {key: replace(line, people=people.get(key, 0)) for key, line in found.items()}


def _with_sources(
    line: ProviderLine, sources: Mapping[str, int], imported: Mapping[str, datetime]
) -> ProviderLine:
    counts, seen = dict(line.sources), line.imported_at
    for source, count in sources.items():
        kind = kind_of(source)
        counts[kind] = counts.get(kind, 0) + count
        at = imported.get(source)
        seen = max(filter(None, (seen, at)), default=None)
    courses = line.courses + sum(sources.values())
    return replace(line, courses=courses, sources=counts, imported_at=seen)


def _count_people(unit: Unit, city: str) -> dict[str, int]:
    found: dict[str, set[str]] = {}
    for one in unit.staff.list_staff(city):
        if one.role == Role.PROVIDER.value:
            found.setdefault(organisation_key(one.provider), set()).add(one.person)
    return {key: len(held) for key, held in found.items()}


def _note(unit: Unit, action: str, city: str, name: str, by: str, **facts: str) -> None:
    unit.audit.record(
        action,
        actor=unit.people.reference_of(by),
        subject=name,
        city=city,
        facts=facts,
    )
