"""Charts of a city's figures: bars, columns over time, and a map of wards by size and number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians, sqrt
from typing import Final

from bot.pictures.canvas import Canvas, Drawing, Look
from bot.pictures.lettering import fit
from bot.pictures.palette import EDGE, INK, PAPER, QUIET, TRACK

WIDTH: Final = 600
MARGIN: Final = 20
BAR: Final = 26
SMALL: Final = 22
MOST_BARS, MOST_COLUMNS, MOST_LABELS = 24, 53, 5
TALL: Final = 200
LABEL: Final = 100
"""Room for the words under a column."""
LARGEST: Final = 40
NONE_TOLD: Final = 7
"""The radius of a place of which nothing is told."""
_HATCH = f'<path d="M0 8L8 0" stroke="{EDGE}" stroke-width="1.5"/>'


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar or column.

    Attributes:
        count: How many; None where it is not told: then it is a short hatched stub.
        written: The count as it is said.
    """

    label: str
    count: int | None
    written: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A ward on the map; `lat` and `lon` are its middle, in degrees."""

    label: str
    lat: float
    lon: float
    count: int | None
    written: str


def draw_bars(title: str, bars: Sequence[Bar], look: Look) -> Drawing:
    """Draw horizontal bars, each with its words above it and its number at its end."""
    canvas = Canvas(WIDTH, look)
    hatch = canvas.pattern("few", _HATCH, 8)
    room = WIDTH - 2 * MARGIN
    end = canvas.block(MARGIN, 14, fit(title, room, 28, is_bold=True, lines=2, least=24)) + 6
    most = max((one.count or 0 for one in bars), default=0) or 1
    for one in bars[:MOST_BARS]:
        end = canvas.block(MARGIN, end + 6, fit(one.label, room, 24, lines=1, least=20))
        length = (room - 110) * (one.count or 0) / most
        canvas.rect(MARGIN, end, room - 110, BAR, TRACK, radius=4)
        if one.count is None:
            canvas.rect(MARGIN, end, 40, BAR, hatch, radius=4, edge=EDGE, thickness=1)
        else:
            canvas.rect(MARGIN, end, max(length, 3), BAR, canvas.palette.accent, radius=4)
        place = WIDTH - MARGIN
        canvas.text(place, end + 21, one.written, SMALL, is_bold=True, anchor="end")
        end += BAR
    return canvas.finish(end + MARGIN)


def draw_columns(title: str, columns: Sequence[Bar], look: Look) -> Drawing:
    """Draw columns over time, oldest first; those that there is room for have their number."""
    canvas = Canvas(WIDTH, look)
    hatch = canvas.pattern("few", _HATCH, 8)
    shown = list(columns)[-MOST_COLUMNS:]
    room = WIDTH - 2 * MARGIN
    top = canvas.block(MARGIN, 14, fit(title, room, 28, is_bold=True, lines=1, least=22)) + 40
    most = max((one.count or 0 for one in shown), default=0) or 1
    step = room / max(len(shown), 1)
    wide = min(step * 0.72, 90)
    each = max(1, -(-len(shown) // MOST_LABELS))
    for number, one in enumerate(shown):
        middle = MARGIN + step * (number + 0.5)
        high = TALL * (one.count or 0) / most if one.count is not None else 14
        fill = canvas.palette.accent if one.count is not None else hatch
        edge = EDGE if one.count is None else ""
        canvas.rect(middle - wide / 2, top + TALL - high, wide, max(high, 2), fill,
                    radius=3, edge=edge, thickness=1)  # fmt: skip
        if one.count is not None and (len(shown) - 1 - number) % each == 0:
            above = top + TALL - high - 8
            canvas.text(middle, above, one.written, SMALL, is_bold=True, anchor="middle")
        if (len(shown) - 1 - number) % each == 0:
            under = top + TALL + 28
            place = min(middle, WIDTH - LABEL / 2)
            canvas.text(place, under, one.label, SMALL, colour=QUIET, anchor="middle")
    canvas.rect(MARGIN, top + TALL, room, 2, INK)
    return canvas.finish(top + TALL + 48)


def draw_map(title: str, spots: Sequence[Spot], look: Look) -> Drawing:
    """Draw wards where they lie: the larger the circle the more people, the number inside.

    A ward of which nothing is told is a small broken circle without a name.
    The picture stays as it is where reading goes from right to left: east is never mirrored.
    """
    canvas = Canvas(WIDTH, Look("en", look.accent))
    room = WIDTH - 2 * MARGIN
    top = canvas.block(MARGIN, 14, fit(title, room, 28, is_bold=True, lines=1, least=22))
    if not spots:
        return canvas.finish(top + MARGIN)
    west, east = (pick(one.lon for one in spots) for pick in (min, max))
    south, north = (pick(one.lat for one in spots) for pick in (min, max))
    flat = cos(radians((south + north) / 2))
    inside = room - 2 * (LARGEST + 40)
    scale = inside / max((east - west) * flat, (north - south) / 1.3, 0.001)
    left = (WIDTH - (east - west) * flat * scale) / 2
    most = max((one.count or 0 for one in spots), default=0) or 1
    middle = top + LARGEST + 20
    for one in sorted(spots, key=lambda each: -(each.count or 0)):
        x = left + (one.lon - west) * flat * scale
        y = middle + (north - one.lat) * scale
        _spot(canvas, one, x, y, most)
    return canvas.finish(middle + (north - south) * scale + LARGEST + 40)


def _spot(canvas: Canvas, one: Spot, x: float, y: float, most: int) -> None:
    if one.count is None:
        canvas.circle(x, y, NONE_TOLD, PAPER, edge=EDGE, thickness=2, dashes="3 2")
        return
    radius = max(22.0, LARGEST * sqrt(one.count / most))
    canvas.circle(x, y, radius, canvas.palette.tint, edge=canvas.palette.accent, thickness=2.5)
    canvas.text(x, y + 8, one.written, SMALL, is_bold=True, anchor="middle")
    canvas.text(x, y + radius + 20, one.label, 20, anchor="middle")
