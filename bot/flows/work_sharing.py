"""Saying yes to an employer: choosing what it sees, and seeing that before it does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.conversation import (
    AskText,
    Chat,
    Link,
    Option,
    Pick,
    Picked,
    Refusal,
    Text,
    YesNo,
)
from bot.people.effects import SetAgeBand
from bot.talent.effects import ShareWithEmployer
from bot.talent.records import LONGEST_CONTACT, LONGEST_NAME

Json = dict[str, Any]


async def share(chat: Chat, key: str, found: Json) -> None:
    """Ask what to share, show it, and share it once the person says so."""
    has = await chat.look(f"{key}.has", "work_shareable")
    if not has["is_adult"]:
        if not await chat.ask(f"{key}.adult", YesNo(Text("work_invites.adult_ask"))):
            chat.say(Text("work_invites.adults_only"))
            return
        chat.do(f"{key}.age", SetAgeBand("18-plus"))
    employer = found["employer"]
    part = await _part(chat, key, has, employer)
    name = await _name(chat, key, has, employer)
    contact = await _contact(chat, key, employer)
    parts = (part,) if part else ()
    lines = seen_lines(parts, name, contact)
    options = (
        Option("share", Text("work_invites.share.button"), is_main=True),
        Option("not", Text("work_invites.not_share.button")),
    )
    values = {"employer": employer, "lines": lines}
    if await chat.ask(f"{key}.sure", Pick(Text("work_invites.sure", values), options)) == "not":
        chat.say(Text("work_invites.not_shared", {"employer": employer}))
        return
    done = await chat.call(f"{key}.shared", ShareWithEmployer(found["id"], parts, name, contact))
    if isinstance(done, Refusal):
        chat.say(Text(done.text_id))
        return
    links = (Link(Text("work_invites.see.button"), done["link"]),) if done["link"] else ()
    chat.say(Text("work_invites.shared", {"employer": employer}), links=links)


async def _part(chat: Chat, key: str, has: Json, employer: str) -> str:
    """Ask whether they see the CV, only badges, or neither; nothing where there is nothing."""
    names = [*(("cv",) if has["cv"] else ()), *(("badges",) if has["badges"] else ())]
    if not names:
        return ""
    options = tuple(
        Option(name, Text(f"work_invites.share_{name}.button"), is_main=at == 0)
        for at, name in enumerate((*names, "neither"))
    )
    question = Pick(Text("work_invites.ask_part", {"employer": employer}), options)
    answer = str(await chat.ask(f"{key}.part", question))
    return "" if answer == "neither" else answer


async def _name(chat: Chat, key: str, has: Json, employer: str) -> str:
    """Ask by what name they go; none is fine."""
    known = (Option("known", Text("name.button", {"name": has["name"]})),) if has["name"] else ()
    none = Option("none", Text("work_invites.no_name.button"))
    question = AskText(
        Text("work_invites.ask_name", {"employer": employer}),
        max_length=LONGEST_NAME,
        options=(*known, none),
    )
    answer = await chat.ask(f"{key}.name", question)
    if isinstance(answer, Picked):
        return str(has["name"]) if answer.id == "known" else ""
    return str(answer)


async def _contact(chat: Chat, key: str, employer: str) -> str:
    """Ask how they can be reached; through the bot is fine."""
    through = Option("bot", Text("work_invites.through_bot.button"))
    question = AskText(
        Text("work_invites.ask_contact", {"employer": employer}),
        max_length=LONGEST_CONTACT,
        options=(through,),
    )
    answer = await chat.ask(f"{key}.contact", question)
    return "" if isinstance(answer, Picked) else str(answer)


def seen_lines(parts: Iterable[str], name: str, contact: str) -> tuple[Text, ...]:
    """Say what an employer sees of somebody."""
    named = Text("work_invites.sees.name", {"name": name})
    reached = Text("work_invites.sees.contact", {"contact": contact})
    return (
        *(Text(f"work_invites.sees.{part}") for part in parts),
        named if name else Text("work_invites.sees.no_name"),
        reached if contact else Text("work_invites.sees.no_contact"),
    )
