"""The colours of a picture, all made from a city's accent; each can be read on its ground."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from content.colour import contrast

PAPER: Final = "#ffffff"
INK: Final = "#16191d"
QUIET: Final = "#4a545e"
EDGE: Final = "#6d7781"
TRACK: Final = "#eef1f3"
TINTS: Final = (0.82, 0.88, 0.94, 1.0)
"""How much of the paper is in the tint: the least with which the accent can be read on it."""
READABLE: Final = 4.5


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by what they are for.

    Attributes:
        accent: The city's colour, readable as text on paper; ink where the city's own is not.
        tint: A light ground of the accent, on which ink and accent can be read.
    """

    accent: str
    tint: str

    @classmethod
    def of(cls, accent: str) -> Palette:
        """Return the palette of a city's colour for light pages, written #rrggbb."""
        chosen = accent if contrast(accent, PAPER) >= READABLE else INK
        tints = (mixed(chosen, PAPER, part) for part in TINTS)
        return cls(chosen, next(one for one in tints if contrast(chosen, one) >= READABLE))


def mixed(one: str, other: str, part: float) -> str:
    """Return a colour between two, with `part` of the other in it."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))
