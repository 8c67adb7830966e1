"""Choosing a skill: those that need it most first, every other one two presses away."""

from __future__ import annotations

from typing import Any

from bot.conversation import Chat, Option, Pick, Text

Json = dict[str, Any]


async def ask_which_skill(chat: Chat, key: str, *, is_child: bool = False) -> str:
    """Return the code of the chosen skill; "check" to find out first, or "done"."""
    found = await chat.look(key, "skills_to_choose")
    suggested = tuple(_skill(one["framework"], one["code"]) for one in found["suggested"])
    names = ["other"] if found["frameworks"] else []
    names += ["done"] if is_child else [] if found["has_told"] else ["check"]
    main = "" if found["has_told"] else "check"
    options = tuple(Option(one, Text(f"steps.{one}.button"), is_main=one == main) for one in names)
    text = Text("steps.which" if suggested else "steps.which_any")
    answer = str(await chat.ask(f"{key}.ask", Pick(text, (*suggested, *options))))
    if answer != "other":
        return answer.removeprefix("skill.")
    return await _other(chat, key, found["frameworks"])


async def _other(chat: Chat, key: str, frameworks: list[str]) -> str:
    framework = frameworks[0]
    if len(frameworks) > 1:
        options = tuple(
            Option(one, Text("name.button", {"name": Text(f"framework.{one}.short")}))
            for one in frameworks
        )
        framework = str(await chat.ask(f"{key}.of", Pick(Text("steps.which_list"), options)))
    areas = await chat.look(f"{key}.areas", "skills_parts", framework, "")
    text = Text("steps.which_area")
    options = tuple(_of(framework, "area", one) for one in areas)
    area = str(await chat.ask(f"{key}.area", Pick(text, options)))
    codes = await chat.look(f"{key}.codes", "skills_parts", framework, area)
    options = tuple(_skill(framework, one) for one in codes)
    chosen = str(await chat.ask(f"{key}.skill", Pick(Text("steps.which_any"), options)))
    return chosen.removeprefix("skill.")


def _skill(framework: str, code: str) -> Option:
    return Option(f"skill.{code}", _of(framework, "skill", code).text)


def _of(framework: str, kind: str, code: str) -> Option:
    return Option(code, Text(f"framework.{framework}.{kind}.{code}.button"))
