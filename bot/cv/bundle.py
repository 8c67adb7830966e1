"""The credentials of a CV as one file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from bot.cv.contents import CvBadge
from bot.pictures.badge import draw_published
from bot.pictures.canvas import Drawing
from bot.pictures.png import to_png

LIST_NAME = "credentials.json"
_MADE = (1980, 1, 1, 0, 0, 0)
"""The day of every entry: when a file was packed says nothing, and the same badges give the same
file."""


def credentials_json(badges: Sequence[CvBadge]) -> bytes:
    """Return the credentials as a JSON array, each as it was signed, byte for byte."""
    return b"[" + b",\n".join(one.held.document for one in badges) + b"]"


def credentials_zip(badges: Sequence[CvBadge]) -> bytes:
    """Return the array and a picture for each badge that carries it; blocks, so use a thread.

    Raises:
        PictureFailed: One cannot be drawn now.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(LIST_NAME, _MADE), credentials_json(badges))
        for number, one in enumerate(badges, 1):
            if one.art:
                name = zipfile.ZipInfo(f"badge-{number}.png", _MADE)
                archive.writestr(name, _baked(one))
    return packed.getvalue()


def badge_art(badge: CvBadge) -> Drawing | None:
    """Draw a badge as it was when it was awarded; None where its art is not kept."""
    return draw_published(badge.art, badge.language) if badge.art else None


def _baked(badge: CvBadge) -> bytes:
    from bot.badges.baking import bake_png  # slow to load, seldom needed

    drawing = badge_art(badge)
    return bake_png(to_png(drawing), badge.held.document.decode()) if drawing else b""
