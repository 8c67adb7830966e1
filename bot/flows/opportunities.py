"""For employers: inviting residents whose skills fit, once the city's staff said yes."""

from __future__ import annotations

from typing import Any

from bot.conversation import Card, Chat, Ending, Option, Pick, Refusal, Text, flow, onward
from bot.flows.opportunity_asking import ask_part
from bot.flows.opportunity_one import one_opportunity
from bot.talent.details import PARTS
from bot.talent.effects import BeginOpportunity
from bot.talent.records import Details

Json = dict[str, Any]


@flow(
    "opportunities",
    version=1,
    commands=("opportunities",),
    deep_links=("opp",),
    again="end",
)
async def opportunities(chat: Chat, payload: str = "", organisation: str = "") -> Ending:
    """List an organisation's opportunities, tell a new one, open one."""
    if payload.startswith("opp_"):
        await chat.run("first", one_opportunity, key=payload.split("_")[1])
    organisation = organisation or await _organisation(chat)
    if not organisation:
        chat.say(Text("opportunities.first"))
        return chat.start("employers")
    trail = "0"
    while True:
        found = await chat.look(f"list.{trail}", "opportunities", organisation)
        if found is None:
            chat.say(Text("employers.gone"))
            return chat.start("menu")
        answer = str(await chat.ask(f"home.{trail}", _list(found)))
        if answer == "done":
            return chat.start("employers", organisation=organisation)
        trail = onward(trail, answer)
        if answer == "new":
            key = await chat.run(f"new.{trail}", new_opportunity, organisation=organisation)
        else:
            key = found["list"][int(answer.removeprefix("open.")) - 1]["id"]
        if key:
            await chat.run(f"one.{trail}", one_opportunity, key=key)


async def _organisation(chat: Chat) -> str:
    """Return for which organisation it is: the only one, or the chosen one; empty for none."""
    home = await chat.look("home", "employers_home")
    every = home["organisations"]
    if len(every) < 2:
        return str(every[0]["id"]) if every else ""
    options = tuple(
        Option(f"of.{at}", Text("name.button", {"name": one["name"]}))
        for at, one in enumerate(every)
    )
    answer = str(await chat.ask("which", Pick(Text("employers.which"), options)))
    return str(every[int(answer.removeprefix("of."))]["id"])


def _list(found: Json) -> Pick[str]:
    opens, cards = [], []
    for number, one in enumerate(found["list"], 1):
        title = Text("opportunities.card", {"title": one["title"]})
        facts = [Text(f"opportunities.state.{one['state']}")]
        if one["yes"]:
            facts.append(Text("opportunities.yes_count", {"count": one["yes"]}))
        label = Text("opportunities.open.button", {"number": number, "title": one["title"]})
        opens.append(Option(f"open.{number}", label))
        cards.append(Card(title, tuple(facts), f"open.{number}"))
    new = (Option("new", Text("opportunities.new.button"), is_main=True),)
    done = Option("done", Text("opportunities.done.button"))
    options = (*opens, *(new if found["may_add"] else ()), done)
    text = Text("opportunities.list" if opens else "opportunities.none", {"name": found["name"]})
    return Pick(text, options, cards=tuple(cards))


async def new_opportunity(chat: Chat, organisation: str) -> str:
    """Say how it goes, ask for every part, keep it as a draft; return its id."""
    ways = (
        Option("go", Text("opportunities.go.button"), is_main=True),
        Option("back", Text("opportunities.back.button")),
    )
    if await chat.ask("about", Pick(Text("opportunities.about"), ways)) == "back":
        return ""
    form: dict[str, str] = {}
    details = Details()
    for at, part in enumerate(PARTS):
        told = await ask_part(chat, part, part, details, organisation, (at, len(PARTS)))
        if told is None:
            break
        form |= told[0]
        details = told[1]
    made = await chat.call("made", BeginOpportunity(organisation, form))
    if isinstance(made, Refusal):
        chat.say(Text(made.text_id))
        return ""
    chat.say(Text("opportunities.kept_draft"))
    return str(made)
