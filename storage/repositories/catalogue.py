"""The catalogue: courses by city and source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from bot.courses.bodies import dump_course, load_course
from bot.courses.importing.records import KnownCourse, StoredCourse
from bot.courses.keeping import fixed, is_hidden
from bot.courses.records import Course
from bot.errors import NotFound
from storage.instants import instant, micros
from storage.records import CatalogueEntry
from storage.repositories.listings import LaidOver
from storage.repositories.repository import Repository
from storage.statements import Statement

_KNOWN = Statement("""
    SELECT id, hash, status FROM course WHERE city = :city AND source = :source
""")
_PUT = Statement("""
    INSERT INTO course (id, city, source, provider, reference, status, hash, body, told,
                        is_sample, first_seen_at, changed_at, withdrawn_at)
    VALUES (:id, :city, :source, :provider, :reference, :status, :hash, :body, :told,
            :is_sample, :now, :now, NULL)
    ON CONFLICT (id, city) DO UPDATE SET
        source = excluded.source, provider = excluded.provider, reference = excluded.reference,
        status = excluded.status, hash = excluded.hash, body = excluded.body,
        told = excluded.told, is_sample = excluded.is_sample, changed_at = excluded.changed_at,
        withdrawn_at = NULL
""")
_WITHDRAW = Statement("""
    UPDATE course SET status = 'withdrawn', withdrawn_at = :now
    WHERE id = :id AND city = :city AND status <> 'withdrawn'
""")
_AS_TOLD = Statement("SELECT body, told, status FROM course WHERE id = :id AND city = :city")
_REMAKE = Statement("""
    UPDATE course SET body = :body, told = :told, provider = :provider, status = :status,
        changed_at = :now
    WHERE id = :id AND city = :city
""")
_NAMED_SO = Statement("""
    SELECT id FROM course
    WHERE city = :city AND status = :status AND provider = :provider AND id > :after
    ORDER BY id LIMIT :most
""")
_FIND = Statement("""
    SELECT body, status, source, first_seen_at, changed_at, withdrawn_at, told FROM course
    WHERE id = :id ORDER BY status LIMIT 1
""")
_PAGE = Statement("""
    SELECT id, body FROM course
    WHERE city = :city AND status = 'active' AND id > :after ORDER BY id LIMIT :most
""")
_NEW = Statement("""
    SELECT id, first_seen_at FROM course
    WHERE city = :city AND status = 'active' AND first_seen_at > :since
""")
_REFERENCED = Statement("""
    SELECT body FROM course
    WHERE city = :city AND status = 'active' AND reference = :reference ORDER BY id LIMIT :most
""")
_HASHES = Statement("""
    SELECT id, hash FROM course
    WHERE city = :city AND status = 'active' AND id >= :first AND id <= :last
""")
_COUNT = Statement("SELECT COUNT(*) FROM course WHERE city = :city AND status = 'active'")
_PROVIDERS = Statement("""
    SELECT DISTINCT provider FROM course
    WHERE city = :city AND status = 'active' ORDER BY provider
""")
_SAMPLES = Statement("""
    SELECT c.id FROM course AS c
    WHERE c.city = :city AND c.is_sample = :is_sample AND c.status <> 'withdrawn' LIMIT :most
""")
_DROP_SAMPLE = Statement("""
    DELETE FROM course WHERE id = :id AND city = :city AND NOT EXISTS (
        SELECT 1 FROM saved_course AS s WHERE s.course = course.id)
""")
_STAMP = Statement("""
    INSERT INTO catalogue_stamp (city, stamp, at) VALUES (:city, :stamp, :now)
    ON CONFLICT (city) DO UPDATE SET stamp = excluded.stamp, at = excluded.at
