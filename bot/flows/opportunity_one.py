"""One opportunity of an employer: where it stands, and all that can be done with it."""

from __future__ import annotations

from typing import Any

from bot.conversation import (
    Chat,
    Drawn,
    Link,
    Option,
    Pick,
    Refusal,
    Text,
    onward,
    text_from_json,
)
from bot.flows.opportunity_asking import ask_part
from bot.flows.opportunity_people import people
from bot.talent.details import PARTS
from bot.talent.effects import (
    ChangeOpportunity,
    CloseOpportunity,
    CloseYesPage,
    CopyOpportunity,
    DropOpportunity,
    OpenYesPage,
    SendOpportunity,
    TakeOpportunityBack,
)
from bot.talent.records import Details, Kind

Json = dict[str, Any]
CHANGING = ("send", "change", "copy", "drop")
DOES = {
    "draft": CHANGING,
    "declined": CHANGING,
    "sent": ("take_back", "change", "copy"),
    "running": ("page", "change", "copy", "close"),
    "closed": ("page", "copy"),
    "stopped": (),
}


async def one_opportunity(chat: Chat, key: str) -> None:
    """Show an opportunity and do what is pressed, until the person goes back."""
    trail = "0"
    while True:
        found = await chat.look(f"found.{trail}", "opportunity", key)
        if found is None:
            chat.say(Text("talent.gone"))
            return
        answer = str(await chat.ask(f"do.{trail}", _screen(found)))
        if answer == "back":
            return
        trail = onward(trail, answer)
        led = await _act(chat, f"{answer}.{trail}", answer, found)
        if led is None:
            return
        key = led or key


def _screen(found: Json) -> Pick[str]:
    state = found["state"]
    names = [one for one in DOES[state] if one != "drop" or not found["has_run"]]
    if found["has_run"] and state != "stopped":
        names = ["people", *names]
    if state in ("draft", "declined") and found["missing"]:
        names = [one for one in names if one != "send"]
    options = tuple(
        Option(one, Text(f"opportunities.{one}.button"), is_main=at == 0)
        for at, one in enumerate((*names, "back"))
    )
    values = {
        "title": found["title"],
        "lines": Drawn("opportunity_lines", (found["id"],)),
        "summary": Drawn("opportunity_summary", (found["id"],)),
        "notes": tuple(_notes(found)),
    }
    return Pick(Text("opportunities.one", values), options)


def _notes(found: Json) -> list[Text]:
    """Return what is to be known of where it stands."""
    state = found["state"]
    notes = [Text(f"opportunities.note.{state}", {"reason": found["reason"] or "-"})]
    if state in ("draft", "declined") and found["missing"]:
        lines = tuple(text_from_json(one) for _, one in found["missing"])
        notes.append(Text("opportunities.missing", {"lines": lines}))
    if found["band"]:
        notes.append(Text(f"opportunities.band.{found['band']}"))
    if found["has_run"] and state != "stopped":
        yes = found["yes"]
        notes.append(Text("opportunities.yes_count", {"count": yes})
                     if yes else Text("opportunities.yes_none"))  # fmt: skip
    return notes


async def _act(chat: Chat, key: str, act: str, found: Json) -> str | None:
    """Do one thing; return the opportunity to go on with, nothing for the same, None to leave."""
    one = found["id"]
    if act == "people":
        await chat.run(key, people, opportunity=one)
    elif act == "page":
        await chat.run(key, page, opportunity=one)
    elif act == "change":
        await _change(chat, key, found)
    elif act == "copy":
        return await _copy(chat, key, one)
    elif act == "drop":
        return None if await _drop(chat, key, one) else ""
    elif act == "close":
        await _close(chat, key, one)
    else:
        effect = SendOpportunity(one) if act == "send" else TakeOpportunityBack(one)
        told(chat, await chat.call(key, effect))
    return ""


async def _change(chat: Chat, key: str, found: Json) -> None:
    if found["state"] in ("sent", "running"):
        chat.say(Text("opportunities.change_voids"))
    parts = tuple(Option(part, Text(f"opportunities.part.{part}.button")) for part in PARTS)
    back = Option("back", Text("opportunities.back.button"))
    question = Pick(Text("opportunities.which_part"), (*parts, back))
    part = str(await chat.ask(f"{key}.part", question))
    if part == "back":
        return
    kind = await chat.look(f"{key}.kind", "opportunity_kind", found["id"])
    details = Details(kind=Kind(kind) if kind else None)
    asked = await ask_part(chat, f"{key}.{part}", part, details, found["organisation"])
    if asked is not None:
        effect = ChangeOpportunity(found["id"], part, asked[0])
        told(chat, await chat.call(f"{key}.kept", effect))


async def _copy(chat: Chat, key: str, opportunity: str) -> str:
    made = await chat.call(key, CopyOpportunity(opportunity))
    if isinstance(made, Refusal):
        chat.say(Text(made.text_id))
        return ""
    chat.say(Text("opportunities.copied"))
    return str(made)


async def _drop(chat: Chat, key: str, opportunity: str) -> bool:
    """Throw it away, once that was meant; say whether it is gone."""
    if not await _is_sure(chat, key, "drop"):
        return False
    outcome = await chat.call(f"{key}.done", DropOpportunity(opportunity))
    told(chat, outcome)
    return not isinstance(outcome, Refusal)


async def _close(chat: Chat, key: str, opportunity: str) -> None:
    if await _is_sure(chat, key, "close"):
        told(chat, await chat.call(f"{key}.done", CloseOpportunity(opportunity)))


async def _is_sure(chat: Chat, key: str, act: str) -> bool:
    ways = (
        Option("yes", Text(f"opportunities.{act}_yes.button")),
        Option("no", Text("opportunities.keep.button"), is_main=True),
    )
    sure = Pick(Text(f"opportunities.{act}_sure"), ways)
    return await chat.ask(f"{key}.sure", sure) == "yes"


async def page(chat: Chat, opportunity: str) -> None:
    """Show the address of the page with those who said yes; renew it, or switch it off."""
    trail = "0"
    opened = await chat.call("open", OpenYesPage(opportunity))
    while not isinstance(opened, Refusal):
        link = Link(Text("opportunities.page_open.button"), opened["link"])
        chat.say(Text("opportunities.page"), links=(link,))
        options = tuple(
            Option(one, Text(f"opportunities.page_{one}.button")) for one in ("back", "new", "off")
        )
        answer = await chat.ask(f"page.{trail}", Pick(Text("opportunities.page_more"), options))
        if answer == "back":
            return
        if answer == "off":
            await chat.call(f"off.{trail}", CloseYesPage(opportunity))
            chat.say(Text("opportunities.page_is_off"))
            return
        trail = onward(trail, answer)
        opened = await chat.call(f"new.{trail}", OpenYesPage(opportunity, is_new=True))
    chat.say(Text(opened.text_id))


def told(chat: Chat, outcome: Any) -> None:
    """Say what became of something: the words of a refusal, or those of its name."""
    is_refused = isinstance(outcome, Refusal)
    chat.say(Text(outcome.text_id if is_refused else f"opportunities.did.{outcome}"))
