"""One class code: showing it, who used it, what they are given, ending it."""

from __future__ import annotations

from typing import Any

from bot.badges.effects import DecideClaims, EndClassCode, GiveAgain, MakeClaimLinks, TakeBack
from bot.conversation import (
    Attachment,
    Card,
    Chat,
    Many,
    Option,
    Pick,
    Refusal,
    Text,
    onward,
    text_from_json,
)

Json = dict[str, Any]
COUNTS = (1, 2, 3, 5, 10)
REASONS = ("mistake", "absent", "person", "unfinished")


async def one_code(chat: Chat, code: str) -> None:
    """Show a code until the person goes back."""
    trail = "0"
    while True:
        found = await chat.look(f"code.{trail}", "class_code", code)
        if not found:
            chat.say(Text("classes.gone"))
            return
        picture = {"source": "class_code", "code": code, "link": found["link"]}
        files = (Attachment("picture", picture),) if found["is_open"] else ()
        chat.say(text_from_json(found["says"]), attachments=files)
        answer = await chat.ask(f"act.{trail}", _acts(found))
        if answer == "back":
            return
        trail = onward(trail, answer)
        if answer == "people":
            await chat.run(f"people.{trail}", people, code=code)
        elif answer == "given":
            await chat.run(f"given.{trail}", given, code=code)
        elif answer == "links":
            await chat.run(f"links.{trail}", links, code=code)
        elif answer == "end":
            await _end(chat, f"end.{trail}", code)


def _acts(found: Json) -> Pick[str]:
    names = ("people", "given", *(("links", "end") if found["is_open"] else ()), "back")
    options = tuple(_option(name, name == "people" and found["waiting"] > 0) for name in names)
    return Pick(Text("classes.then"), options)


async def _end(chat: Chat, key: str, code: str) -> None:
    question = Pick(Text("classes.end_sure"), (_option("end_yes"), _option("end_no", True)))
    if await chat.ask(f"{key}.sure", question) == "end_yes":
        outcome = await chat.call(f"{key}.do", EndClassCode(code))
        is_refused = isinstance(outcome, Refusal)
        chat.say(Text(outcome.text_id if is_refused else "classes.ended"))


async def people(chat: Chat, code: str) -> None:
    """List who waits, and take the provider's word; only on those that were shown."""
    trail = "0"
    while True:
        found = await chat.look(f"who.{trail}", "class_claims", code)
        answer = await chat.ask(f"act.{trail}", _waiting(found))
        if answer == "back":
            return
        trail = onward(trail, answer)
        shown = [claim for claim, _ in found["people"]]
        if answer == "all":
            await _decide(chat, f"all.{trail}", DecideClaims(code, tuple(shown)))
        elif answer in ("some", "refuse"):
            numbers = tuple(
                Option(f"n.{at}", Text("classes.pick.button", {"number": at, "name": name}))
                for at, name in enumerate(map(_name, found["people"]), 1)
            )
            question = Many(Text(f"classes.pick_{answer}"), numbers)
            picked = await chat.ask(f"pick.{trail}", question)
            claims = tuple(shown[int(one.removeprefix("n.")) - 1] for one in picked)
            effect = DecideClaims(code, claims, is_approved=answer == "some")
            await _decide(chat, f"some.{trail}", effect)


async def _decide(chat: Chat, key: str, effect: DecideClaims) -> None:
    count = await chat.call(key, effect)
    if isinstance(count, Refusal):
        chat.say(Text(count.text_id))
    elif count:
        kind = "approved" if effect.is_approved else "refused"
        chat.say(Text(f"classes.{kind}", {"count": count}))
    else:
        chat.say(Text("classes.unchanged"))


def _waiting(found: Json) -> Pick[str]:
    if not found["people"]:
        return Pick(Text("classes.nobody"), (_option("again"), _option("back")))
    options = (_option("all", True), *map(_option, ("some", "refuse", "again", "back")))
    cards = tuple(_person(at, one) for at, one in enumerate(found["people"], 1))
    return Pick(Text("classes.people", {"count": found["total"]}), options, cards=cards)


async def given(chat: Chat, code: str) -> None:
    """List who has the badge; take one back with a reason, or give it again."""
    page, trail = 0, "0"
    while True:
        found = await chat.look(f"who.{trail}", "class_given", code, page)
        answer = await chat.ask(f"act.{trail}", _had(found))
        if answer == "back":
            return
        trail = onward(trail, answer)
        page = page + 1 if answer == "next" else page
        if answer.startswith("open."):
            person = found["people"][int(answer.removeprefix("open.")) - found["first"] - 1]
            await chat.run(f"one.{trail}", correct, code=code, person=person)


def _had(found: Json) -> Pick[str]:
    numbered = list(enumerate(found["people"], found["first"] + 1))
    opens = tuple(
        Option(f"open.{at}", Text("classes.open.button", {"number": at, "name": _name(one)}))
        for at, one in numbered
        if one[2] != "making"
    )
    names = ("next", "again", "back") if found["has_more"] else ("again", "back")
    text = Text("classes.given" if numbered else "classes.given_none")
    cards = tuple(_person(at, one, f"classes.given_state.{one[2]}") for at, one in numbered)
    return Pick(text, (*opens, *map(_option, names)), cards=cards)


async def correct(chat: Chat, code: str, person: list[str]) -> None:
    """Take a badge back, or give it again where that was done before."""
    claim, _, state = person
    values = {"name": _name(person)}
    if state == "taken":
        question = Pick(
            Text("classes.give_again", values), (_option("give", True), _option("back"))
        )
        if await chat.ask("again", question) == "give":
            _told(chat, await chat.call("give", GiveAgain(code, claim)), "classes.regiven")
        return
    options = tuple(map(_option, (*REASONS, "back")))
    why = str(await chat.ask("why", Pick(Text("classes.why", values), options)))
    if why != "back":
        effect = TakeBack(code, claim, f"classes.reason.{why}")
        _told(chat, await chat.call("take", effect), "classes.taken")


async def links(chat: Chat, code: str) -> None:
    """Make links for people who were not in the room."""
    numbers = tuple(Option(f"n.{one}", Text("name.button", {"name": str(one)})) for one in COUNTS)
    question = Pick(Text("classes.links"), (*numbers, _option("back")))
    chosen = str(await chat.ask("count", question))
    if chosen == "back":
        return
    before = await chat.look("address", "claim_address")
    made = await chat.call("make", MakeClaimLinks(code, int(chosen.removeprefix("n."))))
    if isinstance(made, Refusal):
        chat.say(Text(made.text_id))
        return
    lines = tuple(
        Text("classes.link_line", {"number": at, "link": f"{before}{token}"})
        for at, token in enumerate(made, 1)
    )
    chat.say(Text("classes.links_made", {"lines": lines}))


def _told(chat: Chat, outcome: Any, text_id: str) -> None:
    chat.say(Text(outcome.text_id if isinstance(outcome, Refusal) else text_id))


def _person(number: int, one: list[str], state: str = "") -> Card:
    title = Text("classes.person", {"name": _name(one)})
    return Card(title, (Text(state),) if state else (), f"open.{number}" if state else "")


def _name(one: list[str]) -> Text | str:
    return one[1] or Text("classes.no_name")


def _option(name: str, is_main: bool = False) -> Option:
    return Option(name, Text(f"classes.{name}.button"), is_main=is_main)
