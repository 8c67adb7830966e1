"""What an organisation needs and what answers it: chat, page, workbook and JSON share it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.needs.groups import group_of
from bot.needs.mapping import NeedsMap, needs_map
from bot.needs.merging import Merged
from bot.needs.records import Answer, Need, Organisation
from bot.needs.report import Report


@dataclass(frozen=True, slots=True)
class Overview:
    """An organisation's needs and what the provision says to each.

    Attributes:
        colleagues: How many people's answers it rests on.
        told_at: When the newest of them was sent; None where there is none.
        merged: What colleagues say together, by group (see `group_of`) and competence.
        answers: Every need, those with most to go first.
    """

    organisation: Organisation
    colleagues: int
    told_at: datetime | None
    merged: tuple[Merged, ...]
    answers: tuple[tuple[Need, Answer], ...]

    @property
    def map(self) -> NeedsMap:
        """Competences by groups, now against needed; without what nobody needs."""
        return needs_map(self._shown)

    def report(self, pages: str = "") -> Report:
        """Return it as workbook and JSON are written.

        Args:
            pages: What stands before a course's id in the address of its page here.
        """
        return Report(self.organisation, self.answers, pages)

    @property
    def whole(self) -> int:
        """How many needs are answered in full."""
        return sum(answer.is_whole for _, answer in self.answers)

    @property
    def part(self) -> int:
        """How many needs are answered in part."""
        return len(self.answers) - self.whole - self.unanswered

    @property
    def unanswered(self) -> int:
        """How many needs no course answers at all."""
        return sum(not answer.matches for _, answer in self.answers)

    @property
    def gaps(self) -> tuple[tuple[Need, Answer], ...]:
        """Needs that no provision answers whole."""
        return tuple(one for one in self.answers if one[1].gap is not None)

    @property
    def disputed(self) -> tuple[Merged, ...]:
        """What colleagues do not agree about."""
        return tuple(one for one in self._shown if one.is_disputed or one.heads is not None)

    @property
    def people(self) -> int:
        """How many people it is about: of each group the most that anyone named.

        A team of which roles are named is not counted beside them: they are the same people.
        """
        most: dict[str, int] = {}
        for one in self._shown:
            most[one.team] = max(most.get(one.team, 0), one.people)
        groups = {column: group_of(column) for column in most}
        with_roles = {group.team for group in groups.values() if group.role}
        return sum(
            count
            for column, count in most.items()
            if groups[column].role or groups[column].team not in with_roles
        )

    @property
    def _shown(self) -> tuple[Merged, ...]:
        """What somebody needs."""
        return tuple(one for one in self.merged if one.target.distance or one.is_disputed)
