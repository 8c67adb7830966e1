"""First contact: what this is, what is kept, language and city; then straight to the wish."""

from __future__ import annotations

from typing import Any, Final

from bot.badges.effects import FindCode
from bot.conversation import Chat, Ending, Option, Pick, Text, Typed, flow
from bot.flows.access import role_of
from bot.people.effects import AcceptNotice, SetCity, SetLanguage

NOTICE_VERSION = "1"
"""Raise it when what is kept, why or how long changes: everybody is then shown the notice again."""

MOST_WORDS = 200

Json = dict[str, Any]

LANGUAGES = {"english": "en", "welsh": "cy", "urdu": "ur"}

ALONE: Final = {
    "employers": "employers",
    "answer": "questionnaire",
    "offers": "offers",
    "teach": "teach",
    "skills": "skills",
    "routes": "pathways",
    "worth": "worth",
    "codesign": "codesign",
    "pledge": "pledge",
    "work": "work",
    "cv": "cv",
}
"""What links lead whoever comes for the first time to, by how they begin."""
WITH_MORE: Final = {
    "course": "course",
    "join": "join",
    "invite": "invite",
    "claim": "badges",
    "code": "badges",
    "badges": "badges",
    "next": "next_steps",
    "remind": "reminders",
    "route": "pathways",
    "offer": "offers",
}
"""The same for links that mean nothing without what follows."""
AS_THEY_ARE: Final = frozenset({"topics", "news"})
"""What links lead to that take nothing with them."""
ASKED: Final = {
    "skills": "skills",
    "results": "my_results",
    "routes": "pathways",
    "badges": "badges",
    "cv": "cv",
    "worth": "worth",
    "complain": "complain",
    "reminders": "reminders",
    "stop_reminders": "reminders",
}
"""The flows of what first words ask for by their command, instead of for a course."""
TAKES_WORDS: Final = frozenset({"reminders"})


@flow("start", version=2, commands=("start",), deep_links=("city",))
async def start(chat: Chat, payload: str = "", wish: str = "") -> Ending:
    """Greet, ask the two things that everything rests on, and go on with what was wished for."""
    me = await chat.look("me", "me", wish, payload)
    if me["accepted"] and me["has_city"]:
        return await _welcome_back(chat, me, payload)
    typed = "" if me["accepted"] else await _agree(chat, me)
    if typed:
        me = await chat.look("me.typed", "me", typed, payload)
    city, wish, code = await _find_city(chat, me)
    await chat.call(f"city.{city}", SetCity(city))
    if me.get("is_employer") and not payload:
        return chat.start("employers", said=wish)
    if me.get("asked") in ASKED and not payload:
        return _asked(chat, me["asked"], me["wish"])
    return _go_on(chat, payload or code, wish)


async def _find_city(chat: Chat, me: Json) -> tuple[str, str, str]:
    """Return the city, the wish, and the deep link of code words.

    A wish or a code that is typed where the city is asked may name both.
    """
    code = me.get("code", "")
    if me["place"]:
        is_city = me["place"] == me["city_name"]
        values = {"place": me["place"], "city": me["city_name"]}
        chat.say(Text("start.city_named" if is_city else "start.city_guess", values))
    if me["city"]:
        return me["city"], me["wish"], code
    if found := await _city_of(chat, "code", code):
        return found, me["wish"], code
    options = tuple(
        Option(one["id"], Text("name.button", {"name": one["name"]})) for one in me["cities"]
    )
    answer = await chat.ask("city", Pick(Text("start.city"), options, accepts_text=True))
    if not isinstance(answer, Typed):
        return answer, me["wish"], code
    named = await chat.look("me.city", "me", answer.text[:MOST_WORDS], "")
    code = named.get("code", "") or code
    found = named["city"] or await _city_of(chat, "code.city", named.get("code", ""))
    if found:
        return found, named["wish"], code
    if named["wish"]:
        chat.say(Text("start.wish_kept", {"wish": named["wish"]}))
    city = await chat.ask("city.again", Pick(Text("start.city"), options))
    return city, named["wish"] or me["wish"], code


async def _city_of(chat: Chat, key: str, code: str) -> str:
    """Return the city of code words; nothing where there are none or nobody has such a code."""
    if not code:
        return ""
    found = await chat.call(key, FindCode(code.removeprefix("code_")))
    return found if isinstance(found, str) else ""


async def _welcome_back(chat: Chat, me: Json, payload: str) -> Ending:
    chat.say(Text("start.welcome_back"))
    if payload and me["city"] and me["city"] != chat.city:
        await chat.call("moved", SetCity(me["city"]))
        chat.say(Text("city.done", {"city": me["city_name"]}))
    return chat.start("menu")


async def _agree(chat: Chat, me: Json) -> str:
    """Show the notice until the person goes on; return what they typed instead of pressing."""
    if me["wish"]:
        chat.say(Text(_seen(me), {"wish": me["wish"]}))
    if me.get("invited"):
        chat.say(_invited(me["invited"]))
    answer = await chat.ask("language", _hello(me))
    if answer == "more":
        chat.say(Text("start.more", {"address": me["notice_address"]}))
        answer = await chat.ask("agreed", Pick(Text("start.kept"), _languages(), accepts_text=True))
    typed = answer.text[:MOST_WORDS] if isinstance(answer, Typed) else ""
    await chat.call("notice", AcceptNotice(NOTICE_VERSION))
    if not typed:
        await chat.call(f"language.{answer}", SetLanguage(LANGUAGES[str(answer)]))
        if answer != "english":
            chat.say(Text("language.draft"))
    return typed


def _seen(me: Json) -> str:
    """Return the id of what says that first words were seen, for what they are."""
    if me.get("code"):
        return "start.code_seen"
    return "start.asked_seen" if me.get("asked") in ASKED else "start.wish_seen"


def _invited(found: Json) -> Text:
    """Say at once what a link is for that somebody was given."""
    if "organisation" in found:
        return Text("start.invited_beside", {"name": found["organisation"]})
    return Text("start.invited", {"role": role_of(found)})


def _hello(me: Json) -> Pick[str | Typed]:
    more = Option("more", Text("start.more.button"))
    kept = Text("start.kept")
    if not me["city"]:
        return Pick(
            Text("start.hello_any", {"kept": kept}), (*_languages(), more), accepts_text=True
        )
    whose = (
        Text("start.whose", {"operator": me["operator"]})
        if me["operator"]
        else Text("start.whose_trial")
    )
    values = {"city": me["city_name"], "whose": whose, "kept": kept}
    return Pick(Text("start.hello", values), (*_languages(), more), accepts_text=True)


def _languages() -> tuple[Option, ...]:
    return tuple(Option(name, Text(f"start.{name}.button")) for name in LANGUAGES)


def _asked(chat: Chat, command: str, wish: str) -> Ending:
    flow_name = ASKED[command]
    return chat.start(flow_name, said=wish) if command in TAKES_WORDS else chat.start(flow_name)


def _go_on(chat: Chat, payload: str, wish: str) -> Ending:
    kind, _, rest = payload.partition("_")
    if kind in AS_THEY_ARE:
        return chat.start(kind)
    if kind in ALONE or (kind in WITH_MORE and rest):
        return chat.start({**ALONE, **WITH_MORE}[kind], payload=payload)
    if kind == "find" and rest:
        return chat.start("discover", wish=rest)
    return chat.start("discover", wish=wish)
