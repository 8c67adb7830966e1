"""Courses that people saved."""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import col, select

from bot.courses.bodies import load_course
from bot.errors import NotFound
from storage.records import SavedCourse
from storage.repositories.repository import Repository
from storage.tables.catalogue import CourseRow
from storage.tables.wishes import SavedCourseRow


class Saved(Repository):
    """Saved courses, each with what its saver last saw of it."""

    __slots__ = ()

    def add(self, person: str, course: str) -> bool:
        """Save a course; False if it was saved already.

        Raises:
            NotFound: There is no such course.
        """
        if self.is_saved(person, course):
            return False
        row = self._course(course)
        if row is None:
            raise NotFound("There is no such course.")
        saved = SavedCourseRow(
            person=person, course=course, city=row.city, was=row.body, saved_at=self._unit.now
        )
        self._unit.orm.add(saved)
        self._unit.orm.flush()
        return True

    def remove(self, person: str, course: str) -> bool:
        """Remove a course from the saved ones; False if it was not there."""
        row = self._unit.orm.get(SavedCourseRow, (person, course))
        if row is None:
            return False
        self._unit.orm.delete(row)
        self._unit.orm.flush()
        return True

    def is_saved(self, person: str, course: str) -> bool:
        """Return whether they saved it."""
        return self._unit.orm.get(SavedCourseRow, (person, course)) is not None

    def list_saved(self, person: str, limit: int = 200) -> list[SavedCourse]:
        """Return what they saved, newest first."""
        query = (
            select(SavedCourseRow, CourseRow)
            .join(CourseRow, col(CourseRow.id) == col(SavedCourseRow.course))
            .where(SavedCourseRow.person == person, CourseRow.city == SavedCourseRow.city)
            .order_by(col(SavedCourseRow.saved_at).desc())
            .limit(limit)
        )
        return [
            SavedCourse(
                course=load_course(course.body),
                was=load_course(saved.was),
                is_withdrawn=course.status != "active",
                saved_at=saved.saved_at,
            )
            for saved, course in self._unit.orm.exec(query).all()
        ]

    def mark_seen(self, person: str, courses: Collection[str]) -> None:
        """Record that they saw these saved courses as they are now."""
        query = select(SavedCourseRow).where(
            SavedCourseRow.person == person, col(SavedCourseRow.course).in_(courses)
        )
        for saved in self._unit.orm.exec(query).all():
            course = self._course(saved.course)
            if course is not None and course.body != saved.was:
                saved.was = course.body
        self._unit.orm.flush()

    def _course(self, course: str) -> CourseRow | None:
        query = select(CourseRow).where(CourseRow.id == course).order_by(CourseRow.status).limit(1)
        return self._unit.orm.exec(query).first()
