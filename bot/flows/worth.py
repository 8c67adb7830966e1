"""What is this worth to me: what each skill is good for, and which routes need it."""

from __future__ import annotations

from typing import Any

from bot.conversation import Chat, Ending, Option, Pick, Text, Typed, flow, onward
from bot.flows.next_steps import next_steps
from bot.flows.skill_options import look_parts, name_of, options_of

Json = dict[str, Any]
MOST_TYPED = 100


@flow("worth", version=1, commands=("worth",), deep_links=("worth",), again="end")
async def worth(chat: Chat, payload: str = "") -> Ending:
    """Tell what a skill is used for; which one is asked, typed or named by the payload.

    Args:
        payload: "worth_<code>" with "-" for each "." of the code, or the words of a skill.
    """
    trail = "0"
    words = payload.removeprefix("worth").lstrip("_")
    found = await chat.look("wanted", "find_skill", words) if words else []
    while True:
        code = found[0] if len(found) == 1 else await _choose(chat, trail, found)
        if isinstance(code, Typed):
            found = await chat.look(f"typed.{trail}", "find_skill", code.text[:MOST_TYPED])
            if not found:
                chat.say("worth.not_found")
            trail = onward(trail, code.text)
            continue
        found = []
        if code:
            ending = await chat.run(f"skill.{trail}", _show, code=code)
            if ending is not None:
                return ending  # type: ignore[no-any-return]  # what the child returns
        trail = onward(trail, code)


async def _choose(chat: Chat, trail: str, found: list[str]) -> str | Typed:
    """Ask for a skill: of those found by typed words, or area by area."""
    if found:
        known = await chat.look(f"found.{trail}", "skill_names", found)
        other = Option("other", Text("worth.other.button"))
        options = (*map(_skill, known), other)
        question: Pick[str | Typed] = Pick(Text("worth.which"), options, accepts_text=True)
        answer = await chat.ask(f"which.{trail}", question)
        return "" if answer == "other" else answer
    areas = await chat.look(f"areas.{trail}", "skill_areas")
    main = [one for one in areas if one[0] == areas[0][0]]
    rest = [one for one in areas if one not in main]
    sectors = (Option("sectors", Text("worth.sectors.button")),) if rest else ()
    area = await chat.ask(f"area.{trail}", _areas("worth.areas", main, *sectors))
    if area == "sectors":
        area = await chat.ask(f"area.{trail}.sector", _areas("worth.in_sectors", rest))
    if isinstance(area, Typed):
        return area
    _, framework, key = area.split(".", 2)
    codes = await look_parts(chat, f"skills.{trail}", framework, key)
    options = options_of(framework, "skill", codes)
    question = Pick(Text("worth.skills"), options, accepts_text=True)
    return await chat.ask(f"skill.{trail}.pick", question)


def _areas(text_id: str, areas: list[list[str]], *more: Option) -> Pick[str | Typed]:
    options = tuple(
        Option(f"area.{framework}.{area}", name_of(framework, "area", area))
        for framework, area in areas
    )
    return Pick(Text(text_id), (*options, *more), accepts_text=True)


def _skill(one: Json) -> Option:
    return Option(one["code"], name_of(one["framework"], "skill", one["code"]))


async def _show(chat: Chat, code: str) -> Ending | None:
    """Show one skill until the person goes on; None for another one."""
    trail = "0"
    while True:
        found = await chat.look(f"worth.{trail}", "worth_of", code)
        if found is None:
            chat.say("worth.gone")
            return None
        act = str(await chat.ask(f"do.{trail}", Pick(_text(found), _options(found))))
        if act == "other":
            return None
        if act.startswith("route."):
            return chat.start("pathways", payload=f"route_{act.removeprefix('route.')}")
        if act == "check":
            ask = {"framework": found["framework"], "mode": "skills", "parts": [code]}
            return chat.start("skills", **ask)
        ending = await chat.run(
            f"steps.{trail}", next_steps, competence=code, level=0, is_child=True
        )
        if ending is not None:
            return ending  # type: ignore[no-any-return]  # what the child returns
        trail = onward(trail, act)


def _text(found: Json) -> Text:
    prefix = f"framework.{found['framework']}.skill.{found['code']}"
    levels = tuple(Text(f"{prefix}.{level}.example") for level in found["levels"])
    values: dict[str, Any] = {
        "name": Text(f"{prefix}.button"),
        "use": Text(f"{prefix}.use"),
        "examples": tuple(Text("worth.example", {"words": one}) for one in levels),
        "routes": Text("worth.routes" if found["routes"] else "worth.no_routes"),
    }
    text = Text("worth.of", values)
    if found["is_draft"]:
        label = Text(f"framework.{found['framework']}.label")
        return Text("routes.labelled", {"label": label, "text": text})
    return text


def _options(found: Json) -> tuple[Option, ...]:
    routes = tuple(
        Option(f"route.{one}", Text("name.button", {"name": Text(f"pathway.{one}.button")}))
        for one in found["routes"]
    )
    names = ["courses", *(["check"] if found["is_unasked"] else []), "other"]
    acts = (Option(one, Text(f"worth.{one}.button")) for one in names)
    return (*routes, *acts)
