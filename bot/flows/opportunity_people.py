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
    options, cards = [], []
    for at, one in enumerate(found["people"]):
        number = one["number"]
        facts = [Text("opportunities.person.part." + (one["part"] or "none"))]
        contact = {"contact": one["contact"]}
        facts.append(
            Text("opportunities.person.contact", contact)
            if one["contact"]
            else Text("opportunities.person.no_contact")
        )
        if one["is_written"]:
            facts.append(Text("opportunities.person.written"))
        title = "opportunities.person.named" if one["name"] else "opportunities.person.unnamed"
        named = Text(title, {"name": one["name"]} if one["name"] else {})
        cards.append(Card(named, tuple(facts)))
        if one["link"]:
            options.append(
                Option(f"see.{at}", Text("opportunities.see.button", {"number": number}))
            )
        if not one["is_written"]:
            options.append(
                Option(f"write.{at}", Text("opportunities.write.button", {"number": number}))
            )
    more = (Option("more", Text("opportunities.more.button")),) if found["pages"] > 1 else ()
    back = Option("back", Text("opportunities.back.button"))
    values = {"title": found["title"], "count": found["total"]}
    text = Text("opportunities.people", values)
    return Pick(text, (*options, *more, back), cards=tuple(cards))


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
