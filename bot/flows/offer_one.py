"""One offer: looking it over, changing, previewing, sending, withdrawing, using it again."""

from __future__ import annotations

from typing import Any

from bot.conversation import (
    Card,
    Chat,
    Drawn,
    Option,
    Pick,
    Refusal,
    Text,
    onward,
    text_from_json,
)
from bot.courses.offers.effects import (
    ChangeOffer,
    CopyOffer,
    DropOfferDraft,
    RestoreOffer,
    SendOffer,
    TakeOfferBack,
    WithdrawOffer,
)
from bot.flows.offer_asking import NEEDED, OPTIONAL, ask_part, offered

Json = dict[str, Any]
PARTS = (*NEEDED, *OPTIONAL)
ACTS = {
    "draft": ("send", "preview", "change", "copy", "drop"),
    "sent": ("preview", "change", "take_back", "copy"),
    "declined": ("change", "send", "preview", "drop"),
    "published": ("change", "preview", "withdraw", "copy"),
    "draft_change": ("send", "preview", "change", "drop_change", "withdraw"),
    "sent_change": ("preview", "change", "take_back", "withdraw"),
    "declined_change": ("change", "send", "preview", "drop_change", "withdraw"),
    "withdrawn": ("restore", "change", "copy"),
}
"""By where it stands, what can be done with it, the likeliest first."""


async def one_offer(chat: Chat, offer: str) -> None:
    """Show an offer until the person goes back to the list."""
    trail = "0"
    while True:
        found = await chat.look(f"offer.{trail}", "offer", offer)
        if not found:
            chat.say(Text("offers.gone"))
            return
        names = (*ACTS.get(found["state"], ("change",)), "list")
        options = tuple(offered(one, is_main=at == 0) for at, one in enumerate(names))
        answer = str(await chat.ask(f"act.{trail}", Pick(_review(found), options)))
        if answer == "list":
            return
        trail = onward(trail, answer)
        other = await _act(chat, f"{answer}.{trail}", answer, found)
        if other is None:
            return
        offer = other or offer


def _review(found: Json) -> Text:
    title = found["title"] or Text("offers.no_title")
    values: Json = {
        "title": title,
        "state": Text(f"offers.state.{found['state']}"),
        "lines": Drawn("offer_lines", (found["id"],)),
    }
    if found["reason"] and found["state"].startswith("declined"):
        return Text("offers.review_declined", {**values, "reason": text_from_json(found["reason"])})
    return Text("offers.review", values)


async def _act(chat: Chat, key: str, act: str, found: Json) -> str | None:
    """Do one thing; return the offer to go on with, nothing for the same, None to leave."""
    offer = found["id"]
    if act == "preview":
        await preview(chat, key, offer)
    elif act == "change":
        await _change(chat, key, offer)
    elif act == "send":
        await _send(chat, key, found)
    elif act == "copy":
        return await _copy(chat, key, offer)
    elif act in ("drop", "drop_change"):
        return None if await _drop(chat, key, offer, act) else ""
    elif act == "withdraw":
        await _withdraw(chat, key, offer)
    else:
        effect = TakeOfferBack(offer) if act == "take_back" else RestoreOffer(offer)
        told(chat, await chat.call(key, effect))
    return ""


async def preview(chat: Chat, key: str, offer: str) -> None:
    """Show what residents will see, the short card and the full one."""
    found = await chat.look(key, "offer_words", offer)
    if not found:
        chat.say(Text("offers.gone"))
        return
    title = Text("course.card.title", {"title": found["title"]})
    card = Card(title, (Drawn("offer_card", (offer,)),))
    chat.say(Text("offers.preview"), cards=(card,))
    values = {
        "title": found["title"],
        "provider": text_from_json(found["provider"]),
        "facts": Drawn("offer_facts", (offer,)),
        "summary": Drawn("offer_summary", (offer,)),
    }
    chat.say(Text("course.full" if found["has_summary"] else "course.full_plain", values))


async def _change(chat: Chat, key: str, offer: str) -> None:
    options = tuple(Option(part, Text(f"offers.part.{part}.button")) for part in PARTS)
    part = str(await chat.ask(f"{key}.part", Pick(Text("offers.which_part"), options)))
    await change_part(chat, f"{key}.{part}", offer, part)


async def change_part(chat: Chat, key: str, offer: str, part: str) -> None:
    """Ask for a part anew and keep it in the draft."""
    form = await ask_part(chat, key, part, {}, offer=offer)
    told(chat, await chat.call(f"{key}.kept", ChangeOffer(offer, part, form)))


async def _send(chat: Chat, key: str, found: Json) -> None:
    if found["missing"]:
        lines = tuple(text_from_json(text) for _, text in found["missing"])
        chat.say(Text("offers.missing", {"lines": lines}))
        return
    told(chat, await chat.call(key, SendOffer(found["id"])))


async def _copy(chat: Chat, key: str, offer: str) -> str:
    made = await chat.call(key, CopyOffer(offer))
    if isinstance(made, Refusal):
        chat.say(Text(made.text_id))
        return ""
    chat.say(Text("offers.copied"))
    await change_part(chat, f"{key}.when", made, "when")
    return str(made)


async def _drop(chat: Chat, key: str, offer: str, act: str) -> bool:
    """Throw a draft away; say whether nothing is left of the offer."""
    if act == "drop":
        ways = (offered("yes_drop"), offered("no_keep", is_main=True))
        if await chat.ask(f"{key}.sure", Pick(Text("offers.drop_sure"), ways)) == "no_keep":
            return False
    outcome = await chat.call(f"{key}.done", DropOfferDraft(offer))
    told(chat, outcome)
    return bool(outcome == "dropped")


async def _withdraw(chat: Chat, key: str, offer: str) -> None:
    outcome = await chat.call(key, WithdrawOffer(offer))
    if isinstance(outcome, Refusal):
        chat.say(Text(outcome.text_id))
        return
    ways = (offered("undo"), offered("all_right", is_main=True))
    if await chat.ask(f"{key}.undo", Pick(Text("offers.withdrawn"), ways)) == "undo":
        told(chat, await chat.call(f"{key}.again", RestoreOffer(offer)))


def told(chat: Chat, outcome: Any) -> None:
    """Say what became of something: the words of a refusal, or those of its name."""
    is_refused = isinstance(outcome, Refusal)
    chat.say(Text(outcome.text_id if is_refused else f"offers.{outcome}"))
