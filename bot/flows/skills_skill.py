"""One skill of a result: what led there, what comes next, and what it is good for."""

from __future__ import annotations

from typing import Any

from bot.conversation import Chat, Option, Pick, Text, onward
from bot.flows.next_steps import next_steps
from bot.flows.skills_words import can_of, cans_of, line_of

Json = dict[str, Any]

ANSWERED = ("not_yet", "with_help", "alone", "could_show")


async def ask_skill(chat: Chat, sitting: str, code: str, state: str) -> None:
    """Show one skill until the person has seen enough of it."""
    one = await chat.look("one", "skills_one", sitting, code, state)
    if one is None:
        chat.say(Text("skills.gone"))
        return
    trail = "0"
    text = _about(one)
    while True:
        names = ("next", "use", "list")
        options = tuple(
            Option(name, Text(f"skills.skill.{name}.button"), is_main=name == "next")
            for name in names
        )
        answer = str(await chat.ask(f"what.{trail}", Pick(text, options)))
        if answer == "list":
            return
        if answer == "use":
            chat.say(Text("skills.use", {"use": _of(one, f"skill.{code}.use")}))
        else:
            await next_steps_for(chat, f"next.{trail}", code)
        text = Text("skills.skill.then", {"name": _of(one, f"skill.{code}.button")})
        trail = onward(trail, answer)


def _of(one: Json, key: str) -> Text:
    return Text(f"framework.{one['framework']}.{key}")


def _about(one: Json) -> Text:
    framework = one["framework"]
    told = tuple(
        Text(
            "skills.you_said",
            {"can": can_of(framework, item), "answer": Text(f"skills.{ANSWERED[said]}.button")},
        )
        for item, said in one["led_by"]
    )
    checks = tuple(
        Text(
            "skills.you_checked_right" if is_right else "skills.you_checked",
            {"question": _of(one, f"check.{item}.question")},
        )
        for item, is_right in one["checks"]
    )
    lines = told + checks
    values: dict[str, Any] = {
        "line": line_of(framework, one["line"]),
        "told": Text("skills.skill.told" if lines else "skills.skill.estimated", {"lines": lines}),
    }
    if not one["next"]:
        return Text("skills.skill.text", values)
    values["lines"] = cans_of(framework, one["next"])
    return Text("skills.skill.text_next", values)


async def next_steps_for(chat: Chat, key: str, code: str) -> None:
    """Show what is on offer for a skill."""
    await chat.run(key, next_steps, competence=code, is_child=True, can_check=False)
