"""The needs map: skills by teams, each with where people are now and where they should be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.pictures import marks
from bot.pictures.canvas import Canvas, Drawing, Look
from bot.pictures.lettering import fit, width
from bot.pictures.palette import EDGE, INK, PAPER, QUIET, TRACK

WIDTH: Final = 600
MARGIN: Final = 26
GAP: Final = 8
CELL: Final = 76
LEVELS: Final = 4
MOST_TEAMS, MOST_ROWS = 4, 12
"""What is still read on a phone; a larger map is drawn on several pages."""
ROOM: Final = WIDTH - 2 * MARGIN
ARROW: Final = 40.0


@dataclass(frozen=True, slots=True)
class NeedsCell:
    """One skill of one team.

    Attributes:
        now, should: Levels, 0 ("not yet") to 4.
        note: A few words below them, such as "12 people".
        is_disputed: Colleagues do not agree; drawn with a broken edge and a mark.
    """

    now: int
    should: int
    note: str = ""
    is_disputed: bool = False

    @property
    def distance(self) -> int:
        """How many levels are missing."""
        return max(0, self.should - self.now)


@dataclass(frozen=True, slots=True)
class NeedsRow:
    """One skill with a cell for each team; None where nobody spoke of it."""

    label: str
    cells: tuple[NeedsCell | None, ...]


@dataclass(frozen=True, slots=True)
class NeedsGrid:
    """One page of a needs map.

    Attributes:
        teams: One to four, in the order of the cells.
        rows: One to twelve.
        scale: What the numbers of levels mean; stands below the title.
        footer: Small words below, such as what it rests on.
    """

    title: str
    teams: tuple[str, ...]
    rows: tuple[NeedsRow, ...]
    scale: str = ""
    footer: str = ""


def draw_needs(grid: NeedsGrid, look: Look) -> Drawing:
    """Draw a page of a needs map, 600 units wide.

    Raises:
        ValueError: It has no or too many teams or rows, a row of another length, or a level
            outside 0 to 4.
    """
    _check(grid)
    canvas = Canvas(WIDTH, look)
    end = canvas.block(MARGIN, 20, fit(grid.title, ROOM, 36, is_bold=True, lines=1, least=32))
    if grid.scale:
        scale = fit(grid.scale, ROOM, 28, lines=3, least=26)
        end = canvas.block(MARGIN, end + 2, scale, colour=QUIET)
    across = (ROOM - GAP * (len(grid.teams) - 1)) / len(grid.teams)
    end = _teams(canvas, grid.teams, across, end + 10)
    for row in grid.rows:
        end = _row(canvas, row, across, end)
    if grid.footer:
        footer = fit(grid.footer, ROOM, 28, lines=4, least=26)
        end = canvas.block(MARGIN, end, footer, colour=QUIET) + 6
    return canvas.finish(end + 16)


def _check(grid: NeedsGrid) -> None:
    if not (1 <= len(grid.teams) <= MOST_TEAMS and 1 <= len(grid.rows) <= MOST_ROWS):
        raise ValueError("a page of a needs map has 1 to 4 teams and 1 to 12 rows")
    for row in grid.rows:
        if len(row.cells) != len(grid.teams):
            raise ValueError("a row has a cell for each team")
        for cell in row.cells:
            if cell and not (0 <= cell.now <= LEVELS and 0 <= cell.should <= LEVELS):
                raise ValueError("levels are 0 to 4")


def _teams(canvas: Canvas, teams: tuple[str, ...], across: float, top: float) -> float:
    """Name the columns once, above the rows; nothing where the only one has no name."""
    if not any(teams):
        return top
    ends = [top]
    for number, team in enumerate(teams):
        lettering = fit(team, across - 6, 26, is_bold=True, lines=2, least=23)
        ends.append(canvas.block(_middle(number, across), top, lettering, anchor="middle"))
    bottom = max(ends) + 4
    for number in range(len(teams)):
        canvas.rect(MARGIN + number * (across + GAP), bottom, across, 3, EDGE)
    return bottom + 12


def _row(canvas: Canvas, row: NeedsRow, across: float, top: float) -> float:
    label = fit(row.label, ROOM, 29, is_bold=True, lines=2, least=26)
    top = canvas.block(MARGIN, top, label) + 4
    notes = [
        fit(cell.note, across - 8, 24, lines=2, least=22) if cell and cell.note else None
        for cell in row.cells
    ]
    lines = max((len(note.lines) * canvas.line_height(note.size) for note in notes if note),
                default=0.0)  # fmt: skip
    for number, (cell, note) in enumerate(zip(row.cells, notes, strict=True)):
        x = MARGIN + number * (across + GAP)
        if cell is None:
            canvas.rect(x, top, across, CELL, PAPER, edge=EDGE, thickness=2, dashes="3 7", radius=8)
            continue
        _cell(canvas, cell, x, top, across)
        if note:
            canvas.block(x + across / 2, top + CELL + 2, note, colour=QUIET, anchor="middle")
    return top + CELL + lines + 20


def _cell(canvas: Canvas, cell: NeedsCell, x: float, top: float, across: float) -> None:
    """Fill a cell the more densely, the more is missing; its numbers stand on plain paper."""
    accent = canvas.palette.accent
    fill = _FILLS[cell.distance](canvas)
    dashes = "10 6" if cell.is_disputed else ""
    canvas.rect(x, top, across, CELL, fill, edge=accent if cell.distance else EDGE, thickness=3,
                dashes=dashes, radius=8)  # fmt: skip
    plate = min(across - 12, 2 * ARROW + 42)
    middle = x + across / 2
    canvas.rect(middle - plate / 2, top + 12, plate, CELL - 24, PAPER, radius=8)
    baseline = top + CELL / 2 + 11
    canvas.text(middle - ARROW, baseline, str(cell.now), 30, colour=INK, anchor="middle")
    marks.towards(canvas, middle, top + CELL / 2, 0.9)
    canvas.text(middle + ARROW, baseline, str(cell.should), 30, is_bold=True, anchor="middle")
    if cell.is_disputed:
        _differ(canvas, x + across - 12, top + 4)


def _differ(canvas: Canvas, x: float, y: float) -> None:
    """Mark that colleagues differ: a question mark in a ring."""
    canvas.circle(x, y, 15, PAPER, edge=INK, thickness=2.5)
    canvas.text(x - width("?", 22, is_bold=True) / 2, y + 8, "?", 22, is_bold=True)


def _middle(number: int, across: float) -> float:
    return MARGIN + number * (across + GAP) + across / 2


_FILLS: Final[tuple[Callable[[Canvas], str], ...]] = (
    lambda _: TRACK,
    marks.dotted,
    marks.hatched,
    marks.crossed,
    lambda canvas: canvas.palette.accent,
)
"""By how many levels are missing: they can be told apart without colour."""
