"""A class code to scan from a screen or a sheet of paper."""

from __future__ import annotations

from bot.conversation.messages import Text
from bot.errors import NotFound
from bot.people import Teacher
from bot.pictures.class_code import ClassCard, draw_class_code
from bot.work.pictures import Picture, PictureContext, picture


@picture("class_code")
def class_code(context: PictureContext) -> Picture | None:
    """Draw a code that is the provider's to reach. Values: its id "code" and its "link"."""
    unit, person = context.unit, context.person
    teacher = Teacher(person, unit.staff.grants(person))
    try:
        found = unit.class_codes.get(teacher, context.values.get("code", ""))
    except NotFound:
        return None
    link = context.values.get("link", "")
    if not link.endswith(f"claim_{found.token}"):
        return None
    course = str(found.about.values.get("course", ""))
    card = ClassCard(context.words("classes.picture.title"), course, found.words, link)
    alt = Text("classes.picture.alt", {"course": course, "words": found.words})
    return Picture(draw_class_code(card, context.look), alt)
