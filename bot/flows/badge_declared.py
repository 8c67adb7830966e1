"""Learning outside courses: the person tells it, and somebody with a name confirms it."""

from __future__ import annotations

from typing import Any

from bot.badges.effects import AskAgain, AskEndorsement
from bot.conversation import Chat, Link, Option, Pick, Refusal, Text, text_from_json
from bot.conversation.entries import AskText

Json = dict[str, Any]
DECLARED = ("informal", "in-work", "champion")
PARTS = ("situation", "did", "learned")
LONGEST_PART = 300
LONGEST_CALLED = 80
LEVELS = range(1, 5)


async def declare(chat: Chat, plan: str) -> None:
    """Ask what was learned and how, who can confirm it, and make the link for them."""
    before = await chat.look("before", "badge_told", plan)
    if before and await chat.ask("same", _same(before)) == "same":
        await _ask_again(chat, plan, before["id"])
        return
    chat.say(Text(f"my_badges.declare.{plan}"))
    framework, skill, level = "", "", 0
    if plan != "champion":
        framework, skill = await _skill(chat)
        level = int(await chat.ask("level", levels(framework, "my_badges.which_level")))
    told: list[str] = []
    for part in PARTS:
        question = AskText(Text(f"my_badges.tell.{plan}.{part}"), max_length=LONGEST_PART)
        told.append(await chat.ask(part, question))
    called = await chat.ask(
        "called", AskText(Text(f"my_badges.who.{plan}"), max_length=LONGEST_CALLED)
    )
    if await chat.ask("sure", _sure(called, told)) == "no":
        chat.say(Text("my_badges.not_sent"))
        return
    token = await chat.call(
        "ask", AskEndorsement(plan, called, "\n".join(told), framework, skill, level)
    )
    await _say_link(chat, token, called)


async def _ask_again(chat: Chat, plan: str, request: str) -> None:
    """Make a link for somebody else, or the same again, with the words from before."""
    called = await chat.ask(
        "called", AskText(Text(f"my_badges.who.{plan}"), max_length=LONGEST_CALLED)
    )
    await _say_link(chat, await chat.call("again", AskAgain(request, called)), called)


async def _say_link(chat: Chat, token: Any, called: str) -> None:
    if isinstance(token, Refusal):
        chat.say(Text(token.text_id))
        return
    address = await chat.look("address", "confirm_address", token)
    link = Link(Text("my_badges.confirm.button"), address)
    chat.say(Text("my_badges.asked", {"called": called, "link": address}), links=(link,))


async def _skill(chat: Chat) -> tuple[str, str]:
    """Return the framework and the code of the skill that was learned."""
    areas = await chat.look("areas", "skill_areas")
    options = tuple(
        Option(f"area.{framework}.{area}", Text(f"framework.{framework}.area.{area}.button"))
        for framework, area in areas
    )
    chosen = str(await chat.ask("area", Pick(Text("my_badges.which_area"), options)))
    _, framework, area = chosen.split(".", 2)
    return framework, await skill_of_area(chat, framework, area, Text("my_badges.which_skill"))


async def skill_of_area(chat: Chat, framework: str, area: str, asked: Text) -> str:
    """Ask for a skill of an area; return its code."""
    codes = await chat.look("skills", "skills_parts", framework, area)
    skills = tuple(
        Option(code, Text(f"framework.{framework}.skill.{code}.button")) for code in codes
    )
    return str(await chat.ask("skill", Pick(asked, skills)))


def levels(framework: str, asked: str) -> Pick[str]:
    """Return a question for a level of a framework; `asked` is a text with room for lines."""
    begin = f"framework.{framework}.level"
    options = tuple(
        Option(str(level), Text("name.button", {"name": Text(f"{begin}.{level}.name")}))
        for level in LEVELS
    )
    lines = tuple(
        Text(
            "my_badges.level_line",
            {"name": Text(f"{begin}.{level}.name"), "means": Text(f"{begin}.{level}.meaning")},
        )
        for level in LEVELS
    )
    return Pick(Text(asked, {"lines": lines}), options)


def _same(before: Json) -> Pick[str]:
    options = (
        Option("same", Text("my_badges.same_words.button"), is_main=True),
        Option("anew", Text("my_badges.new_words.button")),
    )
    values = {"name": text_from_json(before["name"]), "told": before["told"]}
    return Pick(Text("my_badges.told_before", values), options)


def _sure(called: str, told: list[str]) -> Pick[str]:
    options = (
        Option("yes", Text("my_badges.ask_yes.button"), is_main=True),
        Option("no", Text("my_badges.ask_no.button")),
    )
    values = {"called": called, **dict(zip(PARTS, told, strict=True))}
    return Pick(Text("my_badges.ask_sure", values), options)
