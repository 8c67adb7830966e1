"""The card of a class code: a QR code to scan from the back of a room, and the words to type."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Final

from bot.pictures.canvas import Canvas, Drawing, Look
from bot.pictures.lettering import fit
from bot.pictures.palette import INK

WIDTH: Final = 900
MARGIN: Final = 60
ROOM: Final = WIDTH - 2 * MARGIN
QUIET: Final = 4
"""Modules of paper around the code, as its standard asks."""


@dataclass(frozen=True, slots=True)
class ClassCard:
    """What the card says.

    Attributes:
        title: What to do with it.
        course: What the badge is for.
        words: The code words.
        link: What the QR code holds.
    """

    title: str
    course: str
    words: str
    link: str


def draw_class_code(card: ClassCard, look: Look) -> Drawing:
    """Draw a card, 900 units wide; the code is dark on light, which every phone reads."""
    canvas = Canvas(WIDTH, look)
    middle = WIDTH / 2
    title = fit(card.title, ROOM, 64, is_bold=True, lines=2, least=40)
    end = canvas.block(middle, 40, title, anchor="middle")
    course = fit(card.course, ROOM, 44, lines=2, least=32)
    end = _code(canvas, card.link, canvas.block(middle, end + 8, course, anchor="middle") + 16)
    words = fit(card.words, ROOM, 72, is_bold=True, lines=1, least=36)
    return canvas.finish(canvas.block(middle, end + 8, words, anchor="middle") + 48)


def _code(canvas: Canvas, link: str, top: float) -> float:
    """Draw the QR code; return where it ends. It is never mirrored: readers would not know it."""
    import segno  # a megabyte, and few ever ask for a code

    rows = [list(row) for row in segno.make(link, error="m", micro=False).matrix]
    side = ROOM / (len(rows) + 2 * QUIET)
    steps = "".join(_row(row, QUIET + number) for number, row in enumerate(rows))
    near = WIDTH - MARGIN if canvas.look.is_right_to_left else MARGIN
    canvas.path(near, top, steps, INK, scale=side, is_turned=False)
    return top + ROOM


def _row(row: list[int], top: int) -> str:
    """Return a row's dark modules, side by side ones as one; rows overlap a little, for no gaps."""
    steps, across = "", QUIET
    for is_dark, run in groupby(row):
        wide = len(list(run))
        if is_dark:
            steps += f"M{across} {top}h{wide}v1.02h-{wide}z"
        across += wide
    return steps
