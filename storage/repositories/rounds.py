"""Rounds of comments on descriptors, as staff see them: made, counted, decided upon."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import select as select_columns
from sqlmodel import col, func, select

from bot.codesign.records import (
    HELD_FOR,
    Act,
    Change,
    Clear,
    Kind,
    Matters,
    NewRound,
    Round,
    RoundLine,
    RoundSheet,
    Suggestion,
    Tallied,
    Verdict,
)
from bot.errors import NotFound
from bot.people.staff import new_token
from storage.repositories.repository import Repository
from storage.tables.codesign import (
    CodesignChangeRow,
    CodesignCommentRow,
    CodesignPartRow,
    CodesignRoundRow,
    CodesignSuggestionRow,
)

MOST_LISTED = 200


class Rounds(Repository):
    """Rounds, and what came of them."""

    __slots__ = ()

    def add(self, new: NewRound) -> Round:
        """Make a round, with an open link of its own."""
        row = CodesignRoundRow(
            id=self._unit.new_id(),
            token=new_token(),
            city=new.city,
            title=new.title,
            framework=new.framework,
            version=new.version,
            areas=" ".join(new.areas),
            opens_on=new.opens_on.isoformat(),
            closes_on=new.closes_on.isoformat(),
            share=new.share,
            made_at=self._unit.now,
        )
        self._unit.orm.add(row)
        self._unit.orm.flush()
        return _round(row)

    def find(self, round_id: str, cities: Collection[str] | None = None) -> Round | None:
        """Return a round, of these cities or of any."""
        row = self._unit.orm.get(CodesignRoundRow, round_id)
        if row is None or (cities is not None and row.city not in cities):
            return None
        return _round(row)

    def find_by_token(self, token: str) -> Round | None:
        """Return the round that an open link leads to."""
        query = select(CodesignRoundRow).where(CodesignRoundRow.token == token)
        row = self._unit.orm.exec(query).first()
        return None if row is None else _round(row)

    def list_of(self, cities: Collection[str]) -> list[Round]:
        """Return the rounds of these cities, the one that closes last first."""
        query = (
            select(CodesignRoundRow)
            .where(col(CodesignRoundRow.city).in_(cities))
            .order_by(col(CodesignRoundRow.closes_on).desc(), col(CodesignRoundRow.id).desc())
        )
        return [_round(row) for row in self._unit.orm.exec(query.limit(MOST_LISTED))]

    def list_lines(self, cities: Collection[str]) -> list[RoundLine]:
        """Return the same with how many people and comments each has."""
        found = self.list_of(cities)
        ids = [one.id for one in found]
        part, comment = CodesignPartRow, CodesignCommentRow
        people = dict(
            self._unit.orm.exec(
                select(part.round, func.count())
                .where(col(part.round).in_(ids))
                .group_by(part.round)
            ).all()
        )
        comments = dict(
            self._unit.orm.exec(
                select(comment.round, func.count())
                .where(
                    col(comment.round).in_(ids),
                    col(comment.answered_at).is_not(None),
                    col(comment.is_skipped).is_(False),
                )
                .group_by(comment.round)
            ).all()
        )
        return [RoundLine(one, people.get(one.id, 0), comments.get(one.id, 0)) for one in found]

    def set_days(self, round_id: str, opens_on: date, closes_on: date) -> None:
        """Move the days of a round; one that was closed early is open again within them."""
        row = self._row(round_id)
        row.opens_on, row.closes_on = opens_on.isoformat(), closes_on.isoformat()
        row.ended_at = None
        self._unit.orm.flush()

    def end(self, round_id: str) -> None:
        """Close a round before its last day."""
        self._row(round_id).ended_at = self._unit.now
        self._unit.orm.flush()

    def sheet(self, found: Round) -> RoundSheet:
        """Return all that staff see of a round."""
        return RoundSheet(
            round=found,
            joined=self._joined(found.id),
            tallies=self._tallies(found.id),
            waiting=self._waiting(found.id),
            skipped=self._skipped(found.id),
            suggestions=tuple(self.list_suggestions(found.id)),
            changes=tuple(self.list_changes(found.id)),
            untold=self._untold(found.id),
        )

    def list_suggestions(self, round_id: str) -> list[Suggestion]:
        """Return what was suggested in a round, oldest first."""
        row = CodesignSuggestionRow
        query = select(row).where(row.round == round_id).order_by(col(row.id))
        return [suggestion_of(one) for one in self._unit.orm.exec(query)]

    def mark(
        self, round_id: str, suggestion: str, verdict: Verdict, why: str, *, is_open: bool
    ) -> None:
        """Say what is made of a suggestion; the words of a hidden one are deleted.

        Raises:
            NotFound: There is none of that id in the round.
        """
        row = self._unit.orm.get(CodesignSuggestionRow, suggestion)
        if row is None or row.round != round_id:
            raise NotFound("There is no such suggestion in this round.")
        row.verdict, row.why = verdict.value, why
        row.is_open = is_open and verdict is not Verdict.HIDDEN
        if verdict is Verdict.HIDDEN:
            row.words = ""
        self._unit.orm.flush()

    def list_changes(self, round_id: str) -> list[Change]:
        """Return what was decided for the next draft, in the order of sentences."""
        row = CodesignChangeRow
        query = select(row).where(row.round == round_id).order_by(row.item)
        return [_change(one) for one in self._unit.orm.exec(query)]

    def put_change(self, round_id: str, change: Change) -> None:
        """Decide something for the next draft, in place of what was decided about it before."""
        self.drop_change(round_id, change.item)
        self._unit.orm.add(
            CodesignChangeRow(
                round=round_id,
                item=change.item,
                act=change.act.value,
                competence=change.competence,
                level=change.level,
                words=change.words,
                why=change.why,
                suggestions=" ".join(change.suggestions),
                changed_at=self._unit.now,
            )
        )
        self._unit.orm.flush()

    def drop_change(self, round_id: str, item: str) -> bool:
        """Leave a sentence as it is after all; False where nothing was decided about it."""
        row = self._unit.orm.get(CodesignChangeRow, (round_id, item))
        if row is None:
            return False
        self._unit.orm.delete(row)
        self._unit.orm.flush()
        return True

    def take_untold(self, round_id: str, limit: int) -> list[str]:
        """Return some who took part and were not told what came of it; they count as told now."""
        row = CodesignPartRow
        query = select(row).where(row.round == round_id, col(row.told_at).is_(None))
        found = self._unit.orm.exec(query.limit(limit).with_for_update()).all()
        for one in found:
            one.told_at = self._unit.now
        self._unit.orm.flush()
        return [one.person for one in found]

    def _row(self, round_id: str) -> CodesignRoundRow:
        row = self._unit.orm.get(CodesignRoundRow, round_id)
        if row is None:
            raise NotFound("There is no such round.")
        return row

    def _joined(self, round_id: str) -> dict[Kind, int]:
        row = CodesignPartRow
        query = select(row.kind, func.count()).where(row.round == round_id).group_by(row.kind)
        return {Kind(kind): count for kind, count in self._unit.orm.exec(query)}

    def _tallies(self, round_id: str) -> tuple[Tallied, ...]:
        row = CodesignCommentRow
        said = (col(row.item), col(row.kind), col(row.clear), col(row.matters))
        query = (
            select_columns(*said, func.count())
            .where(
                col(row.round) == round_id,
                col(row.answered_at).is_not(None),
                col(row.is_skipped).is_(False),
            )
            .group_by(*said)
        )
        return tuple(
            Tallied(
                item,
                Kind(kind),
                Clear(clear) if clear else None,
                Matters(matters) if matters else None,
                count,
            )
            for item, kind, clear, matters, count in self._unit.connection.execute(query)
        )

    def _waiting(self, round_id: str) -> int:
        row = CodesignCommentRow
        query = select(func.count()).where(
            row.round == round_id,
            col(row.answered_at).is_(None),
            col(row.given_at) > self._unit.now - HELD_FOR,
        )
        return self._unit.orm.exec(query).one()

    def _skipped(self, round_id: str) -> dict[str, int]:
        row = CodesignCommentRow
        query = (
            select(row.item, func.count())
            .where(row.round == round_id, col(row.is_skipped).is_(True))
            .group_by(row.item)
        )
        return dict(self._unit.orm.exec(query).all())

    def _untold(self, round_id: str) -> int:
        row = CodesignPartRow
        query = select(func.count()).where(row.round == round_id, col(row.told_at).is_(None))
        return self._unit.orm.exec(query).one()


def suggestion_of(row: CodesignSuggestionRow) -> Suggestion:
    """Return a row as a record."""
    return Suggestion(
        id=row.id,
        item=row.item,
        kind=Kind(row.kind),
        words=row.words,
        said_at=row.said_at,
        may_stay=row.may_stay,
        is_open=row.is_open,
        verdict=Verdict(row.verdict) if row.verdict else None,
        why=row.why,
    )


def _round(row: CodesignRoundRow) -> Round:
    new = NewRound(
        city=row.city,
        title=row.title,
        framework=row.framework,
        version=row.version,
        areas=tuple(row.areas.split()),
        opens_on=date.fromisoformat(row.opens_on),
        closes_on=date.fromisoformat(row.closes_on),
        share=row.share,
    )
    return Round(row.id, row.token, new, row.made_at, row.ended_at)


def _change(row: CodesignChangeRow) -> Change:
    return Change(
        item=row.item,
        act=Act(row.act),
        competence=row.competence,
        level=row.level,
        words=row.words,
        why=row.why,
        suggestions=tuple(row.suggestions.split()),
    )
