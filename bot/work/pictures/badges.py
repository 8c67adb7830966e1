"""A badge as its achievement's address shows it."""

from __future__ import annotations

from bot.badges.held import HeldBadge
from bot.errors import NotFound
from bot.pictures import Drawing
from bot.pictures.badge import draw_published
from bot.work.badge_words import said
from bot.work.pictures import Picture, PictureContext, picture
from storage import Unit


def drawn_badge(unit: Unit, badge: HeldBadge) -> Drawing | None:
    """Return a badge's art; None before it is signed."""
    published = unit.achievements.find(badge.city, badge.achievement, badge.version, badge.language)
    return draw_published(published.art, badge.language) if published else None


@picture("badge")
def badge(context: PictureContext) -> Picture | None:
    """Draw one of the person's own badges. Values: its "token"."""
    try:
        held = context.unit.badges.get(context.person, context.values.get("token", ""))
    except NotFound:
        return None
    drawing = drawn_badge(context.unit, held)
    return Picture(drawing, said(held, context.content, "caption")) if drawing else None
