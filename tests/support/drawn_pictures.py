"""Reads pictures that were drawn: what stands in them, and what is said instead of them."""

from __future__ import annotations

from bot.conversation.messages import Text
from bot.pictures import Drawing
from bot.work.pictures import Picture


def svg_of(picture: Picture) -> str:
    """Return what was drawn; a photo was not."""
    assert isinstance(picture.drawing, Drawing)
    return picture.drawing.svg


def alt_of(picture: Picture) -> Text:
    """Return its words, which are the content's, not somebody's own."""
    assert isinstance(picture.alt, Text)
    return picture.alt
