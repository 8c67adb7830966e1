"""Searches that the person asked the bot to watch."""

from __future__ import annotations

from typing import Any

from bot.conversation import Chat, Ending, Option, Pick, Text, Typed, flow, onward, text_from_json
from bot.courses.effects import MarkNoticesSeen, StopWatching
from bot.flows.discover import search, wish_of


@flow("alerts", version=1, commands=("alerts",), again="end")
async def alerts(chat: Chat) -> Ending:
    """List what is watched; show what is new; stop watching."""
    trail, page = "0", 0
    while True:
        found = await chat.look(f"watched.{trail}", "watched_searches", page)
        watched = found["shown"]
        if not watched:
            find = Option("find", Text("saved.find.button"), is_main=True)
            typed = await chat.ask("none", Pick(Text("alerts.none"), (find,), accepts_text=True))
            return chat.start("discover", wish=wish_of(typed))
        answer = await chat.ask(f"list.{trail}", _list(found))
        if isinstance(answer, Typed):
            return chat.start("discover", wish=wish_of(answer))
        if answer == "more":
            page = page + 1 if found["has_more"] else 0
            trail = onward(trail, answer)
            continue
        one = watched[int(answer.removeprefix("watch."))]
        trail = onward(trail, one["id"])
        await _one(chat, trail, one)


def _list(found: dict[str, Any]) -> Pick[str | Typed]:
    watched = found["shown"]
    options = tuple(
        Option(f"watch.{index}", Text("alerts.open.button", {"words": one["words"]}))
        for index, one in enumerate(watched)
    )
    if found["total"] > len(watched):
        options += (Option("more", Text("saved.more.button")),)
    text = Text("alerts.list", {"count": found["total"], "lines": _lines(watched)})
    return Pick(text, options, accepts_text=True)


def _lines(watched: list[dict[str, Any]]) -> tuple[Text, ...]:
    return tuple(
        Text(
            "alerts.new" if one["new"] else "alerts.quiet",
            {"what": text_from_json(one["what"]), "count": one["new"]},
        )
        for one in watched
    )


async def _one(chat: Chat, trail: str, one: dict[str, Any]) -> None:
    what = text_from_json(one["what"])
    options = tuple(
        Option(name, Text(f"alerts.{name}.button")) for name in ("show", "stop", "keep")
    )
    answer = await chat.ask(f"one.{trail}", Pick(Text("alerts.one", {"what": what}), options))
    if answer == "show":
        await chat.call(f"seen.{trail}", MarkNoticesSeen(one["id"]))
        request = await chat.look(f"request.{trail}", "watched_request", one["id"])
        await chat.run(f"show.{trail}", search, request=request)
    elif answer == "stop":
        await chat.call(f"stop.{trail}", StopWatching(one["id"]))
        chat.say(Text("alerts.stopped", {"what": what}))
