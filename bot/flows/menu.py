"""The menu: everything one press away, and what waits for the person first."""

from __future__ import annotations

from bot.conversation import Chat, Ending, Option, Pick, Text, Typed, flow
from bot.flows.discover import say_news

PLACES = {
    "news": "alerts",
    "find": "discover",
    "skills": "skills",
    "saved": "saved",
    "alerts": "alerts",
    "language": "language",
    "city": "city",
    "privacy": "privacy",
    "join": "join",
    "help": "help",
}


@flow("menu", version=1, commands=("menu",), again="end")
async def menu(chat: Chat) -> Ending:
    """Offer the ways on; a wish typed here is searched for."""
    due = await say_news(chat)
    parked = due["carry_on"]
    names = [name for name in PLACES if name != "news" and (name != "city" or due["has_cities"])]
    if chat.roles & {"staff"}:
        names.append("staff")
    is_news = bool(due["notices"])
    main = "news" if is_news else "find"
    options = tuple(
        Option(name, Text(f"menu.{name}.button"), is_main=name == main)
        for name in (["news"] if is_news else []) + names
    )
    options += tuple(
        Option(f"carry.{one['session']}", Text("menu.carry_on.button", {"words": one["words"]}))
        for one in parked
    )
    answer = await chat.ask("menu", Pick(Text("menu.ask"), options, accepts_text=True))
    if isinstance(answer, Typed):
        return chat.start("discover", wish=answer.text)
    if answer.startswith("carry."):
        return chat.carry_on(answer.removeprefix("carry."))
    return chat.start(PLACES.get(answer, answer))
