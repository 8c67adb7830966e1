"""What badges are within reach, and earning one."""

from __future__ import annotations

from typing import Any

from bot.badges.effects import AwardRoute, AwardSkills, MakePledge, WithdrawRequest
from bot.conversation import Chat, Ending, Option, Pick, Refusal, Text, onward, text_from_json
from bot.conversation.entries import AskText
from bot.conversation.questions import Picked
from bot.flows.badge_declared import DECLARED, declare

Json = dict[str, Any]
LONGEST_PROMISE = 300
GROUPS = {
    "now": ("areas", "check", "pledge"),
    "learning": ("attendance", "route"),
    "elsewhere": DECLARED,
}
"""What is within reach first; the buttons stand in the same order as the lines."""
PLANS = {
    "check": "skills-check",
    "pledge": "pledge",
    "attendance": "attendance",
    "route": "route",
    **{name: name for name in DECLARED},
}


async def earn(chat: Chat, way: str = "") -> Ending | None:
    """Say what can be had and how, until the person goes back.

    Args:
        way: What to begin with: "areas", "pledge", "informal", "in-work", "champion" or "route";
            "area.<code>" for the badge of one area.
    """
    trail = "0"
    while True:
        found = await chat.look(f"earn.{trail}", "badges_to_earn")
        waiting = await chat.look(f"asked.{trail}", "badge_requests")
        known = [*_names(found, waiting), *(f"area.{area}" for _, area, _ in found["areas"])]
        if way not in known or way == "back":
            way = str(await chat.ask(f"way.{trail}", _ways(found, waiting, is_new=trail == "0")))
        if way == "back":
            return None
        if way == "check":
            return chat.start("skills")
        if way == "attendance":
            return chat.start("discover")
        trail = onward(trail, way)
        ending = await _go(chat, f"{way}.{trail}", way, found, waiting)
        if ending is not None:
            return ending
        way = ""


def _names(found: Json, waiting: list[Json]) -> list[str]:
    ways = [name for names in GROUPS.values() for name in names if _is_open(name, found)]
    return [*ways, *(["waiting"] if waiting else []), "back"]


def _is_open(name: str, found: Json) -> bool:
    if name == "areas":
        return bool(found["areas"])
    is_over = name == "pledge" and found["is_pledged"]
    return PLANS[name] in found["plans"] and not is_over


def _ways(found: Json, waiting: list[Json], *, is_new: bool) -> Pick[str]:
    options = tuple(
        Option(name, Text(f"my_badges.way.{name}.button"), is_main=name == "areas")
        for name in _names(found, waiting)
    )
    if not is_new:
        return Pick(Text("my_badges.what_else"), options)
    groups = tuple(group for name in GROUPS if (group := _group(name, found)) is not None)
    return Pick(Text("my_badges.ways", {"groups": groups}), options)


def _group(name: str, found: Json) -> Text | None:
    """Return the lines of a group of ways under its title; None where it has none."""
    lines = tuple(Text(f"my_badges.way.{one}") for one in GROUPS[name] if _is_open(one, found))
    return Text(f"my_badges.ways.{name}", {"lines": lines}) if lines else None


async def _go(chat: Chat, key: str, way: str, found: Json, waiting: list[Json]) -> Ending | None:
    if way == "areas":
        await _areas(chat, key, found["areas"])
    elif way.startswith("area."):
        area = next(one for one in found["areas"] if f"area.{one[1]}" == way)
        await give_area(chat, key, area[0], area[1])
    elif way == "route":
        if not found["routes"]:
            return chat.start("pathways")
        return await _routes(chat, key, found["routes"])
    elif way == "pledge":
        await chat.run(key, _pledge)
    elif way == "waiting":
        await _waiting(chat, key, waiting)
    else:
        await chat.run(key, declare, plan=way)
    return None


