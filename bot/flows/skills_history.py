"""Earlier sittings: looked at again, compared, and deleted."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from bot.conversation import Chat, Ending, Option, Pick, Text, flow, onward
from bot.flows.skills_result import tell_result
from bot.flows.skills_tasks import place_of_tasks
from bot.flows.skills_words import change_lines
from bot.skills.effects import BringSittingBack, DeleteSitting

Json = dict[str, Any]


@flow("my_results", version=1, commands=("results",), again="end")
async def my_results(chat: Chat) -> Ending:
    """List what the person told so far; open, compare or delete one of it."""
    trail = "0"
    while True:
        is_first = trail == "0"
        told = await chat.look(f"told.{trail}", "skills_history")
        if not told:
            check = Option("check", Text("menu.skills.button"), is_main=True)
            await chat.ask(f"none.{trail}", Pick(Text("skills.history_none"), (check,)))
            return chat.start("skills")
        if is_first and len(told) == 1:
            # A list of one is no choice: the result itself, from which the list is a press away.
            ending = await _see(chat, "see.only", told[0])
            if ending is not None:
                return ending
            trail = onward(trail, "only")
            continue
        answer = str(await chat.ask(f"list.{trail}", _list(told)))
        if answer == "check":
            return chat.start("skills")
        trail = onward(trail, answer)
        chosen = next(one for one in told if f"open.{one['id']}" == answer)
        ending = await _one(chat, trail, chosen, told)
        if ending is not None:
            return ending


def _list(told: list[Json]) -> Pick[str]:
    options = [
        Option(
            f"open.{one['id']}",
            Text("skills.told.button", {"number": number, "told": _label(one)}),
        )
        for number, one in enumerate(told, 1)
    ]
    options.append(Option("check", Text("skills.again.button")))
    return Pick(Text("skills.history", {"count": len(told)}), tuple(options))


def _label(one: Json) -> Text:
    values = {"on": date.fromisoformat(one["on"]), "part": one["part"]}
    kind = one["mode"] if one["part"] or one["mode"] not in ("areas", "skills") else "several"
    label = Text(f"skills.told_{kind}", values)
    if not one.get("at"):
        return label
    return Text("skills.told_at", {"told": label, "at": time.fromisoformat(one["at"])})


async def _one(chat: Chat, trail: str, one: Json, told: list[Json]) -> Ending | None:
    others = [each for each in told if _is_comparable(one, each)]
    names = ["see", *(["compare"] if others else []), "delete", "list"]
    options = tuple(
        Option(name, Text(f"skills.history.{name}.button"), is_main=name == "see") for name in names
    )
    values = {"label": _label(one), "count": one["count"]}
    answer = await chat.ask(f"one.{trail}", Pick(Text("skills.history_one", values), options))
    if answer == "see":
        return await _see(chat, f"see.{trail}", one)
    if answer == "compare":
        await _compare(chat, f"compare.{trail}", one, others)
    elif answer == "delete":
        await _delete(chat, f"delete.{trail}", one)
    return None


def _is_comparable(one: Json, other: Json) -> bool:
    is_same_kind = one["framework"] == other["framework"] and one["mode"] != "tasks"
    return is_same_kind and bool(one["id"] != other["id"])


async def _see(chat: Chat, key: str, one: Json) -> Ending | None:
    if one["mode"] == "tasks":
        told = await chat.run(key, place_of_tasks, sitting=one["id"], state="0", can_go_on=False)
    else:
        told = await chat.run(key, tell_result, sitting=one["id"], state="0", more=("list",))
    return told if isinstance(told, Ending) else None


async def _compare(chat: Chat, key: str, one: Json, others: list[Json]) -> None:
    other = others[0]["id"]
    if len(others) > 1:
        options = tuple(
            Option(each["id"], Text("skills.told.button", {"number": n, "told": _label(each)}))
            for n, each in enumerate(others, 1)
        )
        other = str(await chat.ask(f"{key}.with", Pick(Text("skills.compare_with"), options)))
    change = await chat.look(key, "skills_compared", one["id"], other)
    told = change_lines(one["framework"], change) if change else None
    chat.say(told or Text("skills.not_comparable"))


async def _delete(chat: Chat, key: str, one: Json) -> None:
    options = (
        Option("yes", Text("skills.delete_yes.button")),
        Option("no", Text("skills.delete_no.button"), is_main=True),
    )
    question = Pick(Text("skills.delete_sure", {"label": _label(one)}), options)
    if await chat.ask(key, question) == "no":
        chat.say(Text("skills.delete_kept"))
        return
    await chat.call(f"{key}.done", DeleteSitting(one["id"]))
    ways = (
        Option("undo", Text("skills.delete_undo.button")),
        Option("list", Text("skills.history.list.button"), is_main=True),
    )
    if await chat.ask(f"{key}.undo", Pick(Text("skills.deleted"), ways)) == "undo":
        outcome = await chat.call(f"{key}.back", BringSittingBack(one["id"]))
        chat.say(Text(f"skills.delete_{outcome}"))
