"""What flows look up in the content: words, cities, places, sources."""

from __future__ import annotations

from typing import Any

from bot.work.reads import Context, look
from content.words import TextValue

Json = dict[str, Any]
MOST_PLACES = 5
MOST_ATTRIBUTION = 260


@look("about_city")
def about_city(context: Context) -> Json:
    """Name the person's city and who runs the bot for it."""
    city = context.content.cities.get(context.city)
    if city is None:
        return {"name": "", "operator": ""}
    return {"name": city.named(context.language), "operator": city.operator}


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
