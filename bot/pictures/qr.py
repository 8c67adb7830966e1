"""QR codes in pictures: dark on light, which every phone reads."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from bot.pictures.canvas import Canvas
from bot.pictures.palette import INK

QUIET: Final = 4
"""Modules of paper around the code, as its standard asks."""


def draw_code(canvas: Canvas, link: str, near: float, top: float, side: float) -> float:
    """Draw a square with a link's code; return where it ends. It is never mirrored.

    Args:
        near: Where the square begins, from the side where reading begins.
        side: Of the square, with the paper around the code.
    """
    import segno  # a megabyte, and few ever ask for a code

    rows = [list(row) for row in segno.make(link, error="m", micro=False).matrix]
    module = side / (len(rows) + 2 * QUIET)
    steps = "".join(_row(row, QUIET + number) for number, row in enumerate(rows))
    begin = near + side if canvas.look.is_right_to_left else near
    canvas.path(begin, top, steps, INK, scale=module, is_turned=False)
    return top + side


def _row(row: list[int], top: int) -> str:
    """Return a row's dark modules, side by side ones as one; rows overlap a little, for no gaps."""
    steps, across = "", QUIET
    for is_dark, run in groupby(row):
        wide = len(list(run))
        if is_dark:
            steps += f"M{across} {top}h{wide}v1.02h-{wide}z"
        across += wide
    return steps
