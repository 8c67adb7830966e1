"""A CV as a picture: the card that those see who are given its address."""

from __future__ import annotations

from bot.conversation.messages import Text
from bot.cv.card import card_lines, draw_card
from bot.cv.contents import contents_of
from bot.work.pictures import Picture, PictureContext, picture


@picture("cv")
def cv(context: PictureContext) -> Picture | None:
    """Draw the card of the person's own CV; None where nothing is on it."""
    material = context.unit.cvs.material(context.person)
    if material is None:
        return None
    found = contents_of(material, context.content)
    city = context.city.named(context.language) if context.city else ""
    drawing = draw_card(found, context.content, context.look, city)
    if drawing is None:
        return None
    lines = card_lines(found, context.content, context.language)
    title = context.words("cv.card.title")
    return Picture(drawing, Text("cv.card.alt", {"title": title, "lines": lines}))
