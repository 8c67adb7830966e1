"""An organisation's needs map, as it is now, for those who answer for it."""

from __future__ import annotations

from bot.conversation.messages import Text
from bot.needs.grids import map_pages
from bot.needs.problems import ProblemReader
from bot.pictures import draw_needs
from bot.work.overviews import overview_of
from bot.work.pictures import Picture, PictureContext, picture
from bot.work.places import Places


@picture("needs_map")
def needs_map(context: PictureContext) -> Picture | None:
    """Draw the needs map of an organisation that the person answers for.

    Values: its id as "organisation", and which "part" of a large map, from 1.
    """
    key, part = context.values.get("organisation", ""), context.values.get("part", "1")
    member = context.unit.employers.find_member(context.person, key)
    found = context.unit.employers.find(key, context.city.id) if context.city else None
    if member is None or found is None:
        return None
    reader = ProblemReader(context.content.needs.problems)
    # Where its people are does not show on a map.
    overview = overview_of(context.unit, context.content, found, Places({}), reader)
    pages = map_pages(overview, context.content, context.language)
    number = int(part) if part.isascii() and part.isdecimal() else 0
    if not 1 <= number <= len(pages):
        return None
    page = pages[number - 1]
    alt = Text("needs.map.alt", {"title": page.grid.title, "lines": page.lines})
    return Picture(draw_needs(page.grid, context.look), alt)
