"""Complaining: in a person's own words, with a reference at once and an answer in the chat."""

from __future__ import annotations

from typing import Any

from bot.conversation import (
    AskText,
    Chat,
    Ending,
    Option,
    Pick,
    Refusal,
    Text,
    flow,
    text_from_json,
)
from bot.people.complaints import LONGEST_WORDS
from bot.people.effects import AddToComplaint, FileComplaint, WithdrawComplaint

Json = dict[str, Any]


@flow("complain", version=1, commands=("complain",), again="end")
async def complain(chat: Chat) -> Ending | None:
    """Take a complaint, or show those that were made."""
    found = await chat.look("complaints", "complaints")
    if not found["made"]:
        return await _new(chat, found)
    options = [Option(f"one.{n}", Text("complain.open.button", {"reference": one["reference"]}))
               for n, one in enumerate(found["made"])]  # fmt: skip
    if found["may_open"]:
        options.append(Option("new", Text("complain.new.button")))
    lines = tuple(text_from_json(one["line"]) for one in found["made"])
    answer = await chat.ask("which", Pick(Text("complain.made", {"lines": lines}), tuple(options)))
    if answer == "new":
        return await _new(chat, found)
    return await _one(chat, found["made"][int(answer.partition(".")[2])])


async def _new(chat: Chat, found: Json) -> Ending | None:
    """Take a new one, shown once more before it is sent."""
    text = Text("complain.ask", {"team": text_from_json(found["team"])})
    words = await chat.ask("words", AskText(text, max_length=LONGEST_WORDS))
    if not await _is_sure(chat, "send", Text("complain.sure", {"words": words})):
        chat.say(Text("complain.not_sent"))
        return chat.start("menu")
    filed = await chat.call("file", FileComplaint(words))
    if isinstance(filed, Refusal):
        chat.say(Text(filed.text_id))
        return None
    values = {"reference": filed["reference"], "due": text_from_json(filed["due"])}
    chat.say(Text("complain.sent", values))
    return None


async def _one(chat: Chat, one: Json) -> Ending | None:
    """Show what was said, and take more of it or the end of it."""
    lines = tuple(text_from_json(line) for line in one["lines"])
    text = Text("complain.one", {"line": text_from_json(one["line"]), "lines": lines})
    if not one["is_open"]:
        chat.say(text)
        return chat.start("menu")
    options = (
        Option("add", Text("complain.add.button"), is_main=True),
        Option("withdraw", Text("complain.withdraw.button")),
    )
    answer = await chat.ask("do", Pick(text, options))
    if answer == "add":
        question = AskText(Text("complain.add_ask"), max_length=LONGEST_WORDS)
        words = await chat.ask("more", question)
        done = await chat.call("add", AddToComplaint(one["id"], words))
        told = Text("complain.added", {"reference": one["reference"]})
    elif await _is_sure(chat, "end", Text("complain.withdraw_sure")):
        done = await chat.call("withdraw", WithdrawComplaint(one["id"]))
        told = Text("complain.withdrawn", {"reference": one["reference"]})
    else:
        done, told = None, Text("complain.stays")
    chat.say(Text(done.text_id) if isinstance(done, Refusal) else told)
    return None


async def _is_sure(chat: Chat, key: str, text: Text) -> bool:
    options = (
        Option("yes", Text(f"complain.{key}.button"), is_main=True),
        Option("no", Text(f"complain.{key}_not.button")),
    )
    return bool(await chat.ask(key, Pick(text, options)) == "yes")
