"""The menu: what people come for one press away, the rest behind one more, what waits first."""

from __future__ import annotations

from typing import Any

from bot.conversation import Chat, Ending, Option, Pick, Text, Typed, flow
from bot.flows.discover import next_step, say_news, wish_of

PLACES = {
    "news": "alerts",
    "find": "discover",
    "skills": "skills",
    "routes": "pathways",
    "saved": "saved",
    "language": "language",
}
MORE = {
    "results": "my_results",
    "reminders": "reminders",
    "alerts": "alerts",
    "city": "city",
    "privacy": "privacy",
    "join": "join",
    "help": "help",
}


@flow("menu", version=2, commands=("menu",), again="end")
async def menu(chat: Chat) -> Ending:
    """Offer the ways on; a wish typed here is searched for."""
    due = await say_news(chat)
    step = await chat.look("step", "next_step")
    left = await chat.look("left", "skills_left")
    answer = await chat.ask("menu", _main(chat, due, step, left))
    if answer == "more":
        answer = await chat.ask("more", _more(due))
    if isinstance(answer, Typed):
        return await _typed(chat, answer)
    if answer.startswith("carry."):
        return chat.carry_on(answer.removeprefix("carry."))
    if answer == "next":
        return chat.start("pathways", payload="next")
    return chat.start({**PLACES, **MORE}.get(answer, answer))


async def _typed(chat: Chat, answer: Typed) -> Ending:
    kind = await chat.look("kind", "wish_kind", wish_of(answer))
    if kind == "nothing":
        chat.say("discover.other_words")
        return chat.start("menu")
    if kind == "next":
        return await next_step(chat)
    return chat.start("discover", wish=answer.text)


def _main(chat: Chat, due: Any, step: Any, left: Any) -> Pick[str | Typed]:
    names = [name for name in PLACES if name != "news"]
    first = "news" if due["notices"] else "find"
    options = [_option("news", is_main=True)] if due["notices"] else []
    if step:
        options.append(Option("next", Text("menu.next.button")))
    options += [_option(name, is_main=name == first) for name in names]
    if chat.roles & {"staff"}:
        options.append(_option("staff"))
    options.append(_option("more"))
    if left:
        options.append(Option(f"carry.{left}", Text("menu.carry_skills.button")))
    options += [
        Option(f"carry.{one['session']}", Text("menu.carry_on.button", {"words": one["words"]}))
        for one in due["carry_on"]
    ]
    return Pick(Text("menu.ask"), tuple(options), accepts_text=True)


def _more(due: Any) -> Pick[str | Typed]:
    names = [name for name in MORE if name != "city" or due["has_cities"]]
    return Pick(Text("menu.ask"), tuple(map(_option, names)), accepts_text=True)


def _option(name: str, is_main: bool = False) -> Option:
    return Option(name, Text(f"menu.{name}.button"), is_main=is_main)
