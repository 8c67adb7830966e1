"""Those who said yes to an employer: what they share, and the one message to each."""

from __future__ import annotations

from typing import Any

from bot.conversation import (
    AskText,
    Card,
    Chat,
    Link,
    Option,
    Pick,
    Picked,
    Refusal,
    Text,
    onward,
)
from bot.talent.effects import WriteToPerson
from bot.talent.records import LONGEST_WORDS

Json = dict[str, Any]


async def people(chat: Chat, opportunity: str) -> None:
    """Show who said yes, page by page, and let each be written to once."""
    number, trail = 0, "0"
    while True:
        found = await chat.look(f"yes.{trail}", "opportunity_yes", opportunity, number)
        if not found or not found["total"]:
            chat.say(Text("opportunities.nobody_yet"))
            return
        answer = str(await chat.ask(f"people.{trail}", _list(found)))
        if answer == "back":
            return
        trail = onward(trail, answer)
        if answer == "more":
            number = (found["page"] + 1) % found["pages"]
            continue
        kind, _, at = answer.partition(".")
        one = found["people"][int(at)]
        if kind == "see":
            link = Link(Text("opportunities.see_person.button"), one["link"])
            chat.say(Text("opportunities.see_person", {"number": one["number"]}), links=(link,))
        else:
            await _write(chat, f"write.{trail}", opportunity, one)


def _list(found: Json) -> Pick[str]:
    options: list[Option] = []
    for at, one in enumerate(found["people"]):
        acts = (*(("see",) if one["link"] else ()), *(() if one["is_written"] else ("write",)))
        options += [Option(f"{act}.{at}", _label(act, one)) for act in acts]
    cards = tuple(map(_card, found["people"]))
    more = (Option("more", Text("opportunities.more.button")),) if found["pages"] > 1 else ()
    back = Option("back", Text("opportunities.back.button"))
    values = {"title": found["title"], "count": found["total"]}
    text = Text("opportunities.people", values)
    return Pick(text, (*options, *more, back), cards=cards)


def _card(one: Json) -> Card:
    """Return what somebody shares; a name stands for the number where there is one."""
    title = Text("opportunities.person.unnamed", {"number": one["number"]})
    if one["name"]:
        title = Text("opportunities.person.named", {"name": one["name"]})
    contact = Text("opportunities.person.no_contact")
    if one["contact"]:
        contact = Text("opportunities.person.contact", {"contact": one["contact"]})
    written = (Text("opportunities.person.written"),) if one["is_written"] else ()
    shares = Text("opportunities.person.part." + (one["part"] or "none"))
    return Card(title, (shares, contact, *written))


def _label(act: str, one: Json) -> Text:
    if one["name"]:
        return Text(f"opportunities.{act}_named.button", {"name": one["name"]})
    return Text(f"opportunities.{act}.button", {"number": one["number"]})


async def _write(chat: Chat, key: str, opportunity: str, one: Json) -> None:
    """Ask for the one message, show it, and send it once that was meant."""
    back = (Option("back", Text("opportunities.back.button")),)
    number = {"number": one["number"]}
    question = AskText(
        Text("opportunities.ask_message", number), max_length=LONGEST_WORDS, options=back
    )
    words = await chat.ask(f"{key}.words", question)
    if isinstance(words, Picked):
        return
    ways = (
        Option("send", Text("opportunities.send_message.button"), is_main=True),
        Option("back", Text("opportunities.back.button")),
    )
    sure = Pick(Text("opportunities.message_sure", {**number, "words": words}), ways)
    if await chat.ask(f"{key}.sure", sure) == "back":
        return
    done = await chat.call(f"{key}.done", WriteToPerson(opportunity, one["share"], words))
    text = done.text_id if isinstance(done, Refusal) else "opportunities.did.written"
    chat.say(Text(text))
