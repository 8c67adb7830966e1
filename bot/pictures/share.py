"""The share card: a few words that somebody chose to show, square, plain even when it is small."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.pictures import marks
from bot.pictures.canvas import Canvas, Drawing, Look
from bot.pictures.lettering import Lettering, drawable, fit
from bot.pictures.palette import INK, PAPER, Palette

SIDE: Final = 1080
MARGIN: Final = 72
ROOM: Final = SIDE - 2 * MARGIN
INSIDE: Final = 150
"""Where the words of a strength begin, after its mark."""
UNMARKED: Final = 40
MOST_LINES: Final = 3


@dataclass(frozen=True, slots=True)
class ShareCard:
    """What the card says.

    Attributes:
        title: Such as "I can do this".
        city: The city's name as people know it.
        lines: One to three strengths, in words of the person's choice.
        name: Theirs, only where they asked for it.
        footer: Small words, such as "Told by the person, not a test".
        has_marks: Whether each line begins with the mark of something that is done.
    """

    title: str
    city: str
    lines: tuple[str, ...]
    name: str = ""
    footer: str = ""
    has_marks: bool = True


def draw_share(card: ShareCard, look: Look) -> Drawing:
    """Draw a share card of 1,080 by 1,080 units.

    Raises:
        ValueError: There are not one to three lines.
    """
    if not 1 <= len(card.lines) <= MOST_LINES:
        raise ValueError("a share card has 1 to 3 lines")
    canvas = Canvas(SIDE, look, ground=Palette.of(look.accent).accent)
    title = fit(card.title, ROOM, 128, is_bold=True, lines=1, least=80)
    top = canvas.block(MARGIN, 56, title, colour=PAPER)
    if name := drawable(card.name):
        top = canvas.block(MARGIN, top, fit(name, ROOM, 68, lines=1, least=48), colour=PAPER)
    bottom = _foot(canvas, card)
    _strengths(canvas, card, top + 28, bottom - 28)
    return canvas.finish(SIDE)


def _foot(canvas: Canvas, card: ShareCard) -> float:
    """Draw the city and the small words at the foot; return where they begin."""
    city = fit(card.city, ROOM, 72, is_bold=True, lines=1, least=44)
    footer = fit(card.footer, ROOM, 38, lines=1, least=30) if card.footer else None
    height = _height(canvas, city) + (_height(canvas, footer) if footer else 0)
    top = SIDE - 48 - height
    end = canvas.block(MARGIN, top, city, colour=PAPER)
    if footer:
        canvas.block(MARGIN, end, footer, colour=PAPER)
    return top


def _strengths(canvas: Canvas, card: ShareCard, top: float, bottom: float) -> None:
    """Draw each strength on a panel of paper, all of one size, as large as they can be."""
    gap, lines, begin = 24.0, card.lines, INSIDE if card.has_marks else UNMARKED
    height = min((bottom - top - gap * (len(lines) - 1)) / len(lines), 250)
    room = ROOM - begin - 32
    size = min(_within(canvas, line, room, height - 24).size for line in lines)
    top += (bottom - top - height * len(lines) - gap * (len(lines) - 1)) / 2
    for number, line in enumerate(lines):
        panel = top + number * (height + gap)
        canvas.rect(MARGIN, panel, ROOM, height, PAPER, radius=28)
        if card.has_marks:
            marks.done(canvas, MARGIN + 76, panel + height / 2, 42)
        lettering = fit(line, room, size, is_bold=True, lines=len(line))
        start = panel + (height - _height(canvas, lettering)) / 2
        canvas.block(MARGIN + begin, start, lettering, colour=INK)


def _within(canvas: Canvas, line: str, room: float, height: float) -> Lettering:
    """Set a line as large as its panel allows."""
    size = 84.0
    while True:
        lettering = fit(line, room, size, is_bold=True, lines=3, least=size * 0.9)
        if _height(canvas, lettering) <= height or size < 20:
            return lettering
        size *= 0.94


def _height(canvas: Canvas, lettering: Lettering) -> float:
    return len(lettering.lines) * canvas.line_height(lettering.size)
