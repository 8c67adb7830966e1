"""Language and city, changed in one press."""

from __future__ import annotations

from bot.conversation import Chat, Ending, Option, Pick, Text, flow
from bot.people.effects import SetCity, SetLanguage


@flow("language", version=1, commands=("language",), again="end")
async def language(chat: Chat) -> Ending:
    """Ask for a language and use it from the next word on."""
    known = await chat.look("languages", "languages")
    options = tuple(Option(one["id"], Text("name.button", {"name": one["name"]})) for one in known)
    chosen = str(await chat.ask("language", Pick(Text("language.ask"), options)))
    await chat.call(f"set.{chosen}", SetLanguage(chosen))
    one = next(one for one in known if one["id"] == chosen)
    chat.say(Text("language.done", {"language": one["name"]}))
    if one["is_draft"]:
        chat.say(Text("language.draft"))
    return chat.start("menu")


@flow("city", version=1, commands=("city",), again="end")
async def city(chat: Chat) -> Ending:
    """Ask for a city and look there from now on."""
    known = await chat.look("cities", "cities")
    if len(known) == 1:
        chat.say(Text("city.only", {"city": known[0]["name"]}))
        return chat.start("menu")
    options = tuple(Option(one["id"], Text("name.button", {"name": one["name"]})) for one in known)
    chosen = str(await chat.ask("city", Pick(Text("city.ask"), options)))
    await chat.call(f"set.{chosen}", SetCity(chosen))
    name = next(one["name"] for one in known if one["id"] == chosen)
    chat.say(Text("city.done", {"city": name}))
    return chat.start("discover")