async def _areas(chat: Chat, key: str, areas: list[list[Any]]) -> None:
    """Let the person choose an area whose badge their answers give; one is no choice."""
    if len(areas) == 1:
        await give_area(chat, f"{key}.give", areas[0][0], areas[0][1])
        return
    options = [
        Option(f"area.{area}", Text(f"framework.{framework}.area.{area}.button"))
        for framework, area, _ in areas
    ]
    question = Pick(Text("my_badges.areas"), (*options, _option("back")))
    chosen = str(await chat.ask(f"{key}.which", question)).removeprefix("area.")
    framework = next((one[0] for one in areas if one[1] == chosen), "")
    if framework:
        await give_area(chat, f"{key}.give", framework, chosen)


async def give_area(chat: Chat, key: str, framework: str, area: str) -> None:
    """Give the self-assessment badge of an area, once the person has read what it says."""
    level = await chat.look(f"{key}.level", "area_badge", framework, area)
    values = {
        "area": Text(f"framework.{framework}.area.{area}.title"),
        "level": Text(f"framework.{framework}.level.{level or 1}.name"),
    }
    options = (_option("get", is_main=True), _option("not_now"))
    question = Pick(Text("my_badges.area_sure", values), options)
    if not level:
        chat.say(Text("my_badges.area_none"))
    elif await chat.ask(f"{key}.sure", question) == "get":
        told(chat, await chat.call(key, AwardSkills(framework, area)))


def told(chat: Chat, given: Any) -> None:
    """Say what came of asking for a badge."""
    if isinstance(given, Refusal):
        chat.say(Text(given.text_id))
    elif not isinstance(given, dict):
        chat.say(Text("my_badges.not_yet"))
    else:
        chat.say(Text("my_badges.coming" if given["is_new"] else "my_badges.had"))


async def _routes(chat: Chat, key: str, routes: list[list[Any]]) -> Ending | None:
    """Say how many steps of each route have a badge; give the badge of one that has all."""
    lines = tuple(
        Text("my_badges.route_line", {"title": Text(title), "held": held, "count": count})
        for _, title, _, held, count in routes
    )
    options = [
        Option(f"route.{route}", Text("name.button", {"name": Text(button)}))
        for route, _, button, _, _ in routes
    ]
    question = Pick(Text("my_badges.routes", {"lines": lines}), (*options, _option("back")))
    chosen = str(await chat.ask(f"{key}.which", question)).removeprefix("route.")
    found = next((one for one in routes if one[0] == chosen), None)
    if found is None:
        return None
    if found[3] < found[4]:
        return chat.start("pathways", payload=f"route_{chosen}")
    told(chat, await chat.call(f"{key}.give", AwardRoute(chosen)))
    return None


async def _pledge(chat: Chat) -> None:
    """Take the promise; its words stand in the badge only where the person wants it."""
    question = AskText(
        Text("my_badges.pledge"), max_length=LONGEST_PROMISE, options=(_option("not_now"),)
    )
    promise = await chat.ask("promise", question)
    if isinstance(promise, Picked):
        return
    options = (
        Option("quiet", Text("my_badges.pledge_quiet.button"), is_main=True),
        Option("told", Text("my_badges.pledge_told.button")),
    )
    shown = Text("my_badges.pledge_show", {"words": promise})
    is_told = await chat.ask("show", Pick(shown, options)) == "told"
    told(chat, await chat.call("pledge", MakePledge(promise if is_told else "", is_told)))


async def _waiting(chat: Chat, key: str, waiting: list[Json]) -> None:
    """Show who was asked, and take a request back."""
    options = [
        Option(f"take.{number}", Text("my_badges.take_back.button", {"number": number}))
        for number, _ in enumerate(waiting, 1)
    ]
    lines = tuple(
        Text(
            "my_badges.waiting_line",
            {"number": number, "called": one["called"], "name": text_from_json(one["name"])},
        )
        for number, one in enumerate(waiting, 1)
    )
    question = Pick(Text("my_badges.waiting", {"lines": lines}), (*options, _option("back")))
    answer = str(await chat.ask(f"{key}.which", question))
    if answer == "back":
        return
    chosen = waiting[int(answer.removeprefix("take.")) - 1]
    outcome = await chat.call(f"{key}.take", WithdrawRequest(chosen["id"]))
    chat.say(Text(f"my_badges.request_{outcome}"))


def _option(name: str, is_main: bool = False) -> Option:
    return Option(name, Text(f"my_badges.{name}.button"), is_main=is_main)
