"""For those without a feed: what they offer, in their own words, until staff publish it."""

from __future__ import annotations

from typing import Any

from bot.conversation import (
    AskText,
    Card,
    Chat,
    Drawn,
    Ending,
    Option,
    Pick,
    Picked,
    Refusal,
    Text,
    flow,
    onward,
)
from bot.courses.offers.effects import BeginOffer
from bot.flows.offer_asking import NEEDED, OPTIONAL, ask_part, offered
from bot.flows.offer_deciding import waiting
from bot.flows.offer_one import one_offer

Json = dict[str, Any]
MAY_OFFER = frozenset({"provider", "staff"})
LONGEST_PROVIDER = 80
OPENED = "_open"
"""How the link ends that a press on a message about an offer leads to."""
NO_TITLE = Text("offers.no_title")


@flow(
    "offers", version=1, commands=("offers", "offer"), deep_links=("offer", "offers"), again="end"
)
async def offers(chat: Chat, payload: str = "") -> Ending | None:
    """List one's offers, add one, open one; only for providers and staff."""
    if not chat.roles & MAY_OFFER:
        chat.say(Text("offers.none"))
        return None
    if payload == "offers_waiting":
        await chat.run("first_waiting", waiting)
    elif payload.startswith("offer_"):
        key = payload.removeprefix("offer_").removesuffix(OPENED)
        await chat.run("first", one_offer, offer=key)
    page, trail = 0, "0"
    while True:
        found = await chat.look(f"offers.{trail}", "offers", page)
        if not found["names"] and not found["is_staff"]:
            chat.say(Text("offers.no_organisation"))
            return None
        answer = str(await chat.ask(f"home.{trail}", _list(found)))
        page = page + 1 if answer == "more" else page
        trail = onward(trail, answer)
        key = ""
        if answer == "waiting":
            await chat.run(f"waiting.{trail}", waiting)
        elif answer == "reach":
            chat.say(Text("reach.text", {"lines": Drawn("reach_lines")}))
            if await chat.look(f"wishes.{trail}", "reach_wishes"):
                chat.say(Text("reach.wishes", {"lines": Drawn("reach_wishes")}))
        elif answer == "new":
            key = await chat.run(f"new.{trail}", new_offer, found=found)
        elif answer.startswith("open."):
            key = found["cards"][int(answer.removeprefix("open.")) - found["first"]]["id"]
        if key:
            page = 0
            await chat.run(f"one.{trail}", one_offer, offer=key)


def _list(found: Json) -> Pick[str]:
    names = ["more"] if found["has_more"] else []
    names += ["waiting"] if found["waiting"] else []
    names += ["reach"] if found["names"] else []
    more = tuple(Option(name, Text(f"offers.{name}.button")) for name in names)
    new = Option("new", Text("offers.new.button"), is_main=True)
    opens, cards = _numbered(found)
    if not found["total"]:
        return Pick(Text("offers.empty"), (*more, new))
    values = {"count": found["total"], "first": found["first"], "last": found["last"]}
    is_whole = found["first"] == 1 and not found["has_more"]
    text = Text("offers.list" if is_whole else "offers.page", values)
    return Pick(text, (*opens, *more, new), cards=cards)


def _numbered(found: Json) -> tuple[tuple[Option, ...], tuple[Card, ...]]:
    """Return a button and a card for each offer of a page."""
    opens, cards = [], []
    for number, one in enumerate(found["cards"], found["first"]):
        title = Text("offers.card", {"title": one["title"]}) if one["title"] else NO_TITLE
        label = Text("offers.open.button", {"number": number, "name": title})
        facts = [Text(f"offers.state.{one['state']}")]
        facts += [Text("offers.of", {"provider": one["provider"]})] if found["is_staff"] else []
        opens.append(Option(f"open.{number}", label))
        cards.append(Card(title, tuple(facts), f"open.{number}"))
    return tuple(opens), tuple(cards)


async def new_offer(chat: Chat, found: Json) -> str:
    """Ask for what is needed, then for what helps; keep it as a draft and return its id."""
    provider = await _provider(chat, found)
    form: dict[str, str] = {}
    for at, part in enumerate(NEEDED):
        form |= await ask_part(chat, part, part, form, (at, len(NEEDED)))
    ways = (Option("optional", Text("offers.optional.button")), offered("enough", is_main=True))
    if await chat.ask("optional", Pick(Text("offers.ask.optional"), ways)) == "optional":
        for at, part in enumerate(OPTIONAL):
            form |= await ask_part(chat, part, part, form, (at, len(OPTIONAL)))
    made = await chat.call("made", BeginOffer(provider, form))
    if isinstance(made, Refusal):
        chat.say(Text(made.text_id))
        return ""
    return str(made)


async def _provider(chat: Chat, found: Json) -> str:
    """Return whose offer it is: one's own organisation; staff may name any."""
    names = found["names"]
    if len(names) == 1 and not found["is_staff"]:
        return str(names[0])
    options = tuple(
        Option(f"n.{at}", Text("name.button", {"name": name})) for at, name in enumerate(names)
    )
    if not found["is_staff"]:
        chosen = str(await chat.ask("provider", Pick(Text("offers.ask.which"), options)))
        return str(names[int(chosen.removeprefix("n."))])
    question = AskText(Text("offers.ask.provider"), max_length=LONGEST_PROVIDER, options=options)
    answer = await chat.ask("provider", question)
    return str(names[int(answer.id.removeprefix("n."))]) if isinstance(answer, Picked) else answer
