"""A picture being drawn: shapes and words placed from the side where reading begins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import Final, Literal, TypeAlias

from bot.pictures.lettering import BOLD, Lettering, drawable, face_of
from bot.pictures.palette import INK, PAPER, Palette
from content.formats import is_right_to_left

Anchor: TypeAlias = Literal["start", "middle", "end"]
_MIRRORED: Final[dict[Anchor, Anchor]] = {"start": "end", "middle": "middle", "end": "start"}
_ISOLATED_RIGHT_TO_LEFT: Final = "\u2067{}\u2069"
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z")
LINE: Final = 1.34
LINE_RIGHT_TO_LEFT: Final = 1.6
"""Heights of a line in parts of the letters' size."""


@dataclass(frozen=True, slots=True)
class Look:
    """For whom a picture is drawn.

    Attributes:
        language: Of its words: it says on which side reading begins.
        accent: The city's colour for light pages, #rrggbb.
    """

    language: str = "en"
    accent: str = "#1f4e79"

    @property
    def is_right_to_left(self) -> bool:
        """Whether the picture is mirrored."""
        return is_right_to_left(self.language)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished picture: SVG that asks for the shipped fonts, and its size in its own units."""

    svg: str
    width: int
    height: int


class Canvas:
    """Collects shapes; `x` is always counted from the side where reading begins.

    Args:
        width: In units; a phone shows 600 of them on about 300 pixels.
        look: Language and colour.
        ground: The colour behind everything.
    """

    def __init__(self, width: int, look: Look, ground: str = PAPER) -> None:
        self.width = width
        self.look = look
        self.palette = Palette.of(look.accent)
        self._ground = ground
        self._patterns: dict[str, str] = {}
        self._parts: list[str] = []

    def line_height(self, size: float) -> float:
        """Return how far apart lines of letters of a size stand."""
        return size * (LINE_RIGHT_TO_LEFT if self.look.is_right_to_left else LINE)

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str,
        *,
        radius: float = 0,
        edge: str = "",
        thickness: float = 0,
        dashes: str = "",
    ) -> None:
        """Draw a rectangle whose near side is at `x`."""
        if width <= 0 or height <= 0:
            return
        left = self.width - x - width if self.look.is_right_to_left else x
        size = f'width="{_n(width)}" height="{_n(height)}" rx="{_n(radius)}"'
        paint = _paint(fill, edge, thickness, dashes)
        self._parts.append(f'<rect x="{_n(left)}" y="{_n(y)}" {size} {paint}/>')

    def circle(
        self,
        x: float,
        y: float,
        radius: float,
        fill: str,
        *,
        edge: str = "",
        thickness: float = 0,
        dashes: str = "",
    ) -> None:
        """Draw a circle around a point."""
        paint = _paint(fill, edge, thickness, dashes)
        self._parts.append(
            f'<circle cx="{_n(self._left(x))}" cy="{_n(y)}" r="{_n(radius)}" {paint}/>'
        )

    def path(
        self,
        x: float,
        y: float,
        steps: str,
        fill: str,
        *,
        scale: float = 1,
        edge: str = "",
        thickness: float = 0,
        is_turned: bool = True,
    ) -> None:
        """Draw a path around a point.

        Args:
            x, y: Where its own 0, 0 lies.
            steps: As SVG writes them, drawn for reading from left to right.
            scale: How much larger.
            is_turned: Mirrored where reading goes the other way; a tick never is.
        """
        across = -scale if is_turned and self.look.is_right_to_left else scale
        place = f"translate({_n(self._left(x))} {_n(y)}) scale({_n(across)} {_n(scale)})"
        ends = 'stroke-linecap="round" stroke-linejoin="round"'
        paint = _paint(fill, edge, thickness)
        self._parts.append(f'<path transform="{place}" d="{steps}" {ends} {paint}/>')

    def text(
        self,
        x: float,
        baseline: float,
        words: str,
        size: float,
        *,
        is_bold: bool = False,
        colour: str = INK,
        anchor: Anchor = "start",
    ) -> None:
        """Draw one line of words; `x` is its near side, its middle or its far side."""
        side = _MIRRORED[anchor] if self.look.is_right_to_left else anchor
        place = f'x="{_n(self._left(x))}" y="{_n(baseline)}" text-anchor="{side}"'
        kept = drawable(words)
        font = f'font-family="{face_of(kept).family}" font-size="{_n(size)}"'
        weight = f' font-weight="{BOLD}"' if is_bold else ""
        if self.look.is_right_to_left:
            kept = _ISOLATED_RIGHT_TO_LEFT.format(kept)
        self._parts.append(f'<text {place} {font}{weight} fill="{colour}">{escape(kept)}</text>')

    def block(
        self,
        x: float,
        top: float,
        lettering: Lettering,
        *,
        colour: str = INK,
        anchor: Anchor = "start",
    ) -> float:
        """Draw lines of words below `top`; return where they end."""
        step = self.line_height(lettering.size)
        for number, line in enumerate(lettering.lines):
            baseline = top + step * number + (step + lettering.size * 0.72) / 2
            self.text(
                x,
                baseline,
                line,
                lettering.size,
                is_bold=lettering.is_bold,
                colour=colour,
                anchor=anchor,
            )
        return top + step * len(lettering.lines)

    def pattern(self, name: str, tile: str, side: float) -> str:
        """Declare a pattern of square tiles; return what to fill with."""
        self._patterns[name] = (
            f'<pattern id="{name}" width="{_n(side)}" height="{_n(side)}"'
            f' patternUnits="userSpaceOnUse">{tile}</pattern>'
        )
        return f"url(#{name})"

    def finish(self, height: float) -> Drawing:
        """Return the picture, so high."""
        tall = round(height)
        size = f'width="{self.width}" height="{tall}" viewBox="0 0 {self.width} {tall}"'
        language = self.look.language if _LANGUAGE.match(self.look.language) else "en"
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} xml:lang="{language}">'
            f"<defs>{''.join(self._patterns.values())}</defs>"
            f'<rect width="100%" height="100%" fill="{self._ground}"/>'
            f"{''.join(self._parts)}</svg>"
        )
        return Drawing(svg, self.width, tall)

    def _left(self, x: float) -> float:
        return self.width - x if self.look.is_right_to_left else x


def _paint(fill: str, edge: str, thickness: float, dashes: str = "") -> str:
    paint = f'fill="{fill}"'
    if edge:
        paint += f' stroke="{edge}" stroke-width="{_n(thickness)}"'
    return f'{paint} stroke-dasharray="{dashes}"' if dashes else paint


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
