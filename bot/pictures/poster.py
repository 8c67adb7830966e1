"""A poster to print: what can be learnt, a QR code, and what to do with it. One sheet of A4."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.pictures.canvas import Canvas, Drawing, Look
from bot.pictures.lettering import fit
from bot.pictures.palette import PAPER, Palette
from bot.pictures.qr import draw_code

WIDTH: Final = 1240
HEIGHT: Final = 1754
"""A4 at 150 units an inch; printers keep about 5 mm of each edge."""
MARGIN: Final = 100
ROOM: Final = WIDTH - 2 * MARGIN
CODE: Final = 720
LONGEST: Final = 110
MILLIMETRES: Final = 'width="210mm" height="297mm"'


@dataclass(frozen=True, slots=True)
class Poster:
    """What the poster says.

    Each of its words fits if it has at most `LONGEST` letters.

    Attributes:
        heading: What it is about, in large letters.
        lines: What else there is to know, such as when and where.
        link: What the code holds.
        scan: What to do with the code.
        other: How to come there without a camera: an address, or words to type.
        city: The city's name, at the foot.
        foot: Small words at the foot.
    """

    heading: str
    lines: tuple[str, ...]
    link: str
    scan: str
    other: tuple[str, ...]
    city: str
    foot: str


def draw_poster(poster: Poster, look: Look) -> Drawing:
    """Draw a poster, one sheet of A4 whatever it says."""
    canvas = Canvas(WIDTH, look)
    accent = Palette.of(look.accent).accent
    head = fit(poster.heading, ROOM, 118, is_bold=True, lines=3, least=40)
    band = 90 + canvas.line_height(head.size) * len(head.lines)
    canvas.rect(0, 0, WIDTH, band, accent)
    canvas.block(MARGIN, 45, head, colour=PAPER)
    top = band + 28
    for line in poster.lines[:3]:
        top = canvas.block(MARGIN, top, fit(line, ROOM, 44, lines=2, least=24))
    below = HEIGHT - 470
    side = min(CODE, below - top)
    middle = (WIDTH - side) / 2
    end = draw_code(canvas, poster.link, middle, top + (below - top - side) / 2, side)
    centre = WIDTH / 2
    top = canvas.block(
        centre, end, fit(poster.scan, ROOM, 54, is_bold=True, lines=2, least=28), anchor="middle"
    )
    for line in poster.other[:3]:
        top = canvas.block(centre, top + 4, fit(line, ROOM, 40, lines=1, least=16), anchor="middle")
    _foot(canvas, poster, accent)
    return canvas.finish(HEIGHT)


def _foot(canvas: Canvas, poster: Poster, accent: str) -> None:
    canvas.rect(0, HEIGHT - 150, WIDTH, 150, accent)
    city = fit(poster.city, ROOM, 52, is_bold=True, lines=1, least=20)
    end = canvas.block(MARGIN, HEIGHT - 136, city, colour=PAPER)
    canvas.block(MARGIN, end - 4, fit(poster.foot, ROOM, 30, lines=1, least=16), colour=PAPER)


def on_paper(drawing: Drawing) -> str:
    """Return the SVG of a poster in the size of the paper."""
    own = f'width="{drawing.width}" height="{drawing.height}"'
    return drawing.svg.replace(own, MILLIMETRES, 1)
