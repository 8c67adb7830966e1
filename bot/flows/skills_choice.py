"""Choosing a skill: those that need it most first, every other one two presses away."""

from __future__ import annotations

from typing import Any

from bot.conversation import Chat, Option, Pick, Text

Json = dict[str, Any]
OTHER_LIST = "list."


async def ask_which_skill(chat: Chat, key: str, *, is_child: bool = False) -> str:
    """Return the code of the chosen skill; "check" to find out first, or "done"."""
    found = await chat.look(key, "skills_to_choose")
    suggested = tuple(_skill(one["framework"], one["code"]) for one in found["suggested"])
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
    codes = await chat.look(f"{key}.codes", "skills_parts", framework, area)
    options = tuple(_skill(framework, one) for one in codes)
    chosen = str(await chat.ask(f"{key}.skill", Pick(Text("steps.which_any"), options)))
    return chosen.removeprefix("skill.")


async def _area(chat: Chat, key: str, framework: str, others: list[str]) -> str:
    areas = await chat.look(f"{key}.all", "skills_parts", framework, "")
    options = [_of(framework, "area", one) for one in areas]
    options += [
        Option(f"{OTHER_LIST}{one}", Text("name.button", {"name": Text(f"framework.{one}.short")}))
        for one in others
    ]
    return str(await chat.ask(key, Pick(Text("steps.which_area"), tuple(options))))


def _skill(framework: str, code: str) -> Option:
    return Option(f"skill.{code}", _of(framework, "skill", code).text)


def _of(framework: str, kind: str, code: str) -> Option:
    return Option(code, Text(f"framework.{framework}.{kind}.{code}.button"))
