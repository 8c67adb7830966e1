"""Badge art: a shape with a sign and a few words, in the city's colour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from bot.pictures.canvas import Canvas, Drawing, Look
from bot.pictures.lettering import fit
from bot.pictures.palette import EDGE, INK, PAPER, QUIET

Shape: TypeAlias = Literal["circle", "shield", "hexagon", "square"]
Sign: TypeAlias = Literal["steps", "chair", "tick", "route", "leaf", "bench", "people", "heart"]

SIDE: Final = 640
MIDDLE: Final = SIDE / 2
ROOM: Final = 400
"""How wide words may be inside the shape."""

_SHAPES: Final[dict[Shape, str]] = {
    "shield": "M0,-296 L252,-232 L252,24 C252,170 130,258 0,300 C-130,258 -252,170 -252,24 "
    "L-252,-232 Z",
    "hexagon": "M0,-300 L260,-150 L260,150 L0,300 L-260,150 L-260,-150 Z",
    "square": "M-250,-278 L250,-278 L278,-250 L278,250 L250,278 L-250,278 L-278,250 L-278,-250 Z",
}
_SIGNS: Final[dict[Sign, str]] = {
    "chair": "M-36,-64 L-36,64 M-36,4 L36,4 L36,64",
    "tick": "M-52,4 L-14,44 L56,-44",
    "route": "M-62,46 C-20,46 -34,-6 0,-6 C34,-6 22,-52 62,-52",
    "leaf": "M-50,56 C-58,-30 -4,-64 58,-60 C60,10 24,56 -34,42 M-50,62 C-28,18 0,-8 26,-28",
    "bench": "M-66,-8 L66,-8 M-46,-8 L-46,54 M46,-8 L46,54 M-20,-8 L-20,-50 L20,-50 L20,-8",
    "people": "M-34,-62 a24,24 0 1 0 0.1,0 Z M-82,52 C-82,-2 14,-2 14,52 "
    "M40,-46 a20,20 0 1 0 0.1,0 Z M34,10 C66,-2 84,22 84,52",
    "heart": "M0,58 C-94,-8 -52,-74 0,-28 C52,-74 94,-8 0,58 Z",
    "steps": "",
}
_STEPS: Final = 4


@dataclass(frozen=True, slots=True)
class BadgeArt:
    """What a badge shows; finished words, in its language.

    Attributes:
        title: What it is for.
        city: Who gives it.
        level: For the sign "steps": how many of the four are filled.
        sample: A word across it where it is only for trying out; else empty.
    """

    title: str
    city: str
    shape: Shape
    sign: Sign
    level: int = 0
    sample: str = ""


def draw_badge(art: BadgeArt, look: Look) -> Drawing:
    """Draw a badge of 640 by 640 units."""
    canvas = Canvas(SIDE, look)
    accent, tint = canvas.palette.accent, canvas.palette.tint
    if art.shape == "circle":
        canvas.circle(MIDDLE, MIDDLE, 300, tint, edge=accent, thickness=14)
    else:
        outline = _SHAPES[art.shape]
        canvas.path(MIDDLE, MIDDLE, outline, tint, edge=accent, thickness=14, is_turned=False)
    _sign(canvas, art, accent)
    title = fit(art.title, ROOM, 44, is_bold=True, lines=4, least=26)
    height = canvas.line_height(title.size) * len(title.lines)
    end = canvas.block(MIDDLE, 372 - height / 2, title, colour=INK, anchor="middle")
    city = fit(art.city, 300, 26, lines=2, least=18)
    canvas.block(MIDDLE, max(end + 12, 462), city, colour=QUIET, anchor="middle")
    if art.sample:
        canvas.rect(120, 12, 400, 52, PAPER, radius=26, edge=EDGE, thickness=3)
        words = fit(art.sample, 360, 30, is_bold=True, lines=1, least=18)
        canvas.block(MIDDLE, 18, words, colour=INK, anchor="middle")
    return canvas.finish(SIDE)


def draw_published(art: Mapping[str, Any], language: str) -> Drawing:
    """Draw a badge as it was when it was first awarded.

    Args:
        art: The values of `BadgeArt`, and the city's "accent".
        language: Of its words.
    """
    values = dict(art)
    look = Look(language, str(values.pop("accent")))
    return draw_badge(BadgeArt(**values), look)


def _sign(canvas: Canvas, art: BadgeArt, accent: str) -> None:
    top = 180
    if art.sign != "steps":
        steps = _SIGNS[art.sign]
        canvas.path(MIDDLE, top, steps, "none", edge=accent, thickness=14, is_turned=False)
        return
    for number in range(_STEPS):
        tall = 34 + 26 * number
        fill = accent if number < art.level else PAPER
        x = MIDDLE - 116 + 60 * number
        canvas.rect(x, 240 - tall, 48, tall, fill, radius=6, edge=accent, thickness=6)
