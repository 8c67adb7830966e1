"""A heat map of counts: rows by columns, each cell with its number, denser the more it holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.pictures import marks
from bot.pictures.canvas import Canvas, Drawing, Look
from bot.pictures.lettering import fit
from bot.pictures.palette import EDGE, INK, PAPER, QUIET, TRACK

WIDTH: Final = 600
MARGIN: Final = 26
GAP: Final = 6
CELL: Final = 46
ROOM: Final = WIDTH - 2 * MARGIN
MOST_COLUMNS, MOST_ROWS = 6, 40


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """One row; None where there is nothing that could be counted."""

    label: str
    counts: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Balance:
    """A heat map.

    Attributes:
        columns: One to six names, in the order of the counts.
        rows: At most forty; more are left out, and stand in the table beside it.
        footer: Small words below, such as what is counted.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[BalanceRow, ...]
    footer: str = ""


def draw_balance(balance: Balance, look: Look) -> Drawing:
    """Draw it, 600 units wide.

    Raises:
        ValueError: It has no or too many columns, or a row of another length.
    """
    if not 1 <= len(balance.columns) <= MOST_COLUMNS:
        raise ValueError("a heat map has 1 to 6 columns")
    if any(len(row.counts) != len(balance.columns) for row in balance.rows):
        raise ValueError("a row has a count for each column")
    canvas = Canvas(WIDTH, look)
    end = canvas.block(MARGIN, 16, fit(balance.title, ROOM, 32, is_bold=True, lines=2, least=28))
    across = (ROOM - GAP * (len(balance.columns) - 1)) / len(balance.columns)
    end = _columns(canvas, balance.columns, across, end + 6)
    most = max((count or 0 for row in balance.rows for count in row.counts), default=0)
    for row in balance.rows[:MOST_ROWS]:
        end = _row(canvas, row, across, most, end)
    if balance.footer:
        footer = fit(balance.footer, ROOM, 22, lines=3, least=20)
        end = canvas.block(MARGIN, end + 4, footer, colour=QUIET)
    return canvas.finish(end + 16)


def density(count: int, most: int) -> int:
    """Return how densely a cell is filled, 0 (nothing) to 4 (nearly as much as the fullest)."""
    return 0 if not count else min(4, 1 + 4 * (count - 1) // max(most, 1))


def _columns(canvas: Canvas, names: tuple[str, ...], across: float, top: float) -> float:
    ends = [top]
    for number, name in enumerate(names):
        lettering = fit(name, across, 20, is_bold=True, lines=2, least=18)
        middle = _near(number, across) + across / 2
        ends.append(canvas.block(middle, top, lettering, anchor="middle"))
    return max(ends) + 8


def _row(canvas: Canvas, row: BalanceRow, across: float, most: int, top: float) -> float:
    label = fit(row.label, ROOM, 24, is_bold=True, lines=2, least=22)
    top = canvas.block(MARGIN, top, label) + 2
    for number, count in enumerate(row.counts):
        x = _near(number, across)
        if count is None:
            canvas.rect(x, top, across, CELL, PAPER, edge=EDGE, thickness=2, dashes="3 7", radius=6)
        else:
            _cell(canvas, count, most, x, top, across)
    return top + CELL + 2 * GAP


def _cell(canvas: Canvas, count: int, most: int, x: float, top: float, across: float) -> None:
    fill = _FILLS[density(count, most)](canvas)
    edge = canvas.palette.accent if count else EDGE
    canvas.rect(x, top, across, CELL, fill, edge=edge, thickness=2.5, radius=6)
    plate = min(across - 10, 20 + 15 * len(str(count)))
    middle = x + across / 2
    canvas.rect(middle - plate / 2, top + CELL / 2 - 15, plate, 30, PAPER, radius=6)
    canvas.text(
        middle, top + CELL / 2 + 9, str(count), 25, is_bold=True, colour=INK, anchor="middle"
    )


def _near(number: int, across: float) -> float:
    return MARGIN + number * (across + GAP)


_FILLS: Final[tuple[Callable[[Canvas], str], ...]] = (
    lambda _: PAPER,
    lambda _: TRACK,
    marks.dotted,
    marks.hatched,
    marks.crossed,
)
"""From nothing to much: they can be told apart without colour."""
