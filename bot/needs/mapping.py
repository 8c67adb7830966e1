"""The needs map: competences by teams, now against needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.needs.merging import Merged

Row = tuple[str, str]
"""A framework's id and a competence's code."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One competence of one team.

    Attributes:
        now, should: Levels 0 to 4.
        people: How many it is about.
        is_disputed: Colleagues do not agree.
    """

    now: int
    should: int
    people: int
    is_disputed: bool

    @property
    def distance(self) -> int:
        """How many levels are missing, 0 to 4: what colours a heat map."""
        return max(0, self.should - self.now)


@dataclass(frozen=True, slots=True)
class NeedsMap:
    """All needs of an organisation at a glance.

    Attributes:
        teams: In the order of their names.
        rows: Competences, those with most levels missing for most people first.
        cells: By row and team; a pair that nobody spoke of is missing.
    """

    teams: tuple[str, ...]
    rows: tuple[Row, ...]
    cells: Mapping[tuple[Row, str], Cell] = field(repr=False)

    def weight(self, row: Row) -> int:
        """Return levels missing times people, over all teams."""
        return sum(
            cell.distance * cell.people for (key, _), cell in self.cells.items() if key == row
        )


def needs_map(merged: Iterable[Merged]) -> NeedsMap:
    """Lay out what colleagues said together."""
    cells: dict[tuple[Row, str], Cell] = {}
    for one in merged:
        target = one.target
        row = (target.framework, target.competence)
        cells[row, one.team] = Cell(target.now, target.should, one.people, one.is_disputed)
    teams = tuple(sorted({team for _, team in cells}))
    weights: dict[Row, int] = {}
    for (row, _), cell in cells.items():
        weights[row] = weights.get(row, 0) + cell.distance * cell.people
    rows = tuple(sorted(weights, key=lambda row: (-weights[row], row)))
    return NeedsMap(teams, rows, cells)
