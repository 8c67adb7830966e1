"""Staff's side of listings: search as people do, put right, hide, undo. All of it is audited."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.courses import Chip, CourseIndex, Point, SearchRequest
from bot.courses.keeping import HIDDEN, FieldName, read_fixes, told
from bot.courses.keeping.seeing import Fixed, KeptListing, Report, Searched
from bot.errors import NotFound
from bot.skills.tagging import Rules, tags_of
from bot.work.catalogue import Catalogue
from bot.work.places import Places
from storage import Database, Unit
from storage.listings import ListingReport
from storage.records import CatalogueEntry

MOST_LISTED = 100
SHOWN = "shown"


class ListingDesk:
    """Listings of some cities.

    Args:
        catalogue: Has the indexes that people search.
        places: Finds postcodes.
        rules: By which it is worked out what a course teaches.
    """

    def __init__(
        self,
        database: Database,
        catalogue: Catalogue,
        places: Places,
        rules: Callable[[], Rules],
    ) -> None:
        self._database, self._catalogue = database, catalogue
        self._places, self._rules = places, rules

    async def search(self, city: str, request: SearchRequest) -> Searched | None:
        """Search as a resident of a city does; None before its first index is there."""
        index = self._catalogue.index(city)
        if index is None:
            return None
        return await asyncio.to_thread(_searched, index, replace(request, city=city))

    async def find(self, course: str, cities: Sequence[str]) -> KeptListing | None:
        """Return a listing, hidden and withdrawn ones too; None where it is not of these cities."""
        return await self._database.read(lambda unit: _kept(unit, course, cities))

    async def list_hidden(self, cities: Sequence[str]) -> Sequence[KeptListing]:
        """Return what staff keep off the lists of these cities, the newest first."""

        def look(unit: Unit) -> list[KeptListing]:
            ids = [one for city in cities for one in unit.listings.list_hidden(city, MOST_LISTED)]
            found = (_kept(unit, one, cities) for one in ids)
            return [one for one in found if one is not None]

        return await self._database.read(look)

    async def fix(
        self, course: str, cities: Sequence[str], form: Mapping[FieldName, str], by: str
    ) -> Fixed | None:
        """Put right what a form changes; None where the course is not of these cities.

        Nothing is kept while anything cannot be read.
        """

        def act(unit: Unit) -> Fixed | None:
            entry = entry_of(unit, course, cities)
            if entry is None:
                return None
            city = entry.course.city
            kept, faults = read_fixes(entry.course, form, lambda code: self._locate(city, code))
            if faults or not kept:
                return Fixed(faults=faults)
            was = told(entry.told or entry.course)
            unit.listings.fix(city, course, kept, was, by)
            self._follow(unit, entry)
            names = tuple(name for name in kept if name in was)
            note(unit, "listing.fixed", entry, by, fields=" ".join(names)[:500])
            return Fixed(kept=names)

        return await self._database.write(act)

    async def hide(self, course: str, cities: Sequence[str], by: str) -> bool:
        """Keep a listing off the list until it is shown again; False where it is not theirs."""

        def act(unit: Unit) -> bool:
            entry = entry_of(unit, course, cities)
            return entry is not None and hide(unit, entry, by)

        return await self._database.write(act)

    async def undo(self, course: str, cities: Sequence[str], field: FieldName, by: str) -> bool:
        """Let what was put right in a field count no longer; False where nothing was."""

        def act(unit: Unit) -> bool:
            entry = entry_of(unit, course, cities)
            if entry is None:
                return False
            try:
                unit.listings.undo(entry.course.city, course, field, by)
            except NotFound:
                return False
            self._follow(unit, entry)
            action = f"listing.{SHOWN if field == HIDDEN else 'undone'}"
            note(unit, action, entry, by, field=field)
            return True

        return await self._database.write(act)

    def _follow(self, unit: Unit, entry: CatalogueEntry) -> None:
        """Bring the listing and what it teaches to what is said now."""
        city, key = entry.course.city, entry.course.id
        unit.catalogue.remake(city, [key])
        now = unit.catalogue.get(key)
        if now.status == "active":
            unit.tags.put(city, {key: tags_of(now.course, rules=self._rules())})

    def _locate(self, city: str, code: str) -> Point | None:
        found = self._places.resolve(city, code)
        return Point(found[0].lat, found[0].lon) if found else None


def hide(unit: Unit, entry: CatalogueEntry, by: str) -> bool:
    """Keep a listing off the list; False where it is off already."""
    if entry.status == "hidden":
        return False
    city, key = entry.course.city, entry.course.id
    unit.listings.fix(city, key, {HIDDEN: "yes"}, {}, by)
    unit.catalogue.remake(city, [key])
    unit.tags.clear(city, [key])
    note(unit, "listing.hidden", entry, by)
    return True


def note(unit: Unit, action: str, entry: CatalogueEntry, by: str, **facts: str) -> None:
    """Write down in the audit log what staff did with a listing."""
    unit.audit.record(
        action,
        actor=unit.people.reference_of(by),
        subject=entry.course.id,
        city=entry.course.city,
        facts=facts,
    )


def entry_of(unit: Unit, course: str, cities: Sequence[str]) -> CatalogueEntry | None:
    """Return a listing of these cities."""
    entry = unit.catalogue.find(course)
    return entry if entry is not None and entry.course.city in cities else None


def report_of(unit: Unit, stored: ListingReport) -> Report:
    """Return a report as staff see it."""
    entry = unit.catalogue.find(stored.course)
    return Report(
        id=stored.id,
        city=stored.city,
        course=stored.course,
        title=entry.course.title if entry else stored.course,
        provider=entry.course.provider if entry else "",
        reason=stored.reason,
        words=stored.words,
        at=stored.at,
        wants_answer=stored.wants_answer and stored.person is not None,
        provider_told_at=stored.provider_told_at,
        is_there=entry is not None and entry.status == "active",
    )


def _searched(index: CourseIndex, request: SearchRequest) -> Searched:
    result = index.search(request)
    without: tuple[tuple[Chip, int], ...] = ()
    if not result.hits and not request.offset:
        without = tuple(
            (chip, index.search(replace(request, limit=1).without(chip.id)).total)
            for chip in result.understood.chips
        )
    return Searched(result, index.explain(request), without, len(index))


def _kept(unit: Unit, course: str, cities: Sequence[str]) -> KeptListing | None:
    entry = entry_of(unit, course, cities)
    if entry is None:
        return None
    city = entry.course.city
    return KeptListing(
        course=entry.course,
        told=entry.told or entry.course,
        status=entry.status,
        source=kind_of(entry.source),
        first_seen_at=entry.first_seen_at,
        changed_at=entry.changed_at,
        fixes=tuple(unit.listings.list_fixes(city, course)),
        reports=tuple(report_of(unit, one) for one in unit.reports.list_about(city, course)),
    )


def kind_of(source: str) -> str:
    """Return what a source of the catalogue is: "feed" (or a file), "offer" or "sample"."""
    head = source.partition(":")[0]
    return {"provider": "feed", "offers": "offer"}.get(head, "sample")
