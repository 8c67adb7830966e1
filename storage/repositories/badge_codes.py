"""Class codes: made, found, ended, and whose they are to reach."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import orjson
from sqlmodel import and_, col, false, func, or_, select, true

from bot.badges.addresses import new_token
from bot.badges.codes import as_typed
from bot.badges.held import ClassCode
from bot.badges.planning import About
from bot.errors import Conflict, NotFound
from bot.people import Teacher, organisation_key
from storage.repositories.repository import Repository
from storage.tables.badges import ClassCodeRow

MOST_DRAWS = 50


class Codes(Repository):
    """Codes of providers. No code is there for a teacher who may not reach it."""

    __slots__ = ()

    def make(
        self,
        maker: str,
        city: str,
        plan: str,
        about: About,
        new_words: Callable[[], str],
        *,
        course: str,
        provider: str = "",
        instance: str = "",
        lasts: timedelta = timedelta(hours=12),
        most_uses: int | None = None,
        needs_approval: bool = True,
    ) -> ClassCode:
        """Make a code for the people in a room.

        Args:
            maker: The person who makes it.
            new_words: Draws code words (`bot.badges.codes`), again where they are in use.
            provider: Whose course it is.
            most_uses: 1 for one person, None for as many as come.
        """
        now = self._unit.now
        row = ClassCodeRow(
            id=self._unit.new_id(),
            city=city,
            made_by=maker,
            plan=plan,
            course=course,
            instance=instance,
            organisation=organisation_key(provider),
            about=_dump(about),
            words=self._free_words(city, new_words),
            token=new_token(),
            most_uses=most_uses,
            needs_approval=needs_approval,
            made_at=now,
            expires_at=now + lasts,
        )
        self._unit.orm.add(row)
        self._unit.orm.flush()
        return _code(row)

    def list_made(self, maker: str, limit: int = 50) -> list[ClassCode]:
        """Return the codes that somebody made, newest first."""
        query = select(ClassCodeRow).where(ClassCodeRow.made_by == maker)
        rows = self._unit.orm.exec(query.order_by(col(ClassCodeRow.id).desc()).limit(limit))
        return [_code(row) for row in rows.all()]

    def count_open(self, maker: str) -> int:
        """Return how many codes of somebody still take people."""
        query = select(func.count()).where(
            ClassCodeRow.made_by == maker,
            col(ClassCodeRow.revoked_at).is_(None),
            ClassCodeRow.expires_at > self._unit.now,
        )
        return int(self._unit.orm.exec(query).one())

    def list_of(
        self, teacher: Teacher, city: str, *, skip: int = 0, limit: int = 50
    ) -> list[ClassCode]:
        """Return the codes of a city that are a teacher's to reach, newest first."""
        query = select(ClassCodeRow).where(_reached(teacher, city))
        query = query.order_by(col(ClassCodeRow.id).desc()).offset(skip).limit(limit)
        return [_code(row) for row in self._unit.orm.exec(query).all()]

    def count_of(self, teacher: Teacher, city: str) -> int:
        """Return how many codes of a city are a teacher's to reach."""
        query = select(func.count()).select_from(ClassCodeRow).where(_reached(teacher, city))
        return int(self._unit.orm.exec(query).one())

    def get(self, teacher: Teacher, code: str) -> ClassCode:
        """Return a code.

        Raises:
            NotFound: It is none of theirs.
        """
        return _code(self._own(teacher, code))

    def revoke(self, teacher: Teacher, code: str) -> None:
        """End a code and its unused links before their time; claims that were made stay.

        Raises:
            NotFound: It is none of theirs.
        """
        self.end(self._own(teacher, code).id)

    def end(self, code: str) -> None:
        """End a code, whoever asks: its maker may no longer teach what it is for."""
        row = self._unit.orm.get_one(ClassCodeRow, code)
        row.revoked_at = row.revoked_at or self._unit.now
        self._unit.orm.add(row)
        self._unit.orm.flush()

    def find_city(self, cities: Sequence[str], typed: str) -> str:
        """Return the one of some cities that has an open code with these words, or this token.

        Nothing where none has, or where two have the same words.
        """
        query = select(ClassCodeRow.city).where(
            col(ClassCodeRow.city).in_(cities),
            or_(ClassCodeRow.words == as_typed(typed), ClassCodeRow.token == typed.strip()),
            col(ClassCodeRow.revoked_at).is_(None),
            ClassCodeRow.expires_at > self._unit.now,
        )
        found = self._unit.orm.exec(query.limit(2)).all()
        return found[0] if len(found) == 1 else ""

    def _typed(self, city: str, typed: str) -> ClassCodeRow | None:
        by_words = select(ClassCodeRow).where(
            ClassCodeRow.city == city, ClassCodeRow.words == as_typed(typed)
        )
        by_token = select(ClassCodeRow).where(
            ClassCodeRow.city == city, ClassCodeRow.token == typed.strip()
        )
        for query in (by_words, by_token):
            row = self._unit.orm.exec(query.with_for_update()).first()
            if row is not None:
                return row
        return None

    def _own(self, teacher: Teacher, code: str) -> ClassCodeRow:
        row = self._unit.orm.get(ClassCodeRow, code)
        if row is None or not is_reached(teacher, row):
            raise NotFound("There is no such code.")
        return row

    def _free_words(self, city: str, new_words: Callable[[], str]) -> str:
        for _ in range(MOST_DRAWS):
            words = new_words()
            if self._typed(city, words) is None:
                return words
        raise Conflict("No words are free.")


def is_reached(teacher: Teacher, row: ClassCodeRow) -> bool:
    """Return whether a code is a teacher's to reach."""
    return teacher.reaches(row.city, row.organisation, row.made_by)


def _reached(teacher: Teacher, city: str) -> Any:
    """Return the same as a condition: which codes of a city a teacher reaches."""
    here, own = col(ClassCodeRow.city) == city, teacher.organisations(city)
    if teacher.is_staff(city):
        return here
    if not own:
        return false()
    organisation = col(ClassCodeRow.organisation)
    of_theirs = organisation.in_(own - {""})
    nameless = true() if "" in own else organisation == ""
    made = and_(col(ClassCodeRow.made_by) == teacher.person, nameless)
    return and_(here, or_(of_theirs, made))


def _dump(about: About) -> str:
    return orjson.dumps(about.to_json()).decode()


def about_of(text: str) -> About:
    """Return what a code or a claim is about, as it is kept."""
    return About.from_json(orjson.loads(text))


def _code(row: ClassCodeRow) -> ClassCode:
    return ClassCode(
        id=row.id,
        city=row.city,
        made_by=row.made_by,
        plan=row.plan,
        course=row.course,
        instance=row.instance,
        about=about_of(row.about),
        words=row.words,
        token=row.token,
        expires_at=row.expires_at,
        most_uses=row.most_uses,
        uses=row.uses,
        needs_approval=row.needs_approval,
        revoked_at=row.revoked_at,
        organisation=row.organisation,
    )
