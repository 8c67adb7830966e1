"""One route: what it asks, how far the person is, and what they can do with it."""

from __future__ import annotations

from typing import Any

from bot.conversation import Attachment, Chat, Ending, Option, Pick, Text, onward
from bot.flows.route_step import picture_of, show_step
from bot.skills.pathway_effects import (
    ChoosePathway,
    FollowPathway,
    LeavePathway,
    ReturnToPathway,
    UpdatePathway,
)

Json = dict[str, Any]


async def show_route(chat: Chat, pathway: str, step: str = "") -> Ending | None:
    """Show a route until the person goes on; None to choose another one.

    Args:
        step: The step to begin with; empty for the whole of it.
    """
    trail, is_more, is_new = "0", False, True
    if step:
        ending = await chat.run("first", show_step, pathway=pathway, step=step)
        if ending is not None:
            return ending  # type: ignore[no-any-return]  # what the child returns
    while True:
        found = await chat.look(f"route.{trail}", "route", pathway)
        if found is None:
            chat.say("routes.gone")
            return None
        names = _more_names(found) if is_more else _names(found)
        options = tuple(_option(name, name == names[0]) for name in names)
        act = str(await chat.ask(f"act.{trail}", Pick(_text(found, is_more, is_new), options)))
        if act == "others":
            return None
        if act == "check":
            return _check(chat, found)
        is_more, is_new = act == "more", act not in TOLD
        if act not in ("more", "less"):
            ending = await ACTS[act](chat, f"{act}.{trail}", found)
            if ending is not None:
                return ending
        trail = onward(trail, act)


def _option(name: str, is_main: bool = False) -> Option:
    return Option(name, Text(f"routes.{name}.button"), is_main=is_main)


def _names(found: Json) -> list[str]:
    if not found["is_followed"]:
        ask = ["check"] if found["ask"] else []
        return ["follow", *ask, "steps", "leads", "others"]
    first = ["next"] if found["next"] else ["leads"]
    newer = ["update"] if found["has_newer"] else []
    return [*first, *newer, "steps", "picture", "more", "others"]


def _more_names(found: Json) -> list[str]:
    ask = ["check"] if found["ask"] else []
    choose = [] if found["is_current"] else ["choose"]
    return [*ask, "leads", *choose, "leave", "less"]


def _text(found: Json, is_more: bool, is_new: bool) -> Text:
    if is_more or not is_new:
        title = Text(found["title"])
        return Text("routes.more" if is_more else "routes.then", {"title": title})
    values: dict[str, Any] = {
        "title": Text(found["title"]),
        "who": Text(found["who"]),
        "lines": tuple(_line(number, one) for number, one in enumerate(found["steps"], 1)),
        "progress": Text("routes.progress", {"held": found["held"], "count": found["count"]}),
        "length": Text("routes.length", {"count": found["weeks"]}),
        "news": Text("routes.newer"),
    }
    text = Text(f"routes.{_state(found)}", values)
    if found["is_draft"]:
        return Text("routes.labelled", {"label": Text("routes.draft"), "text": text})
    return text


def _state(found: Json) -> str:
    if not found["next"]:
        return "finished"
    if not found["is_followed"]:
        return "unknown" if found["ask"] and not found["held"] else "preview"
    return "has_newer" if found["has_newer"] else "followed"


def _line(number: int, one: list[str]) -> Text:
    _, state, reason, short = one
    name = "estimated" if reason == "estimated" else state
    return Text(f"routes.line.{name}", {"number": number, "name": Text(short)})


def line_of_route(one: Json) -> Text:
    """Say how far a route is."""
    values = {"title": Text(one["title"]), "held": one["held"], "count": one["count"]}
    return Text("routes.of", values)


def _check(chat: Chat, found: Json) -> Ending:
    chat.say("routes.check_first")
    ask = found["ask"]
    scope = {"framework": ask["framework"], "mode": "skills", "parts": ask["parts"]}
    return chat.start("skills", **scope, route=found["pathway"])


async def _follow(chat: Chat, key: str, found: Json) -> None:
    outcome = await chat.call(key, FollowPathway(found["pathway"]))
    followed = Text(f"routes.{outcome}", {"title": Text(found["title"])})
    attachments = (Attachment("picture", picture_of(found)),) if outcome == "following" else ()
    chat.say(followed, attachments=attachments)


async def _next(chat: Chat, key: str, found: Json) -> Ending | None:
    return await _open(chat, key, found, found["next"])


async def _open(chat: Chat, key: str, found: Json, step: str) -> Ending | None:
    return await chat.run(key, show_step, pathway=found["pathway"], step=step)  # type: ignore[no-any-return]  # what the child returns


async def _steps(chat: Chat, key: str, found: Json) -> Ending | None:
    options = tuple(
        Option(
            f"step.{one[0]}",
            Text("routes.step.button", {"number": number, "name": Text(one[3])}),
            is_main=one[0] == found["next"],
        )
        for number, one in enumerate(found["steps"], 1)
    )
    question = Pick(Text("routes.which_step"), (*options, _option("back")))
    chosen = str(await chat.ask(f"{key}.which", question))
    if chosen == "back":
        return None
    step = chosen.removeprefix("step.")
    return await _open(chat, f"{key}.{step}", found, step)


async def _leads(chat: Chat, key: str, found: Json) -> None:
    del key
    lines = tuple(
        Text("routes.lead", {"what": Text(f"routes.lead.{kind}"), "words": Text(words)})
        for kind, words in found["leads"]
    )
    chat.say(Text("routes.leads_to", {"title": Text(found["title"]), "lines": lines}))


async def _picture(chat: Chat, key: str, found: Json) -> None:
    del key
    attachment = Attachment("picture", picture_of(found))
    chat.say(line_of_route(found), attachments=(attachment,))


async def _choose(chat: Chat, key: str, found: Json) -> None:
    outcome = await chat.call(key, ChoosePathway(found["pathway"]))
    chat.say(Text(f"routes.{outcome}", {"title": Text(found["title"])}))


async def _update(chat: Chat, key: str, found: Json) -> None:
    outcome = await chat.call(key, UpdatePathway(found["pathway"]))
    chat.say(Text(f"routes.{outcome}", {"title": Text(found["title"])}))


async def _leave(chat: Chat, key: str, found: Json) -> Ending | None:
    await chat.call(key, LeavePathway(found["pathway"]))
    options = (_option("undo"), _option("find_other"), _option("menu"))
    question = Pick(Text("routes.left", {"title": Text(found["title"])}), options)
    answer = str(await chat.ask(f"{key}.then", question))
    if answer == "undo":
        outcome = await chat.call(f"{key}.undo", ReturnToPathway(found["pathway"]))
        chat.say(Text(f"routes.{outcome}", {"title": Text(found["title"])}))
        return None
    return chat.start("pathways" if answer == "find_other" else "menu")


TOLD = ("follow", "leads", "picture", "choose")
"""What tells something and leaves the steps as they were: they are not shown again."""

ACTS = {
    "follow": _follow,
    "next": _next,
    "steps": _steps,
    "leads": _leads,
    "picture": _picture,
    "choose": _choose,
    "update": _update,
    "leave": _leave,
}
