"""For providers and the city's team: what employers ask, and what providers could offer."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.conversation import Chat, Ending, Option, Pick, Text, flow, onward, text_from_json
from bot.conversation.messages import Value
from bot.needs.effects import SettleAsk

Json = dict[str, Any]
MAY_SEE = frozenset({"provider", "staff"})


@flow("asks", version=1, commands=("asks",), deep_links=("asks",), again="end")
async def asks(chat: Chat) -> Ending:
    """Show what is asked, some at a time; note what was seen to; say what could be taught."""
    if not chat.roles & MAY_SEE:
        chat.say(Text("asks.none_of_yours"))
        return chat.start("menu")
    page, trail = 0, "0"
    while True:
        found = await chat.look(f"seen.{trail}", "asks_of_me", page)
        answer = str(await chat.ask(f"asks.{trail}", _list(chat, found)))
        if answer == "back":
            return chat.start("menu")
        if answer == "provision":
            return chat.start("questionnaire", name="provision")
        trail = onward(trail, answer)
        if answer == "more":
            page = (found["page"] + 1) % found["pages"]
        else:
            one = found["asks"][int(answer.removeprefix("done."))]
            is_done = await chat.call(f"done.{trail}", SettleAsk(one["id"]))
            chat.say(Text("asks.done" if is_done is True else "asks.gone"))


def _list(chat: Chat, found: Json) -> Pick[str]:
    options = [
        Option(f"done.{at}", Text("asks.done.button", {"number": at + 1}))
        for at, _ in enumerate(found["asks"])
    ]
    names = ["more"] if found["pages"] > 1 else []
    names += ["provision"] if "provider" in chat.roles else []
    options += [Option(name, Text(f"asks.{name}.button")) for name in (*names, "back")]
    if not found["total"]:
        return Pick(Text("asks.empty"), tuple(options))
    lines = tuple(_line(at, one) for at, one in enumerate(found["asks"], 1))
    values = {"count": found["total"], "lines": lines}
    return Pick(Text("asks.list", values), tuple(options))


def _line(number: int, one: Json) -> Text:
    values: dict[str, Value] = {
        "number": number,
        "organisation": one["organisation"],
        "provider": one["provider"],
        "skill": text_from_json(one["skill"]),
        "count": one["people"],
    }
    told = Text("asks.talk" if one["is_talk"] else "asks.line", values)
    parts = [told]
    if one["course"]:
        parts.append(Text("asks.about", {"title": one["course"]}))
    if one["by"]:
        parts.append(Text("asks.by", {"day": date.fromisoformat(one["by"])}))
    if one["contact"]:
        parts.append(Text("asks.contact", {"contact": one["contact"]}))
    return Text("asks.parts", {"parts": tuple(parts)})
