"""Short facts for audiences, noted where people do things: never more than what they did.

What somebody looked for counts where they asked for it to be watched or where it found nothing:
that is kept anyway. Other searches are not kept, and leave no trace here either.
"""

from __future__ import annotations

from bot.courses import SearchRequest
from bot.work.campaigns.ground import CityGround
from bot.work.context import Context
from bot.work.reads.standing import where_they_stand


def note_searches(context: Context) -> None:
    """Note what the person looks for and where, from the searches that are kept of them."""
    unit, person, city = context.unit, context.person.id, context.city
    index = context.catalogue.index(city)
    if index is None or city not in context.content.cities:
        return
    ground = CityGround(context.content, context.catalogue, context.around.places, city)
    watched = [one.request for one in unit.wishes.list_searches(person) if one.city == city]
    subjects: dict[str, int] = {}
    wards: dict[str, int] = {}
    for request in (*watched, *unit.wishes.list_unmet_of(person, city)):
        asked = SearchRequest.from_json(request)
        understood = index.understand(asked.text, asked)
        place = understood.place
        if understood.subject:
            subjects[understood.subject] = 0
        if place is not None and place.kind not in ("here", "city") and place.point is not None:
            wards[ground.ward_of(place.point.lat, place.point.lon)] = 0
    unit.traits.replace(person, city, "searched", subjects)
    unit.traits.replace(person, city, "place", wards)


def note_skills(context: Context) -> None:
    """Note the levels that follow from what the person told, without what is only estimated."""
    told = where_they_stand(context.unit, context.person.id, context.content)
    levels = {code: one.level for code, one in told.items() if not one.is_estimated}
    context.unit.traits.replace(context.person.id, context.city, "skill", levels)
