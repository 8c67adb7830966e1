"""An employer's needs: the courses for each with their reasons, the gaps, and the next step."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.conversation import (
    Card,
    Chat,
    Option,
    Pick,
    Refusal,
    Text,
    onward,
    text_from_json,
)
from bot.conversation.messages import Value
from bot.courses.effects import WatchSearch
from bot.flows.course import course
from bot.flows.employers_answers import contact as ask_contact
from bot.flows.questionnaire_grid import level_text
from bot.needs.effects import AskProvider, AskToTalk, TakeAskBack

Json = dict[str, Any]


async def needs(chat: Chat, organisation: str) -> None:
    """Show all needs page by page, and open one."""
    page, trail = 0, "0"
    while True:
        found = await chat.look(f"seen.{trail}", "employers_needs", organisation, page)
        if not found or not found["total"]:
            chat.say(Text("employers.no_needs"))
            return
        answer = str(await chat.ask(f"needs.{trail}", _list(found)))
        if answer == "back":
            return
        trail = onward(trail, answer)
        if answer == "more":
            page = (found["page"] + 1) % found["pages"]
        else:
            need = found["needs"][int(answer.removeprefix("need."))]["id"]
            await _one(chat, trail, organisation, need)


def _list(found: Json) -> Pick[str]:
    numbered = list(enumerate(found["needs"]))
    options = [
        Option(f"need.{at}", Text("employers.need.button", _named(at, one))) for at, one in numbered
    ]
    options += [Option("more", Text("employers.more_needs.button"))] if found["pages"] > 1 else []
    options.append(Option("back", Text("employers.back.button")))
    cards = tuple(_card(at, one) for at, one in numbered)
    values = {"count": found["total"], "page": found["page"] + 1, "pages": found["pages"]}
    text = Text("employers.needs" if found["pages"] == 1 else "employers.needs_page", values)
    return Pick(text, tuple(options), cards=cards)


def _named(at: int, one: Json) -> dict[str, Value]:
    return {"number": at + 1, "name": text_from_json(one["name"])}


def _card(at: int, one: Json) -> Card:
    who = Text("employers.who", {"who": text_from_json(one["who"]), "count": one["people"]})
    facts = [who, *_disputes(one), _found(one)]
    return Card(Text("employers.need_card", _named(at, one)), tuple(facts), f"need.{at}")


def _disputes(one: Json) -> list[Text]:
    """Say where colleagues do not agree about a need."""
    return [_dispute(*each) for each in one["disputes"]]


def _dispute(part: str, framework: str, least: int, most: int) -> Text:
    if part == "heads":
        return Text("employers.disputed.people", {"least": least, "most": most})
    values = {"least": level_text(framework, least), "most": level_text(framework, most)}
    return Text(f"employers.disputed.{part}", values)


def _found(one: Json) -> Text:
    """Say in a line what the city has for a need."""
    if not one["courses"]:
        return Text("employers.found_none")
    name = "employers.found" if one["is_met"] else "employers.found_part"
    return Text(name, {"count": one["courses"]})


async def _one(chat: Chat, trail: str, organisation: str, need: str) -> None:
    """Show what answers one need until the person goes back."""
    key = f"one.{trail}"
    found = await chat.look(f"seen.{key}", "employers_need", organisation, need)
    if found is None:
        chat.say(Text("employers.need_gone"))
        return
    while True:
        answer = str(await chat.ask(key, _need(found)))
        if answer == "back":
            return
        key = f"one.{onward(key, answer)}"
        kind, _, number = answer.partition(".")
        if kind == "see":
            payload = f"course_{found['matches'][int(number)]['id']}"
            await chat.run(f"see.{key}", course, payload=payload, is_child=True)
        elif kind == "ask":
            await _ask(chat, key, organisation, found, found["matches"][int(number)])
        else:
            watched = await chat.call(f"watch.{key}", WatchSearch(found["request"]))
            what = text_from_json(found["name"])
            chat.say(Text(f"discover.{watched}", {"what": what}))


def _need(found: Json) -> Pick[str]:
    matches = list(enumerate(found["matches"]))
    options = [
        Option(f"see.{at}", Text("employers.see.button", _titled(at, one))) for at, one in matches
    ]
    options += [
        Option(f"ask.{at}", Text("employers.ask.button", {"number": at + 1})) for at, _ in matches
    ]
    if found["request"]:
        options.append(Option("watch", Text("employers.watch.button")))
    options.append(Option("back", Text("employers.all_needs.button")))
    return Pick(_about(found), tuple(options), cards=tuple(_match(at, one) for at, one in matches))


def _about(found: Json) -> Text:
    lines = [Text("employers.who", {"who": text_from_json(found["who"]), "count": found["people"]})]
    lines += [Text(found["because"])] if found["because"] else []
    if found["by"]:
        lines.append(Text("employers.by", {"day": date.fromisoformat(found["by"])}))
    lines += _disputes(found)
    lines.append(_found(found))
    gap = found["gap"]
    if gap is not None:
        why = tuple(map(text_from_json, gap["why"]))
        name = "employers.gap_near" if gap["nearest"] else "employers.gap"
        lines.append(Text(name, {"nearest": gap["nearest"], "why": why}))
    return Text(
        "employers.one_need", {"name": text_from_json(found["name"]), "lines": tuple(lines)}
    )


def _match(at: int, one: Json) -> Card:
    provider = "course.card.sample" if one.get("is_sample") else "employers.provider"
    facts = [Text(provider, {"provider": one["provider"]})]
    if one["why"]:
        facts.append(Text("employers.why", {"why": tuple(map(text_from_json, one["why"]))}))
    if one["but"]:
        facts.append(Text("employers.but", {"but": tuple(map(text_from_json, one["but"]))}))
    return Card(Text("employers.match", _titled(at, one)), tuple(facts), f"see.{at}")


def _titled(at: int, one: Json) -> dict[str, Value]:
    return {"number": at + 1, "title": one["title"]}


async def _ask(chat: Chat, key: str, organisation: str, found: Json, match: Json) -> None:
    """Say what is sent to whom, and send it."""
    home = await chat.look(f"home.{key}", "employers_organisation", organisation)
    contact = home["contact"] if home else ""
    names = ("with_contact", "without", "no") if contact else ("without", "no")
    options = tuple(Option(one, Text(f"employers.ask.{one}.button")) for one in names)
    values = {
        "provider": match["provider"],
        "title": match["title"],
        "skill": text_from_json(found["skill_name"]),
        "count": found["people"],
        "organisation": home["name"] if home else "",
        "contact": contact,
    }
    text = Text("employers.ask_contact" if contact else "employers.ask", values)
    answer = await chat.ask(f"sure.{key}", Pick(text, options))
    if answer == "no":
        return
    effect = AskProvider(
        organisation,
        match["id"],
        found["skill"],
        found["people"],
        found["by"],
        answer == "with_contact",
    )
    done = await chat.call(f"asked.{key}", effect)
    chat.say(Text(done.text_id if isinstance(done, Refusal) else "employers.asked", values))


async def talk(chat: Chat, organisation: str, contact: str) -> None:
    """Have the city's skills team write, once the person agreed to it."""
    options = (
        Option("yes", Text("employers.talk.yes.button"), is_main=True),
        Option("no", Text("employers.not_now.button")),
    )
    if await chat.ask("talk", Pick(Text("employers.talk"), options)) == "no":
        return
    if not contact and not await chat.run("where", ask_contact, organisation=organisation, now=""):
        return
    done = await chat.call("ask", AskToTalk(organisation))
    if isinstance(done, Refusal):
        chat.say(Text(done.text_id))
    else:
        chat.say(Text(f"employers.talk_{done}"))


