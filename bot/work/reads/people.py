"""What flows look up about the person they talk with."""

from __future__ import annotations

from typing import Any

from bot.badges.codes import is_words
from bot.conversation import Text, text_to_json
from bot.conversation.messages import Value
from bot.people.support import spoken
from bot.work.reads import Context, look
from bot.work.reads.badges import code_link
from bot.work.typed import NO_WISHES, command_of, is_of_an_employer

Json = dict[str, Any]
COUNTED = {
    "mydata.saved": "saved_course",
    "mydata.alerts": "saved_search",
    "mydata.reminders": "reminder",
    "mydata.skills": "sitting_answer",
    "mydata.routes": "followed_pathway",
    "mydata.steps": "pathway_step",
    "mydata.badges": "badge",
    "mydata.backpack": "badge_twin",
    "mydata.requests": "badge_endorsement",
    "mydata.codes_used": "badge_claim",
    "mydata.codes_made": "badge_code",
    "mydata.cv": "cv",
    "mydata.experiences": "cv_experience",
    "mydata.organisations": "organisation_member",
    "mydata.answers": "response",
    "mydata.asks": "employer_ask",
    "mydata.messages": "inbox",
    "mydata.reports": "listing_report",
    "mydata.complaints": "complaint",
    "mydata.work_skills": "work_profile",
    "mydata.invitations": "work_invitation",
    "mydata.misuse": "misuse_report",
    "mydata.opportunities": "opportunity",
    "mydata.codesign": "codesign_comment",
}
"""The lines of "my data" that count rows of a table of the export."""

MOST_WISH = 200
MOST_NAME = 80


@look("me")
def me(context: Context, wish: str = "", payload: str = "") -> Json:
    """Say what is known of the person, and which city their first words point to."""
    cities = context.content.cities
    asked = command_of(context.content.words, wish) if wish else ""
    wish = "" if asked in NO_WISHES or _is_greeting(context, wish) else wish
    city, place = _city_of(context, wish, payload)
    found = cities.get(city)
    return {
        "accepted": context.person.has_accepted,
        "has_city": context.city in cities,
        "wish": wish[:MOST_WISH],
        "asked": asked if wish else "",
        "code": code_link(context, wish) if wish else "",
        "is_employer": bool(wish) and is_of_an_employer(context.content.words, wish),
        "invited": _invited(context, payload),
        "city": city,
        "city_name": found.named(context.language) if found else "",
        "place": place,
        "operator": found.operator if found else "",
        "cities": _cities(context),
        "notice_address": f"{context.public_url}/privacy",
    }


def _invited(context: Context, payload: str) -> Json | None:
    """Return what a link invites to: a role, or to answer for an organisation; None for neither."""
    kind, _, key = payload.partition("_")
    if kind == "invite":
        role: Json | None = invitation(context, key)
        return role
    name = _organisation_of(context, key).get("name") if kind == "employers" and key else ""
    return {"organisation": name} if name else None


def _organisation_of(context: Context, token: str) -> Json:
    """Return the name and the city of the organisation of a colleague's link, if it is good."""
    link = context.unit.employers.find_link(token)
    named = context.unit.employers.list_named({link.organisation}) if link else {}
    return next(({"name": one.name, "city": one.city} for one in named.values()), {})


def _is_greeting(context: Context, wish: str) -> bool:
    words = context.content.words
    said = wish.strip(" .,!?؟۔").casefold()
    return any(said in words.phrases("typed.greeting", one) for one in words.languages)


def _city_of(context: Context, wish: str, payload: str) -> tuple[str, str]:
    """Return a city's id and the place that it was guessed from; both may be empty."""
    cities = context.content.cities
    linked = _linked_city(context, payload)
    if linked in cities:
        return linked, ""
    if context.city in cities:
        return context.city, ""
    if len(cities) == 1:
        return next(iter(cities)), ""
    return _guessed(context, wish) if wish else ("", "")


