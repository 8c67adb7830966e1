"""The needs map as pages that can be drawn, and each page in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.courses.phrases import Phrase
from bot.needs.explaining import Names
from bot.needs.groups import group_of
from bot.needs.mapping import Cell, NeedsMap, Row
from bot.needs.overview import Overview
from bot.needs.records import Target
from bot.pictures import NeedsCell, NeedsGrid, NeedsRow
from bot.pictures.needs import MOST_ROWS, MOST_TEAMS
from content.load import Content

SCALE = "digcomp3"
"""The framework whose names of levels stand above the map; others have four levels as well."""


@dataclass(frozen=True, slots=True)
class MapPage:
    """A page of a needs map, and a line in words for each of its cells."""

    grid: NeedsGrid
    lines: tuple[str, ...]


def map_pages(overview: Overview, content: Content, language: str) -> tuple[MapPage, ...]:
    """Return an organisation's needs map, page by page; empty where nothing is needed.

    Up to four teams stand beside each other; of more, the next four follow on a page of their own.
    """
    return tuple(_Mapper(overview, content, language).pages())


class Wording:
    """Names of skills, levels and teams in a language."""

    def __init__(self, content: Content, language: str) -> None:
        self._content, self.language = content, language
        self._names = Names(content.frameworks, content.needs.roles)

    def words(self, text_id: str, **values: Any) -> str:
        """Return a text by its id."""
        return self._content.words.short(text_id, self.language, **values)

    def say(self, phrase: Phrase | str | int) -> str:
        """Return a phrase in words; what is no phrase stands as it is."""
        if not isinstance(phrase, Phrase):
            return str(phrase)
        return self._content.words.label(phrase, self.language)

    def skill(self, row: Row) -> str:
        """Return the short name of a competence."""
        return self.say(self._names.competence(Target(row[1], 0, 0, row[0])))

    def level(self, row: Row, level: int) -> str:
        """Return what a level of a competence is called."""
        return self.say(self._names.level(Target(row[1], 0, 0, row[0]), level))

    def role(self, role: str) -> str:
        """Return a role's title; what was typed instead stays as it is."""
        return self.say(self._names.role(role))

    def group(self, column: str) -> str:
        """Return whom a column of the map is about; "Everyone" where nobody is named."""
        group = group_of(column)
        role = group.role
        if role in self._content.needs.roles:
            role = self.words(f"needs.role.{role}.button")
        if group.team and role:
            return self.words("needs.map.group", team=group.team, role=role)
        return group.team or role or self.words("needs.map.all")


class _Mapper:
    def __init__(self, overview: Overview, content: Content, language: str) -> None:
        self._overview, self._map = overview, overview.map
        self._wording = Wording(content, language)
        self._has_scale = SCALE in content.frameworks

    def pages(self) -> Iterator[MapPage]:
        parts = list(_parts(self._map))
        for number, (teams, rows) in enumerate(parts, 1):
            yield self._page(teams, rows, number, len(parts))

    def _page(self, teams: Sequence[str], rows: Sequence[Row], number: int, of: int) -> MapPage:
        words = self._wording.words
        title = words("needs.map.title")
        if of > 1:
            title = words("needs.map.title_part", part=number, of=of)
        is_alone = self._map.teams == ("",)
        grid = NeedsGrid(
            title=title,
            teams=("",) if is_alone else tuple(self._wording.group(team) for team in teams),
            rows=tuple(self._row(row, teams) for row in rows),
            scale=self._scale(),
            footer=self._footer(teams, rows),
        )
        lines = [
            self._line(row, team, cell)
            for row in rows
            for team in teams
            if (cell := self._map.cells.get((row, team))) is not None
        ]
        return MapPage(grid, tuple(lines))

    def _row(self, row: Row, teams: Sequence[str]) -> NeedsRow:
        return NeedsRow(
            self._wording.skill(row),
            tuple(self._cell(self._map.cells.get((row, team))) for team in teams),
        )

    def _cell(self, cell: Cell | None) -> NeedsCell | None:
        if cell is None:
            return None
        people = self._wording.words("needs.map.people", count=cell.people)
        return NeedsCell(cell.now, cell.should, people, cell.is_disputed)

    def _line(self, row: Row, team: str, cell: Cell) -> str:
        text_id = "needs.map.line_disputed" if cell.is_disputed else "needs.map.line"
        return self._wording.words(
            text_id,
            skill=self._wording.skill(row),
            team=self._wording.group(team),
            now=self._wording.level(row, cell.now),
            should=self._wording.level(row, cell.should),
            count=cell.people,
        )

    def _scale(self) -> str:
        if not self._has_scale:
            return ""
        levels = tuple(f"{level} {self._wording.level((SCALE, ''), level)}" for level in range(5))
        return self._wording.words("needs.map.scale", levels=levels)

    def _footer(self, teams: Sequence[str], rows: Sequence[Row]) -> str:
        said = self._wording.words(
            "needs.map.rests", count=self._overview.colleagues, day=self._overview.told_at
        )
        cells = (self._map.cells.get((row, team)) for row in rows for team in teams)
        if any(cell and cell.is_disputed for cell in cells):
            return f"{said} {self._wording.words('needs.map.disputed')}"
        return said


def _parts(found: NeedsMap) -> Iterator[tuple[tuple[str, ...], tuple[Row, ...]]]:
    """Yield the teams and rows of each page; rows that say nothing of its teams are left out."""
    for at in range(0, len(found.teams), MOST_TEAMS):
        teams = found.teams[at : at + MOST_TEAMS]
        rows = [row for row in found.rows if any((row, team) in found.cells for team in teams)]
        for start in range(0, len(rows), MOST_ROWS):
            yield teams, tuple(rows[start : start + MOST_ROWS])
