"""Asking for one part of an offer after the other; what cannot be read is asked for again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import TypeAlias

from bot.conversation import (
    AskDate,
    AskText,
    Chat,
    Many,
    Option,
    Pick,
    Picked,
    Text,
    text_from_json,
)
from bot.courses.offers.fields import read_hours
from bot.courses.offers.judging import fault_in
from bot.courses.offers.reading import LANGUAGES, LONGEST

Form: TypeAlias = dict[str, str]
Progress: TypeAlias = "tuple[int, int] | None"
NEEDED = ("kind", "title", "summary", "when", "where", "price", "join")
OPTIONAL = ("who", "level", "support", "language", "skills")
KINDS = ("course", "event", "drop-in")
LEVELS = ("any", "beginners", "entry-3", "level-1", "level-2", "level-3")
SUPPORT = ("childcare", "step-free", "esol", "women-only")
MOST_TRIES = 20
YEARS_AHEAD = 3


async def ask_part(
    chat: Chat, key: str, part: str, form: Form, progress: Progress = None, offer: str = ""
) -> Form:
    """Ask for a part; return its fields of the form, and nothing of the others.

    Args:
        form: What was told so far.
        offer: The offer that is changed; empty while it is a new one.
    """
    if part in _CHOICES:
        return await _choose(chat, key, part, progress)
    if part in ("title", "summary"):
        return {part: await ask_words(chat, key, part, {}, progress=progress)}
    if part == "who":
        return {"who_for": await ask_words(chat, key, "who_for", {}, is_needed=False)}
    if part == "skills":
        return await _skills(chat, key, form, offer)
    return await _ASKERS[part](chat, key, progress)


def offered(name: str, *, is_main: bool = False) -> Option:
    """Return an option that is called by its name."""
    return Option(name, Text(f"offers.{name}.button"), is_main=is_main)


async def ask_words(
    chat: Chat, key: str, name: str, form: Form, *, is_needed: bool = True,
    progress: Progress = None,
) -> str:  # fmt: skip
    """Ask for words until they can be read; return them, or nothing where it was passed over.

    Args:
        name: The field.
        form: What it is read with: the fields that it depends on.
    """
    options = () if is_needed else (offered("skip"),)
    text = Text(f"offers.ask.{_ASKED.get(name, name)}")
    for number in range(MOST_TRIES):
        question = AskText(text, max_length=LONGEST[name], options=options, progress=progress)
        answer = await chat.ask(f"{key}.{name}.{number}", question)
        if isinstance(answer, Picked):
            return ""
        fault = fault_in(name, {**form, name: answer}, chat.now.date())
        if fault is None:
            return str(answer)
        chat.say(Text(fault.text, dict(fault.values)))  # type: ignore[arg-type]  # plain values
    return ""


async def _pick(
    chat: Chat, key: str, part: str, names: tuple[str, ...], progress: Progress = None
) -> str:
    options = tuple(offered(one, is_main=at == 0) for at, one in enumerate(names))
    question = Pick(Text(f"offers.ask.{part}"), options, progress=progress)
    return str(await chat.ask(key, question))


async def _choose(chat: Chat, key: str, part: str, progress: Progress) -> Form:
    names = _CHOICES[part]
    if part == "support":
        question = Many(Text("offers.ask.support"), tuple(map(offered, names)), progress=progress)
        return {f"support.{one}": "yes" for one in await chat.ask(key, question)}
    if part == "language":
        options = tuple(
            Option(one, Text("offers.language.button", {"language": one})) for one in names
        )
        asked = Pick(Text("offers.ask.language"), (*options, offered("skip")), progress=progress)
        chosen = str(await chat.ask(key, asked))
    else:
        chosen = await _pick(chat, key, part, names, progress)
    return {part: "" if chosen in ("skip", "any") else chosen}


async def _when(chat: Chat, key: str, progress: Progress) -> Form:
    names = ("once", "weekly", "open.all", "later")
    timing = (await _pick(chat, key, "timing", names, progress)).removesuffix(".all")
    form: Form = {"timing": timing}
    if timing == "later":
        return form
    if timing == "once":
        day = await chat.ask(f"{key}.date", _date(chat, "date"))
        return form | {"start_date": day.isoformat()} | await _hours(chat, key)
    is_weekly = timing == "weekly"
    text = Text("offers.ask.days" if is_weekly else "offers.ask.open_days")
    days = tuple(Option(str(day), Text(f"offers.day.{day}.button")) for day in range(7))
    chosen = await chat.ask(f"{key}.days", Many(text, days, least=1 if is_weekly else 0))
    form |= {f"day.{one}": "yes" for one in chosen} | await _hours(chat, key)
    return form | await _term(chat, key) if is_weekly else form


async def _hours(chat: Chat, key: str) -> Form:
    """Ask from when to when."""
    for number in range(MOST_TRIES):
        question = AskText(Text("offers.ask.hours"), max_length=40, options=(offered("skip"),))
        answer = await chat.ask(f"{key}.hours.{number}", question)
        if isinstance(answer, Picked):
            return {}
        hours = read_hours(str(answer))
        if hours is not None:
            start, end = hours
            form = {"start_time": start.strftime("%H:%M")}
            return form | {"end_time": end.strftime("%H:%M")} if end else form
        chat.say(Text("offers.fault.hours.unread"))
    return {}


async def _term(chat: Chat, key: str) -> Form:
    """Ask for the first and the last day of what is on every week."""
    today = chat.now.date()
    running = Option(today.isoformat(), Text("offers.running.button"))
    first = await chat.ask(f"{key}.first", _date(chat, "first", (running,)))
    form = {} if first == today else {"start_date": first.isoformat()}
    ends = await _pick(chat, f"{key}.ends", "ends", ("ends", "goes_on"))
    if ends == "goes_on":
        return form
    last = await chat.ask(f"{key}.last", _date(chat, "last", earliest=first))
    return form | {"end_date": last.isoformat()}


def _date(
    chat: Chat, name: str, options: tuple[Option, ...] = (), earliest: date | None = None
) -> AskDate:
    today = chat.now.date()
    latest = date(today.year + YEARS_AHEAD, 12, 31)
    text = Text(f"offers.ask.{name}")
    return AskDate(text, earliest=earliest or today, latest=latest, options=options)


async def _where(chat: Chat, key: str, progress: Progress) -> Form:
    names = ("in-person", "online", "blended")
    form: Form = {"place": await _pick(chat, key, "place", names, progress)}
    if form["place"] == "online":
        return form
    form["venue"] = await ask_words(chat, key, "venue", form)
    form["address"] = await ask_words(chat, key, "address", form, is_needed=False)
    return form | await _postcode(chat, key)


async def _postcode(chat: Chat, key: str) -> Form:
    """Ask where it is until the city knows the place, or it is left out."""
    near = await chat.look(f"{key}.near", "local_examples")
    text = Text("offers.ask.postcode", {"area": near["area"]})
    for number in range(MOST_TRIES):
        question = AskText(text, max_length=LONGEST["postcode"], options=(offered("skip"),))
        answer = await chat.ask(f"{key}.postcode.{number}", question)
        if isinstance(answer, Picked):
            return {}
        if await chat.look(f"{key}.place.{number}", "offer_place", answer):
            return {"postcode": str(answer)}
        chat.say(Text("offers.fault.postcode.unknown"))
    return {}


async def _price(chat: Chat, key: str, progress: Progress) -> Form:
    chosen = await _pick(chat, key, "price", ("free", "amount", "ask_us"), progress)
    form: Form = {"price": "ask" if chosen == "ask_us" else chosen}
    if chosen == "amount":
        form["cost"] = await ask_words(chat, key, "cost", form)
        form["price_words"] = await ask_words(chat, key, "price_words", form, is_needed=False)
    return form


async def _join(chat: Chat, key: str, progress: Progress) -> Form:
    form: Form = {
        "joining": await _pick(chat, key, "joining", ("link", "contact", "come"), progress)
    }
    if form["joining"] != "come":
        name = form["joining"]
        form[name] = await ask_words(chat, key, name, form)
    return form


async def _skills(chat: Chat, key: str, form: Form, offer: str) -> Form:
    told = {name: form.get(name, "") for name in ("title", "summary")}
    found = await chat.look(f"{key}.suggested", "offer_skills", told, offer)
    if not found:
        if offer:
            chat.say(Text("offers.skills_none"))
        return {}
    options = tuple(
        Option(one["code"], Text("offers.skill.button", {"name": text_from_json(one["name"])}))
        for one in found
    )
    chosen = await chat.ask(key, Many(Text("offers.ask.skills"), options))
    return {f"skill.{one}": "yes" for one in chosen}


_CHOICES = {"kind": KINDS, "level": LEVELS, "support": SUPPORT, "language": LANGUAGES}
_ASKED = {"who_for": "who"}
_ASKERS: dict[str, Callable[[Chat, str, Progress], Awaitable[Form]]] = {
    "when": _when,
    "where": _where,
    "price": _price,
    "join": _join,
}
