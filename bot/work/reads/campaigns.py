"""What flows look up about messages from the city."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.campaigns.content import Button
from bot.campaigns.records import Delivery, Plan
from bot.campaigns.variants import content_of
from bot.work.campaigns.letters import OFF, sender_of
from bot.work.effects.campaigns import topics_on
from bot.work.effects.talent import kinds_on
from bot.work.reads import Context, look
from content.template import TemplateError, parse

Json = dict[str, Any]
MOST_RECENT = 5
LONGEST_NAME = 24
MOST_WORDS = 900
LONGEST_NUMBER = 9
MOST_LINKS = 4
"""Shown again with a message: a look returns 2 kB at most."""


@look("topics")
def topics(context: Context) -> Json:
    """Say what the city may write to the person about, and who it is that writes."""
    band = context.person.age_band
    return {
        "on": topics_on(context),
        "work": [kind.value for kind in kinds_on(context)],
        "is_adult": band is not None and band.is_adult,
        "sender": _sender(context),
        "interests": sorted(context.unit.traits.of(context.person.id, "interest")),
    }


def _sender(context: Context) -> str:
    city = context.content.cities.get(context.city)
    return sender_of(city, context.language) if city else ""


@look("campaign_button")
def campaign_button(context: Context, broadcast: str, number: str, option: str) -> Json | None:
    """Say what a button of a message does; None where the message is not the person's."""
    found = _sent(context, broadcast, number)
    if found is None:
        return None
    plan = found[1]
    topic = plan.topic.value if plan.topic else ""
    if option == OFF and topic:
        return {"kind": OFF, "topic": topic, "target": "", "label": ""}
    button = next((one for one in plan.content.buttons if one.id == option), None)
    return None if button is None else _button(context, plan, button, topic)


def _button(context: Context, plan: Plan, button: Button, topic: str) -> Json:
    _, wording = plan.content.wording(context.language)
    return {
        "kind": button.kind,
        "topic": topic,
        "target": button.target,
        "label": wording.labels.get(button.id, "")[:LONGEST_NAME],
    }


@look("recent_messages")
def recent_messages(context: Context) -> list[Json]:
    """List what the city wrote to the person last, the newest first."""
    found = []
    for one in context.unit.broadcasts.latest_of(context.person.id, MOST_RECENT):
        sent = _sent(context, one.broadcast, str(one.number))
        if sent is not None:
            plan = sent[1]
            at = (one.settled_at or one.cut_at).astimezone(context.now.tzinfo)
            name = _words(context, plan).partition("\n")[0][:LONGEST_NAME]
            found.append(
                {
                    "broadcast": one.broadcast,
                    "number": str(one.number),
                    "on": at.date().isoformat(),
                    "name": name,
                }
            )
    return found


@look("message_buttons")
def message_buttons(context: Context, broadcast: str, number: str) -> list[list[str]]:
    """List the buttons of a message that the person got: id, kind, label and address."""
    found = _sent(context, broadcast, number)
    if found is None:
        return []
    plan = found[1]
    _, wording = plan.content.wording(context.language)
    off = [[OFF, OFF, "", ""]] if plan.topic else []
    links = [one for one in plan.content.buttons if one.kind == "link"][:MOST_LINKS]
    return [
        [
            one.id,
            one.kind,
            wording.labels.get(one.id, "")[:LONGEST_NAME],
            one.target if one.kind == "link" else "",
        ]
        for one in plan.content.buttons
        if one.kind != "link" or one in links
    ] + off


@look("message_words")
def message_words(context: Context, broadcast: str, number: str) -> str:
    """Return the words of a message that the person got."""
    found = _sent(context, broadcast, number)
    return _words(context, found[1])[:MOST_WORDS] if found else ""


@look("my_pledge")
def my_pledge(context: Context) -> Json:
    """Say what the person promised, and whether they hear news already."""
    pledge = context.unit.campaign_acts.pledge_of(context.person.id)
    return {
        "words": pledge.words if pledge else "",
        "hears_news": "news" in topics_on(context),
        "sender": _sender(context),
    }


def _sent(context: Context, broadcast: str, number: str) -> tuple[Delivery, Plan] | None:
    """Return a message of a run, where it is the person's own."""
    if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER):
        return None
    unit = context.unit
    delivery = unit.broadcasts.delivery(broadcast, int(number))
    if delivery is None or delivery.person != context.person.id:
        return None
    run = unit.broadcasts.find(broadcast)
    if run is None:
        return None
    plan = unit.campaigns.version(run.campaign, run.number).plan
    said = content_of(plan.content, plan.rival, delivery.variant)
    return delivery, replace(plan, content=said)


def _words(context: Context, plan: Plan) -> str:
    _, wording = plan.content.wording(context.language)
    try:
        spans = parse(wording.text).spans or ()
    except TemplateError:
        spans = ()
    return "".join(span.text for span in spans)