def _linked_city(context: Context, payload: str) -> str:
    """Return the city that a deep link names: itself, or that of what it leads to."""
    kind, _, key = payload.partition("_")
    if kind == "employers" and key:
        return str(_organisation_of(context, key).get("city", ""))
    if kind == "join":
        return context.unit.joins.find_city(key)
    if kind == "invite":
        found = context.unit.staff.find_invitation(key)
        return found.cities[0] if found and len(found.cities) == 1 else ""
    if kind == "claim":
        return _city_of_claim(context, key)
    if kind == "codesign" and key:
        one = context.unit.rounds.find_by_token(key)
        return one.new.city if one else ""
    if kind == "course":
        entry = context.unit.catalogue.find(key)
        return entry.course.city if entry is not None else ""
    return key if kind == "city" else ""


def _city_of_claim(context: Context, key: str) -> str:
    """Return the city of a link to claim with; words that can be guessed tell nothing here."""
    if is_words(key):
        return ""
    cities = list(context.content.cities)
    return context.unit.class_codes.find_city(cities, key)


def _guessed(context: Context, wish: str) -> tuple[str, str]:
    """Return the one city that has a place named in the wish."""
    places = context.around.places
    found = {city: name for city in context.content.cities if (name := places.named(city, wish))}
    return next(iter(found.items())) if len(found) == 1 else ("", "")


@look("cities")
def cities(context: Context) -> list[Json]:
    """List the cities that are served, by the names of the person's language."""
    return _cities(context)


def _cities(context: Context) -> list[Json]:
    return [
        {"id": city.id, "name": city.named(context.language)}
        for city in context.content.cities.values()
    ]


@look("languages")
def languages(context: Context) -> list[Json]:
    """List the languages by their own names."""
    return [
        {"id": language.id, "name": language.own_name, "is_draft": language.is_draft}
        for language in context.content.languages.values()
    ]


@look("privacy_notice")
def privacy_notice(context: Context) -> Json:
    """Say where the whole notice is."""
    return {"address": f"{context.public_url}/privacy"}


@look("my_data")
def my_data(context: Context) -> Json:
    """Sum up what is kept; the file beside it holds all of it."""
    lines = [_line(name, value) for name, value in _kept(context)]
    return {"lines": [text_to_json(line) for line in lines]}


def _kept(context: Context) -> list[tuple[str, Value]]:
    person = context.person
    city = context.content.cities.get(person.city)
    language = context.content.languages.get(person.language)
    kept: list[tuple[str, Value]] = []
    if city:
        kept.append(("mydata.city", city.named(context.language)))
    if language:
        kept.append(("mydata.language", language.own_name))
    if reference := context.unit.people.reference_of(person.id):
        kept.append(("mydata.reference", spoken(reference)))
    if person.created_at:
        kept.append(("mydata.since", Text("work.date", {"date": person.created_at.date()})))
    tables = context.unit.privacy.export(person.id)
    for name, table in COUNTED.items():
        if rows := len(tables.get(table, ())):
            kept.append((name, Text("mydata.count", {"count": rows})))
    roles = tuple(Text(f"role.{role}") for role in sorted(context.roles - {"staff", "resident"}))
    return [*kept, ("mydata.roles", roles)] if roles else kept


def _line(name: str, value: Value) -> Text:
    if isinstance(value, tuple):
        value = Text("work.list", {"items": value})
    return Text("mydata.line", {"name": Text(name), "value": value})


@look("join_ways")
def join_ways(context: Context) -> Json:
    """Say to which other channel this chat can be joined."""
    if context.channel == "telegram":
        return {"to": "web"}
    return {"to": "telegram" if context.telegram_username else ""}


@look("invitation")
def invitation(context: Context, token: str) -> Json | None:
    """Say what an invitation offers; None where it cannot be used any more."""
    found = context.unit.staff.find_invitation(token)
    if found is None:
        return None
    names = [
        city.named(context.language)
        for key in found.cities
        if (city := context.content.cities.get(key)) is not None
    ]
    if not found.cities:
        names = [context.content.words.plain(Text("work.every_city"), context.language)]
    return {"role": str(found.role), "cities": names, "provider": found.provider[:MOST_NAME]}
