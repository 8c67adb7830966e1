"""What people told about their skills: sittings and their answers, never what was made of them."""

from __future__ import annotations

from typing import Any, Literal, get_args

from sqlmodel import col, func, select, update

from bot.skills.sittings import Feeling, GivenAnswer, Mode, Sitting
from storage.repositories.repository import Repository
from storage.tables.skills import SittingAnswerRow, SittingRow

MOST_ANSWERS = 200
"""In one sitting; a framework asks far fewer."""
NONE = "-"
Moment = Literal["before", "after"]


class Skills(Repository):
    """Sittings. Everything names its person: nobody reads or changes somebody else's."""

    __slots__ = ()

    def start(
        self,
        person: str,
        city: str,
        framework: str,
        version: str,
        content_version: str,
        mode: Mode,
        parts: tuple[str, ...] = (),
    ) -> Sitting:
        """Begin a sitting."""
        row = SittingRow(
            id=self._unit.new_id(),
            city=city,
            person=person,
            framework=framework,
            framework_version=version,
            content_version=content_version,
            mode=mode,
            parts=",".join(parts),
            started_at=self._unit.now,
            updated_at=self._unit.now,
        )
        self._unit.orm.add(row)
        self._unit.orm.flush()
        return _sitting(row, 0)

    def record(
        self, person: str, sitting: str, item: str, answer: int | None, content_version: str
    ) -> bool:
        """Keep an answer; a new answer to the same item takes the place of the old one.

        An answer to another item goes on with a sitting that was finished.

        Returns:
            False where the sitting is not theirs or has gone, or holds too many answers.
        """
        row = self._row(person, sitting)
        if row is None:
            return False
        written = NONE if answer is None else str(answer)
        known = self._unit.orm.get(SittingAnswerRow, (sitting, item))
        if known is None:
            number = self._count(sitting)
            if number >= MOST_ANSWERS:
                return False
            known = SittingAnswerRow(
                sitting=sitting,
                item=item,
                person=person,
                number=number,
                answer=written,
                content_version=content_version,
                at=self._unit.now,
            )
            row.finished_at = None
        elif known.answer != written:
            known.answer, known.at = written, self._unit.now
            known.content_version = content_version
        row.updated_at = self._unit.now
        self._unit.orm.add(known)
        self._unit.orm.flush()
        return True

    def feel(self, person: str, sitting: str, moment: Moment, feeling: Feeling) -> bool:
        """Keep how the person feels before or after; False where the sitting has gone."""
        row = self._row(person, sitting)
        if row is None:
            return False
        for name in ("confidence", "resilience"):
            told = getattr(feeling, name)
            setattr(row, f"{name}_{moment}", "" if told is None else str(told))
        self._unit.orm.flush()
        return True

    def finish(self, person: str, sitting: str, *, is_finished: bool = True) -> bool:
        """Note that the person has answered enough, or goes on after all."""
        row = self._row(person, sitting)
        if row is None:
            return False
        row.finished_at = self._unit.now if is_finished else None
        self._unit.orm.flush()
        return True

    def find_sitting(self, person: str, sitting: str) -> Sitting | None:
        """Return a sitting of a person."""
        row = self._row(person, sitting)
        return None if row is None else _sitting(row, self._count(sitting))

    def list_sittings(self, person: str, limit: int = 100) -> list[Sitting]:
        """Return a person's sittings in which something was answered, newest first."""
        counts = (
            select(col(SittingAnswerRow.sitting), func.count().label("count"))
            .where(SittingAnswerRow.person == person, col(SittingAnswerRow.removed_at).is_(None))
            .group_by(col(SittingAnswerRow.sitting))
            .subquery()
        )
        query = (
            select(SittingRow, counts.c.count)
            .join(counts, counts.c.sitting == col(SittingRow.id))
            .where(SittingRow.person == person, col(SittingRow.removed_at).is_(None))
            .order_by(col(SittingRow.started_at).desc(), col(SittingRow.id).desc())
            .limit(limit)
        )
        return [_sitting(row, count) for row, count in self._unit.orm.exec(query).all()]

    def answers_of(self, person: str, sitting: str) -> list[GivenAnswer]:
        """Return a sitting's answers in the order of its questions; none of somebody else's."""
        query = (
            select(SittingAnswerRow)
            .where(SittingAnswerRow.sitting == sitting, SittingAnswerRow.person == person)
            .where(col(SittingAnswerRow.removed_at).is_(None))
            .order_by(col(SittingAnswerRow.number))
        )
        return [_answer(row) for row in self._unit.orm.exec(query).all()]

    def list_answers(self, person: str, limit: int = 5_000) -> list[GivenAnswer]:
        """Return a person's answers of all sittings, the newest `limit`, oldest first."""
        query = (
            select(SittingAnswerRow)
            .where(SittingAnswerRow.person == person)
            .where(col(SittingAnswerRow.removed_at).is_(None))
            .order_by(col(SittingAnswerRow.at).desc(), col(SittingAnswerRow.number).desc())
            .limit(limit)
        )
        return [_answer(row) for row in reversed(self._unit.orm.exec(query).all())]

    def delete(self, person: str, sitting: str) -> bool:
        """Delete a sitting; for five minutes it can be brought back. False where there is none."""
        return self._remove(person, sitting, is_removed=True)

    def bring_back(self, person: str, sitting: str) -> bool:
        """Bring a deleted sitting back; False where it is gone for good."""
        return self._remove(person, sitting, is_removed=False)

    def _remove(self, person: str, sitting: str, *, is_removed: bool) -> bool:
        row = self._unit.orm.get(SittingRow, sitting)
        if row is None or row.person != person or (row.removed_at is None) is not is_removed:
            return False
        row.removed_at = self._unit.now if is_removed else None
        change: dict[str, Any] = {"removed_at": row.removed_at}
        self._unit.orm.flush()
        self._unit.connection.execute(
            update(SittingAnswerRow).where(col(SittingAnswerRow.sitting) == sitting).values(change)
        )
        return True

    def _row(self, person: str, sitting: str) -> SittingRow | None:
        row = self._unit.orm.get(SittingRow, sitting)
        return row if row and row.person == person and row.removed_at is None else None

    def _count(self, sitting: str) -> int:
        query = select(func.count()).where(SittingAnswerRow.sitting == sitting)
        return self._unit.orm.exec(query.select_from(SittingAnswerRow)).one()


def _sitting(row: SittingRow, count: int) -> Sitting:
    mode: Mode = next((one for one in get_args(Mode) if one == row.mode), "whole")
    return Sitting(
        id=row.id,
        person=row.person,
        city=row.city,
        framework=row.framework,
        version=row.framework_version,
        content_version=row.content_version,
        mode=mode,
        parts=tuple(filter(None, row.parts.split(","))),
        started_at=row.started_at,
        updated_at=row.updated_at,
        finished_at=row.finished_at,
        before=Feeling(_told(row.confidence_before), _told(row.resilience_before)),
        after=Feeling(_told(row.confidence_after), _told(row.resilience_after)),
        count=count,
    )


def _told(written: str) -> int | None:
    return int(written) if written.isdecimal() else None


def _answer(row: SittingAnswerRow) -> GivenAnswer:
    return GivenAnswer(
        sitting=row.sitting,
        item=row.item,
        answer=_told(row.answer),
        at=row.at,
        content_version=row.content_version,
    )