async def asked(chat: Chat, organisation: str) -> None:
    """Show what was asked of whom, and let it be taken back."""
    page, trail = 0, "0"
    while True:
        found = await chat.look(f"seen.{trail}", "employers_asks", organisation, page)
        if not found or not found["total"]:
            chat.say(Text("employers.nothing_asked"))
            return
        answer = str(await chat.ask(f"asks.{trail}", _asks(found)))
        if answer == "back":
            return
        trail = onward(trail, answer)
        if answer == "more":
            page = (found["page"] + 1) % found["pages"]
            continue
        one = found["asks"][int(answer.removeprefix("take."))]
        await chat.call(f"take.{trail}", TakeAskBack(one["id"]))
        chat.say(Text("employers.ask_taken_back"))


def _asks(found: Json) -> Pick[str]:
    numbered = list(enumerate(found["asks"]))
    options = [
        Option(f"take.{at}", Text("employers.take_back.button", {"number": at + 1}))
        for at, _ in numbered
    ]
    options += [Option("more", Text("employers.more_asks.button"))] if found["pages"] > 1 else []
    options.append(Option("back", Text("employers.back.button")))
    lines = tuple(_ask_line(at, one) for at, one in numbered)
    return Pick(Text("employers.asks", {"lines": lines}), tuple(options))


def _ask_line(at: int, one: Json) -> Text:
    values: dict[str, Value] = {
        "number": at + 1,
        "provider": one["provider"],
        "skill": text_from_json(one["skill"]),
    }
    name = "talk" if one["is_talk"] else "provider"
    return Text(f"employers.asks.{name}{'_seen' if one['is_settled'] else ''}", values)
