"""How many people courses reach, and which subjects people find: numbers alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import col, func, select

from bot.courses.bodies import load_course
from bot.courses.records import Course
from bot.people import organisation_key
from storage.instants import micros
from storage.records import CourseReach
from storage.repositories.repository import Repository
from storage.statements import Statement
from storage.tables.badges import ClaimRow
from storage.tables.catalogue import CourseRow, CourseViewRow
from storage.tables.wishes import SavedCourseRow

MOST_COURSES = 200
MOST_SUBJECT = 80
_ADD = Statement("""
    INSERT INTO course_view (course, city, day, views, applies)
    VALUES (:course, :city, :day, :views, 0)
    ON CONFLICT (course, city, day) DO UPDATE SET views = course_view.views + excluded.views
""")
_ADD_APPLIES = Statement("""
    INSERT INTO course_view (course, city, day, views, applies)
    VALUES (:course, :city, :day, 0, :applies)
    ON CONFLICT (course, city, day) DO UPDATE
    SET applies = course_view.applies + excluded.applies
""")
_ADD_FINDS = Statement("""
    INSERT INTO subject_find (city, day, subject, people) VALUES (:city, :day, :subject, :people)
    ON CONFLICT (city, day, subject) DO UPDATE
    SET people = subject_find.people + excluded.people
""")
_FINDS = Statement("""
    SELECT subject, SUM(people) FROM subject_find
    WHERE city = :city AND day >= :since AND day < :until GROUP BY subject
""")


class Reach(Repository):
    """Views by day, subjects that were found, people who saved, badges that were given."""

    __slots__ = ()

    def add_views(self, city: str, day: date, counts: Mapping[str, int]) -> None:
        """Add what was counted for courses on a day."""
        moment = micros(_first_moment(day))
        self._unit.run_many(
            _ADD,
            [
                {"course": course, "city": city, "day": moment, "views": views}
                for course, views in counts.items()
            ],
        )

    def add_applies(self, city: str, day: date, counts: Mapping[str, int]) -> None:
        """Add how often people went on to where one applies for courses on a day."""
        moment = micros(_first_moment(day))
        self._unit.run_many(
            _ADD_APPLIES,
            [
                {"course": course, "city": city, "day": moment, "applies": applies}
                for course, applies in counts.items()
            ],
        )

    def add_finds(self, city: str, day: date, people: Mapping[str, int]) -> None:
        """Add how many people found subjects on a day, each counted for it first in the week."""
        moment = micros(_first_moment(day))
        self._unit.run_many(
            _ADD_FINDS,
            [
                {"city": city, "day": moment, "subject": subject[:MOST_SUBJECT], "people": count}
                for subject, count in people.items()
            ],
        )

    def finds(self, city: str, since: date, until: date) -> dict[str, int]:
        """Return how many people found each subject from one day until before another."""
        days = {"since": micros(_first_moment(since)), "until": micros(_first_moment(until))}
        rows = self._unit.fetch(_FINDS, {"city": city, **days})
        return {subject: int(people) for subject, people in rows}

    def courses_of(self, city: str, organisations: Collection[str]) -> list[Course]:
        """Return active courses of organisations (their keys) in a city, by title."""
        names = [
            name
            for name in self._unit.catalogue.list_providers(city)
            if organisation_key(name) in organisations
        ]
        query = (
            select(CourseRow.body)
            .where(
                CourseRow.city == city,
                CourseRow.status == "active",
                col(CourseRow.provider).in_(names),
            )
            .order_by(col(CourseRow.id))
            .limit(MOST_COURSES)
        )
        found = [load_course(bytes(body)) for body in self._unit.orm.exec(query).all()]
        return sorted(found, key=lambda course: course.title.casefold())

    def of_courses(
        self, city: str, courses: Collection[str], today: date, days: int
    ) -> dict[str, CourseReach]:
        """Return what courses (by id) reached: views and applies of so many days, else in all."""
        since = _first_moment(today - timedelta(days=days))
        seen = {
            course: (int(views), int(applies))
            for course, views, applies in self._unit.orm.exec(
                select(
                    CourseViewRow.course,
                    func.sum(CourseViewRow.views),
                    func.sum(CourseViewRow.applies),
                )
                .where(
                    CourseViewRow.city == city,
                    col(CourseViewRow.course).in_(courses),
                    CourseViewRow.day >= since,
                )
                .group_by(CourseViewRow.course)
            ).all()
        }
        saves = dict(
            self._unit.orm.exec(
                select(SavedCourseRow.course, func.count())
                .where(col(SavedCourseRow.course).in_(courses))
                .group_by(SavedCourseRow.course)
            ).all()
        )
        badges = dict(
            self._unit.orm.exec(
                select(ClaimRow.course, func.count())
                .where(col(ClaimRow.course).in_(courses), ClaimRow.state == "approved")
                .group_by(ClaimRow.course)
            ).all()
        )
        return {
            one: CourseReach(*seen.get(one, (0, 0)), int(saves.get(one, 0)), badges.get(one, 0))
            for one in courses
        }


def _first_moment(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
