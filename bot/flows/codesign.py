"""Commenting on the descriptors of a framework: a few at a time, for whoever wants to take part."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.codesign.effects import JoinRound, LeaveRound, TakeShare
from bot.codesign.records import Kind
from bot.conversation import Chat, Ending, Option, Pick, Refusal, Text, YesNo, flow, text_from_json
from bot.flows.codesign_comment import comment, missing
from bot.flows.codesign_seen import answers, came

Json = dict[str, Any]
LONGEST_TOKEN = 48
SOME_OF = ("share", "answers", "came", "leave")


@flow("codesign", version=1, commands=("codesign",), deep_links=("codesign",), again="end")
async def codesign(chat: Chat, payload: str = "", round_id: str = "", way: str = "") -> Ending:
    """Find the round, take part in it, and comment; or see what was said and what came of it.

    Args:
        payload: An open link such as "codesign_TOKEN".
        round_id: The round, where it is known.
        way: What to do there: one of SOME_OF; empty to be asked.
    """
    if not round_id:
        round_id = await _which(chat, payload.removeprefix("codesign").removeprefix("_"))
    about = await chat.look("about", "codesign_round", round_id) if round_id else None
    if about is None:
        if round_id:
            chat.say(Text("codesign.gone"))
        return chat.start("menu")
    kind = about["kind"]
    if not kind:
        kind = await _join(chat, round_id, about)
        if not kind:
            return chat.start("menu")
        way = "share"
    way = way or await _home(chat, about)
    if way == "answers":
        return await answers(chat, round_id, kind)
    if way == "came":
        return await came(chat, round_id)
    if way == "leave":
        return await _leave(chat, round_id)
    return await _share(chat, round_id, about, kind)


async def _which(chat: Chat, token: str) -> str:
    """Return the round that a link names, or the one that is chosen; empty for none."""
    found = await chat.look("rounds", "codesign_rounds", token[:LONGEST_TOKEN])
    known = {one["id"] for one in found["rounds"]}
    if found["state"] == "open" or found["linked"] in known:
        return str(found["linked"])
    if found["state"] == "early":
        chat.say(Text("codesign.early", {"day": date.fromisoformat(found["opens"])}))
    elif found["state"]:
        chat.say(Text(f"codesign.link_{found['state']}"))
    if not found["rounds"]:
        chat.say(Text("codesign.none"))
        return ""
    if len(found["rounds"]) == 1 and not found["state"]:
        return str(found["rounds"][0]["id"])
    options = tuple(
        Option(f"round.{at}", Text("codesign.round.button", {"number": at}))
        for at, _ in enumerate(found["rounds"], 1)
    )
    lines = tuple(
        Text("codesign.round_line" if one["is_open"] else "codesign.round_over", {
            "number": at, "title": one["title"]})
        for at, one in enumerate(found["rounds"], 1)
    )  # fmt: skip
    answer = str(await chat.ask("which", Pick(Text("codesign.which", {"lines": lines}), options)))
    return str(found["rounds"][int(answer.removeprefix("round.")) - 1]["id"])


async def _join(chat: Chat, round_id: str, about: Json) -> str:
    """Say what it is and what is kept, and ask as whom they take part; empty where they do not."""
    if about["stage"] != "open":
        chat.say(Text("codesign.closed"))
        return ""
    values = {
        "title": about["title"],
        "label": text_from_json(about["label"]),
        "share": about["share"],
        "minutes": about["minutes"],
        "team": text_from_json(about["team"]),
        "day": date.fromisoformat(about["closes"]),
    }
    options = (
        Option("join", Text("codesign.join.button"), is_main=True),
        Option("not_now", Text("codesign.not_now.button")),
    )
    if await chat.ask("join", Pick(Text("codesign.hello", values), options)) == "not_now":
        chat.say(Text("codesign.later"))
        return ""
    kinds = tuple(Option(str(one), Text(f"codesign.kind.{one}.button")) for one in Kind)
    kind = await chat.ask("kind", Pick(Text("codesign.who"), kinds))
    keeps = await chat.ask("keeps", YesNo(Text("codesign.keeps")))
    joined = await chat.call(f"joined.{kind}.{keeps}", JoinRound(round_id, kind, keeps))
    if isinstance(joined, Refusal):
        chat.say(Text(joined.text_id))
        return ""
    return kind


async def _home(chat: Chat, about: Json) -> str:
    """Ask what to do in a round that they take part in already."""
    is_open = about["stage"] == "open"
    names = [
        *(["share"] if is_open and about["left"] > 0 else []),
        *(["answers"] if about["answered"] else []),
        "came",
        "leave",
    ]
    options = tuple(
        Option(name, Text(f"codesign.{name}.button"), is_main=at == 0)
        for at, name in enumerate(names)
    )
    values = {
        "title": about["title"],
        "count": about["answered"],
        "left": about["left"],
        "day": date.fromisoformat(about["closes"]),
    }
    name = "codesign.home" if is_open else "codesign.home_over"
    return str(await chat.ask("home", Pick(Text(name, values), options)))


async def _share(chat: Chat, round_id: str, about: Json, kind: str) -> Ending:
    items = await chat.call("share", TakeShare(round_id))
    if isinstance(items, Refusal):
        chat.say(Text(items.text_id))
        return chat.start("menu")
    if not items:
        chat.say(Text("codesign.all_done", {"day": date.fromisoformat(about["closes"])}))
        return await came(chat, round_id)
    for number, item in enumerate(items):
        refused = await comment(chat, round_id, item, kind, (number, len(items)))
        if refused:
            chat.say(Text(refused))
            return chat.start("menu")
    await missing(chat, round_id)
    return await _more(chat, round_id, about)


async def _more(chat: Chat, round_id: str, about: Json) -> Ending:
    """Thank them and offer a further share: it is a talk of its own, so that none grows long."""
    now = await chat.look("now", "codesign_round", round_id) or about
    left = min(now["left"], now["share"])
    names = [*(["more"] if left > 0 else []), "answers", "enough"]
    options = tuple(
        Option(name, Text(f"codesign.{name}.button", {"count": left}), is_main=at == 0)
        for at, name in enumerate(names)
    )
    values = {"count": now["answered"], "day": date.fromisoformat(now["closes"])}
    text = Text("codesign.thanks" if left > 0 else "codesign.thanks_all", values)
    answer = await chat.ask("more", Pick(text, options))
    if answer == "enough":
        chat.say(Text("codesign.bye"))
        return chat.start("menu")
    way = "share" if answer == "more" else "answers"
    return chat.start("codesign", round_id=round_id, way=way)


async def _leave(chat: Chat, round_id: str) -> Ending:
    options = (
        Option("stay", Text("codesign.stay.button"), is_main=True),
        Option("go", Text("codesign.go.button")),
    )
    if await chat.ask("sure", Pick(Text("codesign.sure"), options)) == "stay":
        return chat.start("codesign", round_id=round_id)
    await chat.call("left", LeaveRound(round_id))
    chat.say(Text("codesign.left"))
    return chat.start("menu")
