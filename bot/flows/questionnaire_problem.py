"""How a problem in somebody's own words was understood: said, asked about, or asked for again."""

from __future__ import annotations

from typing import Any

from bot.conversation import Chat, Option, Pick, Refusal, Text, Typed, onward, text_from_json
from bot.conversation.messages import Value
from bot.questionnaires.effects import AnswerQuestion, TakeAsMeant

Json = dict[str, Any]


async def understood(
    chat: Chat, trail: str, response: str, key: list[str], found: Json
) -> list[str]:
    """Say how the words were understood.

    What they only resemble is used once the person said that they meant it. Whoever types on says
    it in other words.

    Returns:
        The question where it is to be answered in other words; empty to go on.
    """
    while True:
        read: list[str] = found["read"]
        if read and found["is_sure"]:
            lines = tuple(Text("questionnaires.understood.line", named(one)) for one in read)
            chat.say(Text("questionnaires.understood", {"lines": lines}))
            return []
        answer = await chat.ask(f"read.{trail}", _screen(read))
        if not isinstance(answer, Typed):
            break
        trail = onward(trail, answer.text)
        kept = await chat.call(
            f"typed.{trail}", AnswerQuestion(response, key[0], key[1], answer.text)
        )
        if isinstance(kept, Refusal) or not kept:
            return []
        if "error" in kept:
            chat.say(text_from_json(kept["error"]))
            return key
        found = kept
    if answer == "meant":
        await chat.call(f"meant.{trail}", TakeAsMeant(response, key[0], key[1], read[0]))
    return key if answer == "again" else []


def _screen(read: list[str]) -> Pick[str | Typed]:
    names: tuple[str, ...] = ("again", "go_on")
    text = Text("questionnaires.not_understood")
    if read:
        names = ("meant", *names)
        text = Text("questionnaires.did_you_mean", named(read[0]))
    options = tuple(
        Option(one, Text(f"questionnaires.{one}.button"), is_main=at == 0)
        for at, one in enumerate(names)
    )
    return Pick(text, options, accepts_text=True)


def named(problem: str) -> dict[str, Value]:
    """Return what a problem is called and the reason for what it leads to, as values of a text."""
    return {
        "problem": Text(f"needs.problem.{problem}.title"),
        "because": Text(f"needs.problem.{problem}.because"),
    }
