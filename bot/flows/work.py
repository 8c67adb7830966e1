"""For residents: to what employers may invite them, by which skills, and what came of it."""

from __future__ import annotations

from typing import Any

from bot.conversation import (
    Chat,
    Ending,
    Many,
    Option,
    Pick,
    Text,
    YesNo,
    flow,
    onward,
    text_from_json,
)
from bot.flows.work_one import one_invitation
from bot.people.effects import SetAgeBand
from bot.talent.effects import ChooseWorkSkills, SetWork
from bot.talent.records import Kind

Json = dict[str, Any]
KINDS = tuple(kind.value for kind in Kind)


@flow("work", version=1, commands=("work", "invitations"), deep_links=("work",), again="end")
async def work(chat: Chat, payload: str = "") -> Ending:
    """Show what is on and off; a press turns a kind on or off, and going back undoes it."""
    state = await chat.look("state", "work")
    if not state["may_have"]:
        chat.say(Text("work_invites.under_13"))
        return chat.start("menu")
    offered = await chat.look("offered", "work_skills")
    if payload == "work_list":
        await _list(chat, "first")
    trail = "0"
    while True:
        answer = str(await chat.ask(f"choose.{trail}", _home(state)))
        trail = onward(trail, answer)
        if answer == "done":
            return chat.start("menu")
        if answer == "check":
            return chat.start("skills")
        if answer == "list":
            await _list(chat, trail)
        elif answer == "skills":
            state = {**state, "skills": await _skills(chat, trail, offered)}
        elif answer == "off":
            chat.do(f"off.{trail}", SetWork())
            state = {**state, "on": []}
        else:
            state = await _turn(chat, trail, answer, state, offered)


def _home(state: Json) -> Pick[str]:
    options = [
        Option(kind, Text(f"work_invites.{kind}.turn_{_other(state, kind)}.button"))
        for kind in KINDS
    ]
    if state["on"]:
        options.append(Option("off", Text("work_invites.off.button")))
    if state["can"]:
        options.append(Option("skills", Text("work_invites.skills.button")))
    else:
        options.append(Option("check", Text("work_invites.check.button")))
    if state["invitations"]:
        options.append(Option("list", Text("work_invites.list.button")))
    options.append(Option("done", Text("work_invites.done.button"), is_main=bool(state["on"])))
    lines = tuple(_line(state, kind) for kind in KINDS)
    return Pick(Text(f"work_invites.{_how(state)}", _values(state, lines)), tuple(options))


def _line(state: Json, kind: str) -> Text:
    values = {
        "name": Text(f"work_invites.{kind}.name"),
        "state": Text(f"work_invites.{_is(state, kind)}"),
    }
    return Text("work_invites.line", values)


def _values(state: Json, lines: tuple[Text, ...]) -> dict[str, Any]:
    chosen = Text("work_invites.chosen", {"count": len(state["skills"])})
    return {"lines": lines, "sender": state["sender"], "chosen": chosen}


def _how(state: Json) -> str:
    """Return which words say how it stands: nobody is found without skills."""
    if not state["can"]:
        return "no_skills"
    return "home_none" if state["on"] and not state["skills"] else "home"


def _is(state: Json, kind: str) -> str:
    return "on" if kind in state["on"] else "off"


def _other(state: Json, kind: str) -> str:
    return "off" if kind in state["on"] else "on"


async def _turn(chat: Chat, trail: str, kind: str, state: Json, offered: Any) -> Json:
    """Turn a kind on or off, after what has to be asked first."""
    is_on = kind not in state["on"]
    if is_on and not state["is_adult"]:
        if not await chat.ask(f"adult.{trail}", YesNo(Text("work_invites.adult_ask"))):
            chat.say(Text("work_invites.adults_only"))
            return state
        chat.do(f"age.{trail}", SetAgeBand("18-plus"))
        state = {**state, "is_adult": True}
    on = tuple(one for one in KINDS if (one in state["on"]) is not (one == kind))
    if refusal := chat.do(f"set.{trail}", SetWork(on)):
        chat.say(Text(refusal))
        return state
    state = {**state, "on": list(on)}
    if is_on and state["can"] and not state["skills"]:
        return {**state, "skills": await _skills(chat, trail, offered)}
    return state


async def _skills(chat: Chat, key: str, found: Any) -> list[str]:
    """Ask by which skills employers may look for them."""
    options = tuple(Option(f"s.{at}", text_from_json(one["name"])) for at, one in enumerate(found))
    chosen = await chat.ask(f"which.{key}", Many(Text("work_invites.which_skills"), options))
    codes = tuple(found[int(one.removeprefix("s."))]["code"] for one in chosen)
    chat.do(f"chosen.{key}", ChooseWorkSkills(codes))
    return list(codes)


async def _list(chat: Chat, key: str) -> None:
    """Show what came, and open one."""
    found = await chat.look(f"list.{key}", "work_invitations")
    if not found:
        chat.say(Text("work_invites.none_yet"))
        return
    lines = tuple(
        Text(
            "work_invites.list_line",
            {
                "number": at,
                "title": one["title"],
                "employer": one["employer"],
                "state": Text(f"work_invites.state.{one['state']}"),
            },
        )
        for at, one in enumerate(found, 1)
    )
    options = tuple(
        Option(f"open.{at}", Text("work_invites.open.button", {"number": at}))
        for at, _ in enumerate(found, 1)
    )
    back = Option("back", Text("work_invites.back.button"))
    question = Pick(Text("work_invites.list", {"lines": lines}), (*options, back))
    answer = str(await chat.ask(f"open.{key}", question))
    if answer != "back":
        one = found[int(answer.removeprefix("open.")) - 1]
        await chat.run(f"one.{key}", one_invitation, key=one["id"], act="open")
