"""Telling what one can do: what it is about is chosen here, the questions are asked behind it."""

from __future__ import annotations

from typing import Any

from bot.conversation import Chat, Ending, Option, Pick, Text, flow
from bot.flows.skill_options import look_parts, options_of
from bot.flows.skills_sitting import sit

Json = dict[str, Any]


@flow("skills", version=1, commands=("skills",), deep_links=("skills",), again="park")
async def skills(
    chat: Chat,
    payload: str = "",
    framework: str = "",
    mode: str = "",
    parts: tuple[str, ...] = (),
    route: str = "",
) -> Ending:
    """Say what this is and what is kept, ask what it shall be about, and go through it.

    Args:
        payload: What a link names, such as "skills_1-1".
        framework: With the mode and the parts: what it is about; empty to ask.
        route: The route that somebody comes from, and goes back to.
    """
    home = await chat.look("home", "skills_home", payload)
    chat.say(Text("skills.about_again" if home["has_told"] else "skills.about"))
    if framework:
        scope: Json | None = {"framework": framework, "mode": mode, "parts": list(parts)}
    else:
        scope = home["wanted"]
    while scope is None:
        answer = str(await chat.ask("what", _what(home)))
        if answer == "results":
            return chat.start("my_results")
        if answer == "open":
            return await _carry_on(chat, home)
        scope = await _scope(chat, home, answer)
    back = {"route": route} if route else {}
    ending: Ending = await chat.run(
        "sit", sit, scope=scope, asks_feeling=home["asks_feeling"] and not route, **back
    )
    return ending


async def _carry_on(chat: Chat, home: Json) -> Ending:
    """Go on in the talk that was left, or from what is stored where that talk is gone."""
    left = home["open"]
    if left["session"]:
        return chat.carry_on(left["session"])
    ending: Ending = await chat.run(
        "sit", sit, scope=left["scope"], sitting=left["sitting"], asks_feeling=False
    )
    return ending


def _what(home: Json) -> Pick[str]:
    main = "open" if home["open"] else "quick"
    names = ["open"] if home["open"] else []
    names += ["quick", "area", "whole"] if home["main"] else []
    options = [Option(name, Text(f"skills.{name}.button"), is_main=name == main) for name in names]
    options += [Option(f"tasks.{key}", Text("skills.tasks.button")) for key in home["tasks"]]
    options += [
        Option(f"of.{key}", Text("name.button", {"name": Text(f"framework.{key}.short")}))
        for key in home["others"]
    ]
    if home["has_told"]:
        options.append(Option("results", Text("skills.results.button")))
    return Pick(Text("skills.what"), tuple(options))


async def _scope(chat: Chat, home: Json, answer: str) -> Json:
    kind, _, key = answer.partition(".")
    if kind == "tasks":
        return {"framework": key, "mode": "tasks", "parts": []}
    if kind == "of":
        label = Text("skills.which_strand", {"label": Text(f"framework.{key}.label")})
        return await _area(chat, f"area.{key}", key, label)
    if kind == "area":
        return await _area(chat, "area", home["main"], Text("skills.which_area"))
    return {"framework": home["main"], "mode": kind, "parts": []}


async def _area(chat: Chat, key: str, framework: str, text: Text) -> Json:
    """Ask for an area, or for one skill of an area."""
    options = options_of(framework, "area", await look_parts(chat, f"{key}.all", framework))
    one_skill = Option("one", Text("skills.one_skill.button"))
    area = str(await chat.ask(key, Pick(text, (*options, one_skill))))
    if area != "one":
        return {"framework": framework, "mode": "areas", "parts": [area]}
    area = str(await chat.ask(f"{key}.of", Pick(Text("skills.which_area"), options)))
    codes = await look_parts(chat, f"{key}.skills", framework, area)
    found = options_of(framework, "skill", codes)
    code = str(await chat.ask(f"{key}.skill", Pick(Text("skills.which_skill"), found)))
    return {"framework": framework, "mode": "skills", "parts": [code]}
