"""A campaign as a message to one person: its words, who sends it, its buttons and the way out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.campaigns.content import Button, Wording
from bot.campaigns.records import Plan
from bot.conversation.messages import Attachment, Choice, Message, Rich, Span, Text
from bot.conversation.routing import STARTS
from content.load import Content
from content.schema import City
from content.template import TemplateError, parse

PREFIX = "cm"
"""The first word of the deep link that a button of a campaign's message is."""
OFF = "off"
_APART = Span("\n\n")


@dataclass(frozen=True, slots=True)
class Letter:
    """Which message of a run it is.

    Attributes:
        address: Makes the short address of a button; what it leads to, in a preview.
    """

    broadcast: str
    number: int
    address: Callable[[Button], str]


def message_of(content: Content, city: City, plan: Plan, language: str, letter: Letter) -> Message:
    """Return what somebody reads who is spoken to in a language.

    It is the same for every channel. It says who sends it, and one press leaves its topic; nothing
    of that can be left out by whoever writes a campaign.
    """
    spoken, wording = plan.content.wording(language)
    words = content.words
    sender = Text("campaigns.sender", {"sender": sender_of(city, language)})
    choices = [_choice(button, wording, letter) for button in plan.content.buttons]
    if plan.topic is not None:
        choices.append(Choice(OFF, words.label(Text("campaigns.off.button"), language)))
    signed = tuple(Span(one.text, one.style, one.url) for one in words.render(sender, language))
    return Message(
        text=(*_written(wording), _APART, *signed),
        language=spoken,
        kind="question",
        key="campaign",
        nonce=nonce_of(letter.broadcast, letter.number),
        choices=tuple(choices),
        attachments=_pictures(plan, letter),
    )


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


def _choice(button: Button, wording: Wording, letter: Letter) -> Choice:
    label = wording.labels[button.id]
    url = letter.address(button) if button.kind == "link" else ""
    return Choice(button.id, label, url)


def _pictures(plan: Plan, letter: Letter) -> tuple[Attachment, ...]:
    if not plan.content.picture:
        return ()
    values = {
        "source": "campaign",
        "name": plan.content.picture,
        "broadcast": letter.broadcast,
    }
    return (Attachment("picture", values),)
