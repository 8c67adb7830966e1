"""The menu: what people come for one press away, the rest in two groups, what waits first."""

from __future__ import annotations

from typing import Any

from bot.conversation import Chat, Ending, Option, Pick, Text, Typed, flow
from bot.flows.discover import go_on, next_step, say_news, wish_of

PLACES = {"news": "alerts", "find": "discover", "skills": "skills", "language": "language"}
LEARNING = {
    "route": "pathways",
    "results": "my_results",
    "badges": "badges",
    "cv": "cv",
    "saved": "saved",
    "reminders": "reminders",
    "alerts": "alerts",
}
"""What is the person's own."""
MORE = {
    "city": "city",
    "topics": "topics",
    "work": "work",
    "privacy": "privacy",
    "join": "join",
    "employers": "employers",
    "help": "help",
}
"""How this works, and what can be changed about it."""
ROLES = {
    "employers": "employer",
    "teach": "provider",
    "offers": "provider",
    "asks": "provider",
    "staff": "staff",
}
"""What only people with a role have, with the role."""


@flow("menu", version=4, commands=("menu",), again="end")
async def menu(chat: Chat, is_done: bool = False) -> Ending:
    """Offer the ways on; a wish typed here is searched for.

    Args:
        is_done: Somebody just said that their skills are done for today: they are no place to go
            on with.
    """
    due = await say_news(chat)
    step = await chat.look("step", "next_step")
    left = "" if is_done else await chat.look("left", "skills_left")
    answer = await chat.ask("menu", _main(chat, due, step, left))
    if answer == "learning":
        answer = await chat.ask("learning", _learning())
    elif answer == "more":
        answer = await chat.ask("more", _more(due))
    if isinstance(answer, Typed):
        return await _typed(chat, answer, due)
    if answer.startswith("carry."):
        return chat.carry_on(answer.removeprefix("carry."))
    if answer == "next":
        return chat.start("pathways", payload="next")
    if answer == "choose_route":
        return chat.start("pathways")
    return chat.start({**PLACES, **LEARNING, **MORE}.get(answer, answer))


async def _typed(chat: Chat, answer: Typed, due: Any) -> Ending:
    kind = await chat.look("kind", "wish_kind", wish_of(answer))
    if kind == "nothing":
        chat.say("discover.other_words")
        return chat.start("menu")
    if kind == "next":
        return await next_step(chat)
    if kind == "go_on":
        return await go_on(chat, due)
    return chat.start("discover", wish=answer.text)


def _main(chat: Chat, due: Any, step: Any, left: Any) -> Pick[str | Typed]:
    route = "next" if step else "choose_route"
    names = ["news"] if due["notices"] else []
    names += ["find", "skills", route, "learning"]
    names += [place for place, role in ROLES.items() if role in chat.roles]
    options = [_option(name, is_main=name == names[0]) for name in (*names, "language", "more")]
    if left:
        options.append(Option(f"carry.{left}", Text("menu.carry_skills.button")))
    options += [
        Option(f"carry.{one['session']}", Text("menu.carry_on.button", {"words": one["words"]}))
        for one in due["carry_on"]
    ]
    return Pick(Text("menu.ask"), tuple(options), accepts_text=True)


def _learning() -> Pick[str | Typed]:
    options = tuple(Option(name, Text(f"menu.learning.{name}.button")) for name in LEARNING)
    return Pick(Text("menu.learning"), options, accepts_text=True)


def _more(due: Any) -> Pick[str | Typed]:
    names = [name for name in MORE if name != "city" or due["has_cities"]]
    return Pick(Text("menu.more"), tuple(map(_option, names)), accepts_text=True)


def _option(name: str, is_main: bool = False) -> Option:
    return Option(name, Text(f"menu.{name}.button"), is_main=is_main)
