"""What courses teach, from whoever says so; staff's word survives every import."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson
from sqlmodel import col, select

from bot.errors import NotFound
from bot.skills.tagging import Correction, Origin, Tag, settle_tags
from storage.records import TagCorrection
from storage.repositories.repository import Repository
from storage.statements import Statement
from storage.tables.tags import TagCorrectionRow

_CLEAR = Statement("DELETE FROM course_tag WHERE city = :city AND course = :course")
_PUT = Statement("""
    INSERT INTO course_tag (city, course, competence, level, origin, reason)
    VALUES (:city, :course, :competence, :level, :origin, :reason)
    ON CONFLICT (city, course, competence) DO UPDATE SET
        level = excluded.level, origin = excluded.origin, reason = excluded.reason
""")
_OF_COURSE = Statement("""
    SELECT competence, level, origin, reason FROM course_tag
    WHERE city = :city AND course = :course ORDER BY competence
""")
_OF_CITY = Statement("""
    SELECT course, competence, level FROM course_tag WHERE city = :city
    ORDER BY course, competence
""")
_CORRECTED = Statement("""
    SELECT course, competence, level FROM tag_correction
    WHERE city = :city AND undone_at IS NULL ORDER BY id
""")
_GIVEN = Statement("""
    SELECT course FROM course_tag
    WHERE city = :city AND competence = :competence AND origin <> 'inferred'
    UNION SELECT course FROM tag_correction
    WHERE city = :city AND competence = :competence AND undone_at IS NULL AND level IS NOT NULL
""")


class Tags(Repository):
    """Tags of courses, and corrections by staff that outlive them."""

    __slots__ = ()

    def put(self, city: str, tags: Mapping[str, Iterable[Tag]]) -> None:
        """Replace the tags of courses (by id) by what provider or text say, put right by staff."""
        corrected = self._corrections(city)
        told = {
            course: settle_tags(said, corrections=corrected.get(course, ()))
            for course, said in tags.items()
        }
        self.clear(city, list(told))
        rows = [_row(city, course, tag) for course, said in told.items() for tag in said]
        if rows:
            self._unit.run_many(_PUT, rows)

    def clear(self, city: str, courses: Sequence[str]) -> None:
        """Forget the tags of courses; corrections stay."""
        if courses:
            self._unit.run_many(_CLEAR, [{"city": city, "course": one} for one in courses])

    def of_course(self, city: str, course: str) -> tuple[Tag, ...]:
        """Return what a course teaches, by competence."""
        return tuple(_tag(row) for row in self._unit.fetch(_OF_COURSE, _both(city, course)))

    def of_city(self, city: str) -> dict[str, tuple[tuple[str, int], ...]]:
        """Return competence and level of everything that a city's courses teach, by course."""
        found: dict[str, list[tuple[str, int]]] = {}
        for course, competence, level in self._unit.fetch(_OF_CITY, {"city": city}):
            found.setdefault(course, []).append((competence, level))
        # Most courses teach the same few things: one tuple stands for all of them.
        same: dict[tuple[tuple[str, int], ...], tuple[tuple[str, int], ...]] = {}
        return {
            one: same.setdefault(told, told) for one, each in found.items() if (told := tuple(each))
        }

    def list_given(self, competence: str) -> list[str]:
        """Return the courses of which a provider or staff say that they teach a competence."""
        found = {
            course
            for city in self._unit.catalogue.stamps()
            for (course,) in self._unit.fetch(_GIVEN, {"city": city, "competence": competence})
        }
        return sorted(found)

    def correct(self, city: str, course: str, correction: Correction, by: str) -> str:
        """Keep what staff (a person's id) say of one competence; return the correction's id.

        The tags themselves follow with the next `put`.
        """
        row = TagCorrectionRow(
            id=self._unit.new_id(),
            city=city,
            course=course,
            competence=correction.competence,
            level=correction.level,
            made_by=self._unit.people.reference_of(by),
            at=self._unit.now,
        )
        self._unit.orm.add(row)
        self._unit.orm.flush()
        return row.id

    def undo(self, city: str, course: str, correction: str, by: str) -> TagCorrection:
        """Let a correction count no longer; what stood before it stands again.

        Raises:
            NotFound: There is no such correction of this course, or it was undone already.
        """
        row = self._unit.orm.get(TagCorrectionRow, correction)
        if row is None or (row.city, row.course) != (city, course) or row.undone_at is not None:
            raise NotFound("There is no such correction.")
        row.undone_at, row.undone_by = self._unit.now, self._unit.people.reference_of(by)
        self._unit.orm.flush()
        return _correction(row)

    def list_corrections(self, city: str, course: str) -> list[TagCorrection]:
        """Return the corrections of a course that stand, oldest first."""
        query = (
            select(TagCorrectionRow)
            .where(
                TagCorrectionRow.city == city,
                TagCorrectionRow.course == course,
                col(TagCorrectionRow.undone_at).is_(None),
            )
            .order_by(TagCorrectionRow.id)
        )
        return [_correction(row) for row in self._unit.orm.exec(query).all()]

    def _corrections(self, city: str) -> dict[str, list[Correction]]:
        found: dict[str, list[Correction]] = {}
        for course, competence, level in self._unit.fetch(_CORRECTED, {"city": city}):
            found.setdefault(course, []).append(Correction(competence, level))
        return found


def _both(city: str, course: str) -> dict[str, str]:
    return {"city": city, "course": course}


def _row(city: str, course: str, tag: Tag) -> dict[str, Any]:
    return {
        **_both(city, course),
        "competence": tag.competence,
        "level": tag.level,
        "origin": tag.origin.value,
        "reason": orjson.dumps(tag.reason).decode(),
    }


def _tag(row: tuple[Any, ...]) -> Tag:
    competence, level, told_by, reason = row
    origin = Origin(told_by)
    return Tag(competence, level, origin is Origin.INFERRED, tuple(orjson.loads(reason)), origin)


def _correction(row: TagCorrectionRow) -> TagCorrection:
    return TagCorrection(row.id, row.course, row.competence, row.level, row.made_by, row.at)
