"""The card of a class code: a QR code to scan from the back of a room, and the words to type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.pictures.canvas import Canvas, Drawing, Look
from bot.pictures.lettering import fit
from bot.pictures.qr import draw_code

WIDTH: Final = 900
MARGIN: Final = 60
ROOM: Final = WIDTH - 2 * MARGIN


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
    end = canvas.block(middle, end + 8, course, anchor="middle") + 16
    end = draw_code(canvas, card.link, MARGIN, end, ROOM)
    words = fit(card.words, ROOM, 72, is_bold=True, lines=1, least=36)
    return canvas.finish(canvas.block(middle, end + 8, words, anchor="middle") + 48)
