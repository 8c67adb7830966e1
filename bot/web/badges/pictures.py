"""A badge as a picture, with the credential inside it."""

from __future__ import annotations

import re

from bot.badges.held import HeldBadge, PublishedAchievement
from bot.pictures import Drawing
from bot.pictures.badge import draw_published
from bot.pictures.png import to_png

_FONT = re.compile(r'font-family="([^",]+)"')


def drawing_of(published: PublishedAchievement) -> Drawing:
    """Draw a badge as it was when it was first awarded."""
    return draw_published(published.art, published.language)


def svg_of(published: PublishedAchievement) -> str:
    """Draw a badge for those who look at it in a browser, which may lack the shipped fonts."""
    return _FONT.sub(r'font-family="\1, sans-serif"', drawing_of(published).svg)


def baked_png(held: HeldBadge, published: PublishedAchievement, older: str = "") -> bytes:
    """Return the PNG that carries a badge; it blocks, so run it in a thread.

    Args:
        older: What older backpacks look for, to stand beside it; empty for nothing.

    Raises:
        PictureFailed: It cannot be drawn now.
    """
    from bot.badges.baking import bake_both_png

    return bake_both_png(to_png(drawing_of(published)), held.document.decode(), older)


def baked_svg(held: HeldBadge, published: PublishedAchievement, older: str = "") -> bytes:
    """Return the SVG that carries a badge; it blocks, so run it in a thread."""
    from bot.badges.baking import bake_both_svg

    return bake_both_svg(svg_of(published), held.document.decode(), older).encode()
