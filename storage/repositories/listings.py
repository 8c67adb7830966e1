"""What staff put right in listings, and under which name each provider is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from bot.courses.keeping import HIDDEN, PROVIDER, FieldName
from bot.courses.keeping.records import ListedProvider, ListingFix
from bot.courses.records import Course
from bot.errors import NotFound
from bot.people import organisation_key
from storage.instants import instant
from storage.repositories.repository import Repository
from storage.statements import Statement
from storage.tables.keeping import ListedProviderRow, ListingFixRow

MOST_MERGED = 500
_STANDING = Statement("""
    SELECT course, field, value FROM listing_fix
    WHERE city = :city AND undone_at IS NULL ORDER BY id
""")
_MERGED = Statement("""
    SELECT key, goes_by FROM listed_provider WHERE city = :city AND goes_by <> ''
""")
_IMPORTED = Statement("""
    SELECT source, MAX(ended_at) FROM import_run
    WHERE city = :city AND kind = 'import' AND ended_at IS NOT NULL GROUP BY source
""")
_NAMED = Statement("""
    SELECT provider, source, COUNT(*) FROM course
    WHERE city = :city AND status = :status GROUP BY provider, source
""")


class LaidOver:
    """Everything that staff say of a city's listings, to be laid over what sources say."""

    def __init__(
        self, fixes: Mapping[str, Mapping[FieldName, str]], names: Mapping[str, str]
    ) -> None:
        self._fixes, self._names = fixes, names

    def of(self, course: Course) -> dict[FieldName, str]:
        """Return what stands for a course, by field; empty for most."""
        name = self._names.get(organisation_key(course.provider)) if self._names else None
        found = dict(self._fixes.get(course.id, {}))
        return {PROVIDER: name, **found} if name else found


class Listings(Repository):
    """Corrections by staff, which outlive every import, and what they know of providers."""

    __slots__ = ()

    def laid_over(self, city: str) -> LaidOver:
        """Return what staff say of a city's listings."""
        fixes: dict[str, dict[FieldName, str]] = {}
        for course, field, value in self._unit.fetch(_STANDING, {"city": city}):
            fixes.setdefault(course, {})[field] = value
        return LaidOver(fixes, dict(self._unit.fetch(_MERGED, {"city": city})))

    def fix(
        self,
        city: str,
        course: str,
        values: Mapping[FieldName, str],
        was: Mapping[FieldName, str],
        by: str,
    ) -> None:
        """Keep what staff (a person's id) put right, by field; `was` is what the source says.

        It is seen after `catalogue.remake`.
        """
        for field, value in values.items():
            row = ListingFixRow(
                id=self._unit.new_id(),
                city=city,
                course=course,
                field=field,
                value=value,
                was=was.get(field, ""),
                made_by=self._unit.people.reference_of(by),
                at=self._unit.now,
            )
            self._unit.orm.add(row)
        self._unit.orm.flush()

    def undo(self, city: str, course: str, field: FieldName, by: str) -> None:
        """Let what was put right in a field count no longer; the source's own words stand again.

        Raises:
            NotFound: Nothing was put right there.
        """
        query = self._standing(city, course).where(ListingFixRow.field == field)
        rows = self._unit.orm.exec(query).all()
        if not rows:
            raise NotFound("Nothing was put right there.")
        for row in rows:
            row.undone_at, row.undone_by = self._unit.now, self._unit.people.reference_of(by)
        self._unit.orm.flush()

    def list_fixes(self, city: str, course: str) -> list[ListingFix]:
        """Return what stands for a course, the newest of each field, oldest first."""
        query = self._standing(city, course).order_by(col(ListingFixRow.id))
        newest = {row.field: row for row in self._unit.orm.exec(query).all()}
        return [_fix(row) for row in newest.values()]

    def list_hidden(self, city: str, limit: int = 200) -> list[str]:
        """Return the courses that staff keep off a city's list, the newest first."""
        query = (
            select(ListingFixRow.course)
            .where(
                ListingFixRow.city == city,
                ListingFixRow.field == HIDDEN,
                col(ListingFixRow.undone_at).is_(None),
            )
            .order_by(col(ListingFixRow.id).desc())
            .limit(limit)
        )
        return list(dict.fromkeys(self._unit.orm.exec(query).all()))

    # -- providers --------------------------------------------------------------------------------

    def name_providers(
        self, city: str, statuses: Sequence[str] = ("active",)
    ) -> dict[str, dict[str, int]]:
        """Return, by the name of each provider with courses, how many come from which source."""
        found: dict[str, dict[str, int]] = {}
        for status in statuses:
            values = {"city": city, "status": status}
            for provider, source, count in self._unit.fetch(_NAMED, values):
                counts = found.setdefault(provider, {})
                counts[source] = counts.get(source, 0) + count
        return found

    def list_imported(self, city: str) -> dict[str, datetime]:
        """Return when each source was imported last, by its name."""
        return {name: instant(at) for name, at in self._unit.fetch(_IMPORTED, {"city": city})}

    def list_providers(self, city: str) -> dict[str, ListedProvider]:
        """Return what staff know of a city's providers, by their keys."""
        query = select(ListedProviderRow).where(ListedProviderRow.city == city)
        return {row.key: _provider(row) for row in self._unit.orm.exec(query).all()}

    def list_spellings(self, city: str, name: str) -> list[ListedProvider]:
        """Return the names that are shown as another name."""
        query = select(ListedProviderRow).where(
            ListedProviderRow.city == city, ListedProviderRow.goes_by == name
        )
        return [_provider(row) for row in self._unit.orm.exec(query.limit(MOST_MERGED)).all()]

    def put_provider(self, city: str, provider: ListedProvider, by: str) -> None:
        """Keep what staff (a person's id) know of a provider."""
        key = organisation_key(provider.name)
        row = self._unit.orm.get(ListedProviderRow, (city, key)) or ListedProviderRow(
            city=city, key=key, name=provider.name, changed_at=self._unit.now
        )
        row.name, row.contact, row.agreed = provider.name, provider.contact, provider.agreed
        row.note, row.goes_by = provider.note, provider.goes_by
        row.changed_by, row.changed_at = self._unit.people.reference_of(by), self._unit.now
        self._unit.orm.add(row)
        self._unit.orm.flush()

    def find_provider(self, city: str, key: str) -> ListedProvider | None:
        """Return what staff know of a provider."""
        row = self._unit.orm.get(ListedProviderRow, (city, key))
        return None if row is None else _provider(row)

    def _standing(self, city: str, course: str) -> SelectOfScalar[ListingFixRow]:
        return select(ListingFixRow).where(
            ListingFixRow.city == city,
            ListingFixRow.course == course,
            col(ListingFixRow.undone_at).is_(None),
        )


def _fix(row: ListingFixRow) -> ListingFix:
    return ListingFix(row.field, row.value, row.was, row.made_by, row.at)


def _provider(row: ListedProviderRow) -> ListedProvider:
    return ListedProvider(row.name, row.contact, row.agreed, row.note, row.goes_by, row.changed_at)
