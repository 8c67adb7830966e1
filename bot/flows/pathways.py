"""Routes: choosing one, following it, and its next step."""

from __future__ import annotations

from typing import Any

from bot.conversation import Chat, Ending, Option, Pick, Text, Typed, flow, onward
from bot.flows.discover import wish_of
from bot.flows.route import line_of_route, show_route

Json = dict[str, Any]
GROUPS = ("life", "work", "sectors")


@flow("pathways", version=1, commands=("routes",), deep_links=("routes", "route"), again="end")
async def pathways(chat: Chat, payload: str = "") -> Ending:
    """Show the routes that the person follows, or let them choose one.

    Args:
        payload: "route_<id>", "route_<id>_<step>", or "next" for the next step there is.
    """
    wanted, step = await _wanted(chat, payload)
    trail = "0"
    while True:
        chosen = wanted or await _choose(chat, trail)
        if isinstance(chosen, Ending):
            return chosen
        if chosen == "next":
            chosen, step = await _next(chat, f"next.{trail}")
        if chosen:
            ending = await chat.run(f"route.{trail}", show_route, pathway=chosen, step=step)
            if ending is not None:
                return ending  # type: ignore[no-any-return]  # what the child returns
        wanted, step = "", ""
        trail = onward(trail, chosen)


async def _wanted(chat: Chat, payload: str) -> tuple[str, str]:
    """Return the route and the step that the person came for; both may be empty."""
    if payload == "next":
        return await _next(chat, "first")
    kind, _, rest = payload.partition("_")
    pathway, _, step = (rest if kind == "route" else payload).partition("_")
    return ("", "") if pathway == "routes" else (pathway.strip(), step.strip())


async def _next(chat: Chat, key: str) -> tuple[str, str]:
    found = await chat.look(key, "next_step")
    return (found["pathway"], found["step"]) if found else ("", "")


async def _choose(chat: Chat, trail: str) -> str | Ending:
    """Return the route that the person wants to see, "next" for the next step, or an ending."""
    mine = await chat.look(f"mine.{trail}.all", "my_routes")
    if mine:
        answer = await chat.ask(f"mine.{trail}", _home(mine))
        if isinstance(answer, Typed):
            return chat.start("discover", wish=wish_of(answer))
        if answer == "worth":
            return chat.start("worth")
        if answer != "others":
            return str(answer).removeprefix("open.")
    return await _choose_new(chat, trail)


def _home(mine: list[Json]) -> Pick[str | Typed]:
    options = [
        Option(f"open.{one['pathway']}", Text("name.button", {"name": Text(one["button"])}))
        for one in mine
    ]
    if any(one["held"] < one["count"] for one in mine):
        options.insert(0, Option("next", Text("routes.next.button"), is_main=True))
    options += [_option("others"), _option("worth")]
    lines = tuple(line_of_route(one) for one in mine)
    text = Text("routes.home", {"count": len(mine), "lines": lines})
    return Pick(text, tuple(options), accepts_text=True)


def _option(name: str) -> Option:
    return Option(name, Text(f"routes.{name}.button"))


async def _choose_new(chat: Chat, trail: str) -> str | Ending:
    groups = (*(_option(f"group.{one}") for one in GROUPS), _option("worth"))
    question: Pick[str | Typed] = Pick(Text("routes.groups"), groups, accepts_text=True)
    answer = await chat.ask(f"group.{trail}", question)
    if isinstance(answer, Typed):
        return chat.start("discover", wish=wish_of(answer))
    if answer == "worth":
        return chat.start("worth")
    group = answer.removeprefix("group.")
    found = await chat.look(f"group.{trail}.all", "routes_of", group)
    if not found:
        chat.say("routes.empty")
        return ""
    chosen = await chat.ask(f"group.{trail}.route", _routes(group, found))
    if isinstance(chosen, Typed):
        return chat.start("discover", wish=wish_of(chosen))
    return chosen


def _routes(group: str, found: list[Json]) -> Pick[str | Typed]:
    options = tuple(
        Option(one["id"], Text("name.button", {"name": Text(f"pathway.{one['id']}.button")}))
        for one in found
    )
    text = Text(f"routes.in.{group}")
    if all(one["is_draft"] for one in found):
        text = Text("routes.labelled", {"label": Text("routes.draft"), "text": text})
    return Pick(text, options, accepts_text=True)