""")
_STAMPED = Statement("SELECT stamp FROM catalogue_stamp WHERE city = :city")
_STAMPS = Statement("SELECT city, stamp FROM catalogue_stamp")


class Catalogue(Repository):
    """Courses. A source is whatever an import calls the place they come from."""

    __slots__ = ()

    def known(self, city: str, source: str) -> dict[str, KnownCourse]:
        """Return by id every course that ever came from a source."""
        rows = self._unit.fetch(_KNOWN, {"city": city, "source": source})
        return {row[0]: KnownCourse(bytes(row[1]), row[2] != "withdrawn") for row in rows}

    def put(self, city: str, source: str, courses: Sequence[StoredCourse]) -> None:
        """Add courses, or replace those with the same id; they become active.

        What staff put right is laid over them; one that staff hid stays hidden.
        """
        over, now = self._unit.listings.laid_over(city), self._unit.now_micros
        rows = [
            {
                "id": each.course.id,
                "city": city,
                "source": source,
                "reference": each.course.reference,
                "hash": each.hash,
                "is_sample": each.course.is_sample,
                "now": now,
                **_as_shown(each.course, each.body, over),
            }
            for each in courses
        ]
        if rows:
            self._unit.run_many(_PUT, rows)
            self._restamp(city)

    def remake(self, city: str, ids: Sequence[str]) -> None:
        """Lay what staff put right over courses anew, after it changed."""
        over, rows = self._unit.listings.laid_over(city), []
        for one in ids:
            for body, told, status in self._unit.fetch(_AS_TOLD, {"id": one, "city": city}):
                source = bytes(body if told is None else told)
                row = _as_shown(load_course(source), source, over)
                row["status"] = status if status == "withdrawn" else row["status"]
                rows.append({"id": one, "city": city, "now": self._unit.now_micros, **row})
        if rows:
            self._unit.run_many(_REMAKE, rows)
            self._restamp(city)

    def list_named_so(
        self, city: str, provider: str, status: str = "active", after: str = "", limit: int = 250
    ) -> list[str]:
        """Return the ids of courses under exactly this provider's name, after an id."""
        values = {"city": city, "provider": provider, "status": status}
        values_here = {**values, "after": after, "most": limit}
        return [key for (key,) in self._unit.fetch(_NAMED_SO, values_here)]

    def withdraw(self, city: str, ids: Sequence[str]) -> None:
        """Mark courses as withdrawn; they are kept for those who saved them."""
        now = self._unit.now_micros
        if ids:
            self._unit.run_many(_WITHDRAW, [{"id": i, "city": city, "now": now} for i in ids])
            self._unit.tags.clear(city, ids)
            self._restamp(city)

    def find(self, course: str) -> CatalogueEntry | None:
        """Return a course, also one that was withdrawn."""
        rows = self._unit.fetch(_FIND, {"id": course})
        return _entry(rows[0]) if rows else None

    def get(self, course: str) -> CatalogueEntry:
        """Return a course, also one that was withdrawn.

        Raises:
            NotFound: There never was one with this id.
        """
        found = self.find(course)
        if found is None:
            raise NotFound("There is no such course.")
        return found

    def page(self, city: str, after: str = "", limit: int = 1000) -> list[Course]:
        """Return active courses of a city in the order of their ids, after an id."""
        values = {"city": city, "after": after, "most": limit}
        return [load_course(bytes(row[1])) for row in self._unit.fetch(_PAGE, values)]

    def iterate(self, city: str, batch: int = 1000) -> Iterator[Course]:
        """Yield the active courses of a city, read in batches within this unit."""
        after = ""
        while courses := self.page(city, after, batch):
            yield from courses
            after = courses[-1].id

    def list_new(self, city: str, since: datetime) -> dict[str, datetime]:
        """Return active courses of a city that were first seen after a time, by id, with when."""
        values = {"city": city, "since": micros(since)}
        return {row[0]: instant(row[1]) for row in self._unit.fetch(_NEW, values)}

    def list_by_reference(self, city: str, reference: str, limit: int = 20) -> list[Course]:
        """Return active courses of a city by the provider's own identifier."""
        values = {"city": city, "reference": reference, "most": limit}
        return [load_course(bytes(body)) for (body,) in self._unit.fetch(_REFERENCED, values)]

    def hashes(self, city: str, first: str, last: str) -> dict[str, bytes]:
        """Return by id the hashes of a city's active courses from one id to another."""
        values = {"city": city, "first": first, "last": last}
        return {row[0]: bytes(row[1]) for row in self._unit.fetch(_HASHES, values)}

    def count(self, city: str) -> int:
        """Return how many active courses a city has; for reports, not for a turn."""
        count: int = self._unit.fetch(_COUNT, {"city": city})[0][0]
        return count

    def list_providers(self, city: str) -> list[str]:
        """Return the names of the providers of a city, sorted."""
        return [name for (name,) in self._unit.fetch(_PROVIDERS, {"city": city})]

    def remove_samples(self, city: str, limit: int = 250) -> int:
        """Remove sample courses; those that somebody saved are withdrawn. Call it until 0."""
        values = {"city": city, "is_sample": True, "most": limit}
        ids = [row_id for (row_id,) in self._unit.fetch(_SAMPLES, values)]
        if ids:
            self._unit.run_many(_DROP_SAMPLE, [{"id": i, "city": city} for i in ids])
            self.withdraw(city, ids)
        return len(ids)

    def stamp(self, city: str) -> str:
        """Return a word that changes whenever the city's active courses do; empty for none."""
        rows = self._unit.fetch(_STAMPED, {"city": city})
        return rows[0][0] if rows else ""

    def stamps(self) -> dict[str, str]:
        """Return the stamp of every city that ever had courses."""
        return dict(self._unit.fetch(_STAMPS, {}))

    def touch(self, city: str) -> None:
        """Say that what is known of a city's courses changed, so that its index is built anew."""
        self._restamp(city)

    def _restamp(self, city: str) -> None:
        values = {"city": city, "stamp": self._unit.new_id(), "now": self._unit.now_micros}
        self._unit.run(_STAMP, values)


def _entry(row: tuple[Any, ...]) -> CatalogueEntry:
    return CatalogueEntry(
        course=load_course(bytes(row[0])),
        status=row[1],
        source=row[2],
        first_seen_at=instant(row[3]),
        changed_at=instant(row[4]),
        withdrawn_at=None if row[5] is None else instant(row[5]),
        told=None if row[6] is None else load_course(bytes(row[6])),
    )


def _as_shown(course: Course, body: bytes, over: LaidOver) -> dict[str, Any]:
    """Return the columns of a course that staff may have put right."""
    fixes = over.of(course)
    shown = fixed(course, fixes) if fixes else course
    is_same = shown == course
    return {
        "provider": shown.provider,
        "status": "hidden" if is_hidden(fixes) else "active",
        "body": body if is_same else dump_course(shown),
        "told": None if is_same else body,
    }
