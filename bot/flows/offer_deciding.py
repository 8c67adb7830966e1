"""Staff decide on what waits: what it says, what it changes, what to look at."""

from __future__ import annotations

from typing import Any

from bot.conversation import AskText, Card, Chat, Drawn, Option, Pick, Text, onward
from bot.courses.offers.effects import DeclineOffer, PublishOffer
from bot.flows.offer_asking import offered
from bot.flows.offer_one import one_offer, preview, told

Json = dict[str, Any]
REASONS = {
    "words": "words",
    "dates": "dates",
    "place": "place",
    "same": "copy",
    "unsuitable": "unsuitable",
}
"""By the button, the ready reason."""
LONGEST_REASON = 400


async def waiting(chat: Chat) -> None:
    """List what waits until nothing does, or the person goes back."""
    page, trail = 0, "0"
    while True:
        found = await chat.look(f"waiting.{trail}", "offers_waiting", page)
        if not found["total"]:
            chat.say(Text("offers.waiting_none"))
            return
        answer = str(await chat.ask(f"which.{trail}", _list(found)))
        if answer == "list":
            return
        page = page + 1 if answer == "more" else 0
        trail = onward(trail, answer)
        if answer.startswith("open."):
            one = found["cards"][int(answer.removeprefix("open.")) - found["first"]]
            await chat.run(f"one.{trail}", decide, offer=one["id"])


def _list(found: Json) -> Pick[str]:
    opens, cards = [], []
    for number, one in enumerate(found["cards"], found["first"]):
        kind = "change" if one["state"].endswith("_change") else "new"
        title = Text("offers.card", {"title": one["title"]})
        facts = (Text(f"offers.waiting_{kind}", {"provider": one["provider"]}),)
        label = Text("offers.open.button", {"number": number, "name": title})
        opens.append(Option(f"open.{number}", label))
        cards.append(Card(title, facts, f"open.{number}"))
    names = ("more", "list") if found["has_more"] else ("list",)
    text = Text("offers.waiting_list", {"count": found["total"]})
    return Pick(text, (*opens, *map(offered, names)), cards=tuple(cards))


async def decide(chat: Chat, offer: str) -> None:
    """Show one that waits, and publish it, send it back or edit it."""
    trail = "0"
    while True:
        found = await chat.look(f"offer.{trail}", "offer", offer)
        if not found or not found["may_publish"]:
            chat.say(Text("offers.not_waiting"))
            return
        names = ("publish", "decline", "preview", "edit", "back_to_list")
        options = tuple(offered(one, is_main=at == 0) for at, one in enumerate(names))
        answer = str(await chat.ask(f"act.{trail}", Pick(_told(found), options)))
        trail = onward(trail, answer)
        if answer == "publish":
            told(chat, await chat.call(f"publish.{trail}", PublishOffer(offer, found["number"])))
        elif answer == "decline":
            await _decline(chat, f"decline.{trail}", found)
        elif answer == "preview":
            await preview(chat, f"preview.{trail}", offer)
        elif answer == "edit":
            await chat.run(f"edit.{trail}", one_offer, offer=offer)
        if answer not in ("preview", "edit"):
            return


def _told(found: Json) -> Text:
    values = {
        "title": found["title"],
        "provider": found["provider"],
        "checks": Drawn("offer_checks", (found["id"],)),
        "changes": Drawn("offer_changes", (found["id"],)),
    }
    return Text("offers.decide", values)


async def _decline(chat: Chat, key: str, found: Json) -> None:
    options = tuple(map(offered, (*REASONS, "other")))
    why = str(await chat.ask(f"{key}.why", Pick(Text("offers.ask.reason"), options)))
    if why == "other":
        question = AskText(Text("offers.ask.reason_words"), max_length=LONGEST_REASON)
        reason = str(await chat.ask(f"{key}.words", question))
    else:
        reason = f"offers.reason.{REASONS[why]}"
    told(chat, await chat.call(key, DeclineOffer(found["id"], found["number"], reason)))
