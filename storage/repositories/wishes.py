"""Saved searches, what answers them, and wishes that nothing answers."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import orjson
from sqlmodel import col, desc, func, select

from storage.records import DueNotice, Json, SavedSearch, UnmetWish
from storage.repositories.repository import Repository
from storage.tables.wishes import DueNoticeRow, SavedSearchRow, UnmetWishRow

LONGEST_WORDS = 300


class Wishes(Repository):
    """What people want to be told about, and what the city lacks."""

    __slots__ = ()

    def add_search(self, person: str, city: str, words: str, request: Json) -> str:
        """Keep a search; the same words again are the same search. Returns its id."""
        query = select(SavedSearchRow).where(
            SavedSearchRow.person == person,
            SavedSearchRow.city == city,
            SavedSearchRow.words == words[:LONGEST_WORDS],
        )
        known = self._unit.orm.exec(query).first()
        if known is not None:
            return known.id
        row = SavedSearchRow(
            id=self._unit.new_id(),
            city=city,
            person=person,
            words=words[:LONGEST_WORDS],
            request=orjson.dumps(request).decode(),
            created_at=self._unit.now,
        )
        self._unit.orm.add(row)
        self._unit.orm.flush()
        return row.id

    def list_searches(self, person: str) -> list[SavedSearch]:
        """Return a person's searches, oldest first."""
        query = select(SavedSearchRow).where(SavedSearchRow.person == person)
        rows = self._unit.orm.exec(query.order_by(SavedSearchRow.id)).all()
        return [_search(row) for row in rows]

    def list_searches_of_city(
        self, city: str, after: str = "", limit: int = 500
    ) -> list[SavedSearch]:
        """Return a slice of a city's searches in the order of their ids, after an id."""
        query = (
            select(SavedSearchRow)
            .where(SavedSearchRow.city == city, SavedSearchRow.id > after)
            .order_by(SavedSearchRow.id)
            .limit(limit)
        )
        return [_search(row) for row in self._unit.orm.exec(query).all()]

    def end_search(self, person: str, search: str) -> bool:
        """Forget a search and what it still has to tell; False if it is not theirs."""
        row = self._unit.orm.get(SavedSearchRow, search)
        if row is None or row.person != person:
            return False
        self._unit.orm.delete(row)
        for notice in self._unit.orm.exec(
            select(DueNoticeRow).where(DueNoticeRow.search == search)
        ).all():
            self._unit.orm.delete(notice)
        self._unit.orm.flush()
        return True

    def add_notice(self, search: SavedSearch, course: str) -> bool:
        """Note that a course answers a search; False if that was noted before."""
        query = select(DueNoticeRow).where(
            DueNoticeRow.search == search.id, DueNoticeRow.course == course
        )
        if self._unit.orm.exec(query).first() is not None:
            return False
        row = DueNoticeRow(
            id=self._unit.new_id(),
            city=search.city,
            person=search.person,
            search=search.id,
            course=course,
            created_at=self._unit.now,
        )
        self._unit.orm.add(row)
        self._unit.orm.flush()
        return True

    def list_noted(self, searches: Collection[str]) -> frozenset[tuple[str, str]]:
        """Return the pairs of search and course (ids) that were noted for some searches."""
        query = select(DueNoticeRow.search, DueNoticeRow.course).where(
            col(DueNoticeRow.search).in_(searches)
        )
        return frozenset((search, course) for search, course in self._unit.orm.exec(query).all())

    def list_due_notices(self, person: str, limit: int = 50) -> list[DueNotice]:
        """Return what a person has not been shown yet, oldest first."""
        query = (
            select(DueNoticeRow, SavedSearchRow)
            .join(SavedSearchRow, col(SavedSearchRow.id) == col(DueNoticeRow.search))
            .where(DueNoticeRow.person == person, col(DueNoticeRow.shown_at).is_(None))
            .order_by(DueNoticeRow.id)
            .limit(limit)
        )
        return [
            DueNotice(notice.id, search.id, notice.course, search.words, notice.created_at)
            for notice, search in self._unit.orm.exec(query).all()
        ]

    def mark_shown(self, person: str, notices: Sequence[str]) -> None:
        """Record that a person was shown these notices."""
        for notice in notices:
            row = self._unit.orm.get(DueNoticeRow, notice)
            if row is not None and row.person == person and row.shown_at is None:
                row.shown_at = self._unit.now
        self._unit.orm.flush()

    def record_unmet(
        self,
        person: str | None,
        city: str,
        words: str,
        request: Json,
        *,
        skill: str = "",
        place: str = "",
    ) -> None:
        """Note a wish that nothing answered.

        Args:
            skill: Competence and level, as "1.3:2".
            place: Where, no finer than an area or the first half of a postcode.
        """
        row = UnmetWishRow(
            id=self._unit.new_id(),
            city=city,
            person=person,
            words=words[:LONGEST_WORDS].casefold(),
            request=orjson.dumps(request).decode(),
            at=self._unit.now,
            skill=skill,
            place=place,
        )
        self._unit.orm.add(row)
        self._unit.orm.flush()

    def list_unmet_of(self, person: str, city: str, limit: int = 50) -> list[Json]:
        """Return the requests of a person that nothing answered, the newest first."""
        query = (
            select(UnmetWishRow.request)
            .where(UnmetWishRow.person == person, UnmetWishRow.city == city)
            .order_by(desc(UnmetWishRow.id))
            .limit(limit)
        )
        return [orjson.loads(written) for written in self._unit.orm.exec(query).all()]

    def list_unmet(self, city: str, limit: int = 100) -> list[UnmetWish]:
        """Return a city's unmet wishes with how many people had them, the most frequent first."""
        who = func.coalesce(col(UnmetWishRow.person), col(UnmetWishRow.id))
        times = func.count(func.distinct(who))
        query = (
            select(UnmetWishRow.words, times, func.max(UnmetWishRow.at), UnmetWishRow.skill)
            .where(UnmetWishRow.city == city)
            .group_by(UnmetWishRow.words, UnmetWishRow.skill)
            .order_by(desc(times), UnmetWishRow.words, UnmetWishRow.skill)
            .limit(limit)
        )
        return [UnmetWish(*row) for row in self._unit.orm.exec(query).all()]


def _search(row: SavedSearchRow) -> SavedSearch:
    return SavedSearch(
        row.id, row.person, row.city, row.words, orjson.loads(row.request), row.created_at
    )
