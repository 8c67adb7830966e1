"""Choosing a skill: those that need it most first, every other one two presses away."""

from __future__ import annotations

from typing import Any

from bot.conversation import Chat, Option, Pick, Text
from bot.flows.skill_options import look_parts, options_of

Json = dict[str, Any]
OTHER_LIST = "list."


async def ask_which_skill(chat: Chat, key: str, *, is_child: bool = False) -> str:
    """Return the code of the chosen skill; "check" to find out first, or "done"."""
    found = await chat.look(key, "skills_to_choose")
    suggested = tuple(
        option
        for one in found["suggested"]
        for option in options_of(one["framework"], "skill", (one["code"],), "skill.")
    )
    lists = ["other" if suggested else "choose"] if found["frameworks"] else []
    names = [*lists, *(["done"] if is_child else [] if found["has_told"] else ["check"])]
    main = "" if found["has_told"] else "check"
    options = tuple(Option(one, Text(f"steps.{one}.button"), is_main=one == main) for one in names)
    text = Text("steps.which" if suggested else "steps.which_any")
    answer = str(await chat.ask(f"{key}.ask", Pick(text, (*suggested, *options))))
    if answer not in ("other", "choose"):
        return answer.removeprefix("skill.")
    return await _other(chat, key, found["frameworks"])


async def _other(chat: Chat, key: str, frameworks: list[str]) -> str:
    """Ask for a topic of the first list, or for another list first, and for a skill of it."""
    framework, others = frameworks[0], frameworks[1:]
    area = await _area(chat, f"{key}.area", framework, others)
    if area.startswith(OTHER_LIST):
        framework = area.removeprefix(OTHER_LIST)
        area = await _area(chat, f"{key}.of", framework, [])
    codes = await look_parts(chat, f"{key}.codes", framework, area)
    options = options_of(framework, "skill", codes, "skill.")
    chosen = str(await chat.ask(f"{key}.skill", Pick(Text("steps.which_any"), options)))
    return chosen.removeprefix("skill.")


async def _area(chat: Chat, key: str, framework: str, others: list[str]) -> str:
    options = options_of(framework, "area", await look_parts(chat, f"{key}.all", framework))
    lists = tuple(
        Option(f"{OTHER_LIST}{one}", Text("name.button", {"name": Text(f"framework.{one}.short")}))
        for one in others
    )
    return str(await chat.ask(key, Pick(Text("steps.which_area"), (*options, *lists))))
