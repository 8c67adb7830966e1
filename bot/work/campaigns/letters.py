"""A campaign as a message to one person: its words, who sends it, its buttons and the way out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.campaigns.content import Button, CampaignContent, Wording, is_own
from bot.campaigns.links import ShortLink, code_of
from bot.campaigns.records import Broadcast, Plan
from bot.campaigns.variants import content_of
from bot.conversation.messages import Attachment, Choice, Message, Rich, Span, Text
from bot.conversation.routing import STARTS
from content.load import Content
from content.schema import City
from content.template import TemplateError, parse
from storage import Unit

PREFIX = "cm"
"""The first word of the deep link that a button of a campaign's message is."""
OFF = "off"
_APART = Span("\n\n")


def message_of(
    content: Content, city: City, plan: Plan, language: str, variant: str = ""
) -> Message:
    """Return what somebody reads who is spoken to in a language, the same for every channel.

    It says who sends it, and one press leaves its topic; nothing of that can be left out by whoever
    writes a campaign. Addresses are still those of the pages; see `numbered`.
    """
    said = content_of(plan.content, plan.rival, variant)
    spoken, wording = said.wording(language)
    words = content.words
    sender = Text("citynews.sender", {"sender": sender_of(city, language)})
    choices = [_choice(button, wording) for button in plan.content.buttons]
    if plan.topic is not None:
        choices.append(Choice(OFF, words.label(Text("citynews.off.button"), language)))
    signed = tuple(Span(one.text, one.style, one.url) for one in words.render(sender, language))
    return Message(
        text=(*_written(wording), _APART, *signed),
        language=spoken,
        kind="question",
        key="campaign",
        nonce=nonce_of("preview", 0),
        choices=tuple(choices),
        attachments=_pictures(said, wording, city),
    )


def numbered(
    message: Message,
    broadcast: str,
    number: int,
    addresses: Mapping[str, str],
    person: str = "",
) -> Message:
    """Return the message of one delivery.

    Args:
        addresses: Its short addresses, by the id of the button.
        person: For whom its picture is made.
    """
    own = {"person": person, "language": message.language}
    pictures = tuple(replace(one, values={**one.values, **own}) for one in message.attachments)
    choices = tuple(
        replace(one, url=addresses.get(one.id, one.url)) if one.url else one
        for one in message.choices
    )
    nonce = nonce_of(broadcast, number)
    return replace(message, nonce=nonce, choices=choices, attachments=pictures)


def links_of(unit: Unit, broadcast: Broadcast, plan: Plan) -> dict[str, ShortLink]:
    """Return the short addresses of a run, by button, made when they are first asked for."""
    return {
        one.id: unit.campaign_acts.link(broadcast.city, broadcast.id, one.id, one.target)
        for one in plan.content.buttons
        if one.kind == "link"
    }


def addresses_of(links: Mapping[str, ShortLink], public_url: str, number: int) -> dict[str, str]:
    """Return the short addresses that one delivery carries."""
    return {part: f"{public_url}/go/{code_of(link, number)}" for part, link in links.items()}


def sender_of(city: City, language: str) -> str:
    """Return the name under which a city writes to people."""
    return city.operator or city.named(language)


def nonce_of(broadcast: str, number: int) -> str:
    """Return what the buttons of a message carry; with it every press finds its delivery."""
    return f"{STARTS}{PREFIX}.{broadcast}.{number}"


def _written(wording: Wording) -> Rich:
    try:
        spans = parse(wording.text).spans
    except TemplateError:
        spans = None
    if spans is None:  # a version is checked before it is kept, so that this only guards a mistake
        return (Span(wording.text),)
    return tuple(Span(one.text, one.style, one.url) for one in spans)


def _choice(button: Button, wording: Wording) -> Choice:
    url = button.target if button.kind == "link" else ""
    return Choice(button.id, wording.labels[button.id], url)


def _pictures(said: CampaignContent, wording: Wording, city: City) -> tuple[Attachment, ...]:
    if not said.picture:
        return ()
    values = {"source": "campaign", "name": said.picture}
    if is_own(said.picture):
        values |= {"city": city.id, "alt": wording.alt}
    return (Attachment("picture", values),)
