"""What people say of descriptors: who takes part, what they were given, what they said of it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col, delete, func, or_, select, update

from bot.codesign.records import (
    HELD_FOR,
    MOST_MISSING,
    Clear,
    Comment,
    Kind,
    Matters,
    Part,
    Suggestion,
)
from bot.errors import NotFound, Refused
from storage.repositories.repository import Repository
from storage.repositories.rounds import suggestion_of
from storage.tables.codesign import (
    CodesignCommentRow,
    CodesignPartRow,
    CodesignSuggestionRow,
)

_OF_PEOPLE = (CodesignCommentRow, CodesignSuggestionRow, CodesignPartRow)


class Comments(Repository):
    """Comments of people on descriptors."""

    __slots__ = ()

    def join(self, round_id: str, person: str, kind: Kind, *, keeps: bool) -> Part:
        """Let somebody take part, or change as whom they do: what they said follows."""
        row = self._unit.orm.get(CodesignPartRow, (round_id, person))
        if row is None:
            row = CodesignPartRow(
                round=round_id,
                person=person,
                kind=kind.value,
                keeps=keeps,
                joined_at=self._unit.now,
            )
            self._unit.orm.add(row)
        row.kind, row.keeps = kind.value, keeps
        self._unit.orm.flush()
        comment, suggestion = CodesignCommentRow, CodesignSuggestionRow
        self._unit.orm.exec(
            update(comment)
            .where(col(comment.person) == person, col(comment.round) == round_id)
            .values(kind=kind.value)
        )
        self._unit.orm.exec(
            update(suggestion)
            .where(col(suggestion.person) == person, col(suggestion.round) == round_id)
            .values(kind=kind.value, may_stay=keeps)
        )
        return _part(row)

    def find_part(self, round_id: str, person: str) -> Part | None:
        """Return as whom somebody takes part."""
        row = self._unit.orm.get(CodesignPartRow, (round_id, person))
        return None if row is None else _part(row)

    def list_parts(self, person: str) -> list[Part]:
        """Return the rounds in which somebody takes part, the newest first."""
        row = CodesignPartRow
        query = select(row).where(row.person == person).order_by(col(row.joined_at).desc())
        return [_part(one) for one in self._unit.orm.exec(query)]

    def leave(self, round_id: str, person: str) -> bool:
        """Delete all that somebody said in a round; False where they do not take part."""
        is_in = self.find_part(round_id, person) is not None
        for row in _OF_PEOPLE:
            self._unit.orm.exec(
                delete(row).where(
                    col(row.person) == person,
                    col(row.round) == round_id,
                )
            )
        self._unit.orm.expire_all()
        return is_in

    def heard(self, round_id: str) -> dict[tuple[str, Kind], int]:
        """Return how many of a kind commented on each descriptor, or are just about to."""
        row = CodesignCommentRow
        query = (
            select(row.item, row.kind, func.count())
            .where(
                row.round == round_id,
                col(row.is_skipped).is_(False),
                or_(
                    col(row.answered_at).is_not(None),
                    col(row.given_at) > self._unit.now - HELD_FOR,
                ),
            )
            .group_by(row.item, row.kind)
        )
        return {(item, Kind(kind)): count for item, kind, count in self._unit.orm.exec(query)}

    def list_of(self, round_id: str, person: str) -> list[Comment]:
        """Return what somebody was given in a round, in the order in which they were."""
        row = CodesignCommentRow
        query = select(row).where(row.person == person, row.round == round_id).order_by(row.id)
        words = {one.item: one.words for one in self.list_suggestions(round_id, person)}
        return [_comment(one, words.get(one.item, "")) for one in self._unit.orm.exec(query)]

    def give(self, part: Part, items: Sequence[str]) -> None:
        """Give somebody descriptors."""
        for item in items:
            self._unit.orm.add(
                CodesignCommentRow(
                    id=self._unit.new_id(),
                    round=part.round,
                    person=part.person,
                    kind=part.kind.value,
                    item=item,
                    given_at=self._unit.now,
                )
            )
        self._unit.orm.flush()

    def put(self, part: Part, said: Comment) -> None:
        """Keep what somebody says of a descriptor, in place of what they said before.

        Raises:
            NotFound: They were not given it.
        """
        table = CodesignCommentRow
        query = select(table).where(
            table.person == part.person, table.round == part.round, table.item == said.item
        )
        row = self._unit.orm.exec(query).first()
        if row is None:
            raise NotFound("They were not given this descriptor.")
        row.clear = said.clear.value if said.clear else ""
        row.matters = said.matters.value if said.matters else ""
        row.is_skipped = said.is_skipped
        row.answered_at = self._unit.now
        self._unit.orm.flush()
        self._suggest(part, said.item, said.words)

    def say_missing(self, part: Part, words: str) -> None:
        """Keep what somebody misses.

        Raises:
            Refused: "codesign.full": they said as much as is kept.
        """
        before = [one for one in self.list_suggestions(part.round, part.person) if not one.item]
        if len(before) >= MOST_MISSING:
            raise Refused("codesign.full")
        if words not in (one.words for one in before):
            self._add_suggestion(part, "", words)

    def list_suggestions(self, round_id: str, person: str) -> list[Suggestion]:
        """Return what somebody suggested in a round, oldest first."""
        row = CodesignSuggestionRow
        query = select(row).where(row.person == person, row.round == round_id).order_by(row.id)
        return [suggestion_of(one) for one in self._unit.orm.exec(query)]

    def forget(self, person: str) -> None:
        """Cut the link to what somebody let stay; the rest goes with them."""
        part = CodesignPartRow
        query = select(part.round).where(part.person == person, col(part.keeps).is_(True))
        kept = self._unit.orm.exec(query).all()
        for row in (CodesignCommentRow, CodesignSuggestionRow):
            self._unit.orm.exec(
                update(row)
                .where(
                    col(row.person) == person,
                    col(row.round).in_(kept),
                )
                .values(person="")
            )

    def _suggest(self, part: Part, item: str, words: str) -> None:
        """Keep other words for a descriptor; what staff made of the ones before is void."""
        row = CodesignSuggestionRow
        query = select(row).where(
            row.person == part.person, row.round == part.round, row.item == item
        )
        before = self._unit.orm.exec(query).first()
        if before is not None and before.words == words:
            return
        if before is not None:
            self._unit.orm.delete(before)
            self._unit.orm.flush()
        if words:
            self._add_suggestion(part, item, words)

    def _add_suggestion(self, part: Part, item: str, words: str) -> None:
        self._unit.orm.add(
            CodesignSuggestionRow(
                id=self._unit.new_id(),
                round=part.round,
                person=part.person,
                kind=part.kind.value,
                item=item,
                words=words,
                may_stay=part.keeps,
                said_at=self._unit.now,
            )
        )
        self._unit.orm.flush()


def _part(row: CodesignPartRow) -> Part:
    is_told = row.told_at is not None
    return Part(row.round, row.person, Kind(row.kind), row.keeps, row.joined_at, is_told)


def _comment(row: CodesignCommentRow, words: str) -> Comment:
    return Comment(
        item=row.item,
        given_at=row.given_at,
        answered_at=row.answered_at,
        is_skipped=row.is_skipped,
        clear=Clear(row.clear) if row.clear else None,
        matters=Matters(row.matters) if row.matters else None,
        words=words,
    )
