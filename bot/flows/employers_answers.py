"""What an employer sent: a copy, taking it back, who may write, and leaving."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.conversation import AskText, Chat, Option, Pick, Picked, Refusal, Text
from bot.flows.questionnaire_review import copy_of
from bot.needs.effects import LeaveOrganisation, LetContact
from bot.questionnaires.effects import WithdrawResponse

Json = dict[str, Any]
LONGEST_ADDRESS = 254


async def answers(chat: Chat, found: Json, what: str) -> str:
    """Do one of "copy", "contact" and "leave"; return "left" where nothing is left here."""
    if what == "copy":
        await _copies(chat, found["id"])
    elif what == "contact":
        await contact(chat, found["id"], found["contact"])
    elif what == "leave":
        return await _leave(chat, found)
    return ""


async def contact(chat: Chat, organisation: str, now: str) -> bool:
    """Ask where the city's team may write; return whether it may."""
    names = ("keep", "none") if now else ("none",)
    options = tuple(Option(one, Text(f"employers.contact.{one}.button")) for one in names)
    text = Text("employers.contact_now" if now else "employers.contact", {"contact": now})
    for number in range(3):
        question = AskText(text, max_length=LONGEST_ADDRESS, options=options)
        answer = await chat.ask(f"contact.{number}", question)
        if isinstance(answer, Picked) and answer.id == "keep":
            return True
        words = "" if isinstance(answer, Picked) else answer
        kept = await chat.call(f"kept.{number}", LetContact(organisation, words))
        if isinstance(kept, Refusal):
            chat.say(Text(kept.text_id))
            return False
        if kept:
            chat.say(Text("employers.contact_kept" if words else "employers.contact_gone"))
            return bool(words)
        chat.say(Text("questionnaires.error.email"))
    return False


async def _copies(chat: Chat, organisation: str) -> None:
    """Show what was sent, and let it be taken back."""
    sent = await chat.look("sent", "employers_sent", organisation)
    if not sent:
        chat.say(Text("employers.nothing_sent"))
        return
    options = tuple(
        Option(f"one.{at}", Text("employers.sent.button", {"number": at + 1}))
        for at, _ in enumerate(sent)
    )
    back = Option("back", Text("employers.back.button"))
    lines = tuple(_line(at, one) for at, one in enumerate(sent, 1))
    text = Text("employers.sent", {"lines": lines})
    answer = str(await chat.ask("which", Pick(text, (*options, back))))
    if answer == "back":
        return
    one = sent[int(answer.removeprefix("one."))]
    names = ("read", "withdraw", "back") if one["is_current"] else ("read", "back")
    ways = tuple(Option(name, Text(f"employers.sent.{name}.button")) for name in names)
    way = await chat.ask("way", Pick(_line(1, one), ways))
    if way == "read":
        await copy_of(chat, "copy", one["id"])
    elif way == "withdraw":
        await chat.call("withdraw", WithdrawResponse(one["id"]))
        chat.say(Text("employers.withdrawn"))


def _line(number: int, one: Json) -> Text:
    values = {"number": number, "day": date.fromisoformat(one["sent"]), "team": one["team"]}
    name = "team_line" if one["team"] else "line"
    return Text(f"employers.sent.{name}{'' if one['is_current'] else '_before'}", values)


async def _leave(chat: Chat, found: Json) -> str:
    is_last = found["members"] < 2
    options = (
        Option("stay", Text("employers.leave.stay.button"), is_main=True),
        Option("leave", Text("employers.leave.leave.button")),
    )
    text = Text("employers.leave_last" if is_last else "employers.leave", {"name": found["name"]})
    if await chat.ask("sure", Pick(text, options)) == "stay":
        return ""
    left = await chat.call("left", LeaveOrganisation(found["id"]))
    if isinstance(left, Refusal):
        chat.say(Text(left.text_id))
    else:
        chat.say(Text("employers.left" if left else "employers.left_last", {"name": found["name"]}))
    return "left"
