"""What flows look up in the content: words, cities, places, sources."""

from __future__ import annotations

from math import cos, hypot, radians
from typing import Any

from bot.work.reads import Context, look
from content.schema import City, Place
from content.words import TextValue

Json = dict[str, Any]
MOST_PLACES = 5
MOST_ATTRIBUTION = 260
MOST_FRAMEWORKS = 8
LONGEST_EXAMPLE = 12
CENTRE_KM = 1.0
KM_A_DEGREE = 111.2


@look("about_city")
def about_city(context: Context) -> Json:
    """Name the person's city and who runs the bot for it."""
    city = context.content.cities.get(context.city)
    if city is None:
        return {"name": "", "operator": ""}
    return {"name": city.named(context.language), "operator": city.operator}


@look("local_examples")
def local_examples(context: Context) -> Json:
    """Name an area and the start of a postcode that people of the city know."""
    city = context.content.cities.get(context.city)
    if city is None:
        return {"area": "", "postcode": ""}
    return {"area": _nearby(city, "ward"), "postcode": _nearby(city, "outcode")}


def _nearby(city: City, kind: str) -> str:
    """Return the short name nearest to the middle of the city, but outside its very centre."""

    def far(place: Place) -> float:
        east = (place.lon - city.centre.lon) * cos(radians(city.centre.lat))
        return KM_A_DEGREE * hypot(place.lat - city.centre.lat, east)

    known = [one for one in city.places if one.kind == kind and len(one.name) <= LONGEST_EXAMPLE]
    outside = [one for one in known if far(one) >= CENTRE_KM] or known
    return min(outside, key=far).name if outside else ""


@look("sources")
def sources(context: Context) -> Json:
    """List where facts come from, as their licences ask."""
    city = context.content.cities.get(context.city)
    wanted = city.sources if city else tuple(context.content.sources)
    lines = [
        {
            "name": source.title,
            "attribution": source.attribution[:MOST_ATTRIBUTION],
            "licence": source.licence,
        }
        for key in wanted
        if (source := context.content.sources.get(key)) is not None
    ]
    return {"lines": lines[:6], "address": f"{context.public_url}/sources"}


@look("framework_sources")
def framework_sources(context: Context) -> list[str]:
    """List the frameworks, quick checks and empty places of the person's city."""
    content = context.content
    slots = [key for key, slot in content.slots.items() if slot.city in ("", context.city)]
    empty = [key for key in slots if not content.slots[key].is_filled]
    return [*content.offered(context.city), *content.quick_checks, *empty][:MOST_FRAMEWORKS]


@look("framework_source")
def framework_source(context: Context, key: str) -> Json:
    """Say where a framework is from, on which terms, and what was changed; or who is to give it."""
    content = context.content
    subject = content.frameworks.get(key) or content.quick_checks.get(key)
    if subject is None:
        slot = content.slots[key]
        values = {"name": slot.title, "provider": slot.provider, "note": slot.note}
        return {"kind": "place", "values": values}
    return {
        "kind": "framework",
        "values": {
            "name": subject.short,
            "version": subject.version,
            "attribution": subject.source.attribution[:MOST_ATTRIBUTION],
            "licence": subject.source.licence,
            "label": subject.label,
            "changes": subject.changes,
        },
    }


@look("say_words")
def say_words(context: Context, text_id: str) -> str:
    """Return the plain words of a text in the person's language."""
    return context.content.words.plain(TextValue(text_id), context.language)


@look("resolve_place")
def resolve_place(context: Context, text: str) -> list[Json]:
    """Return the places of the person's city that the words may mean, likeliest first."""
    found = context.around.places.resolve(context.city, text)
    return [
        {"name": place.name, "lat": place.lat, "lon": place.lon, "kind": place.kind}
        for place in found[:MOST_PLACES]
    ]
