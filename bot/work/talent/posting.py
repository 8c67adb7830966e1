"""Writing to somebody about an opportunity, outside a turn, with buttons that lead on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from bot.conversation.messages import Choice, Message, Text
from bot.conversation.routing import STARTS
from bot.conversation.screen import Link, Say
from bot.people import Contact
from bot.work.context import Surroundings
from bot.work.delivery import Lane
from bot.work.rendering import Renderer
from storage import Unit
from storage.records import NewOutgoing

Chat = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to one person.

    Attributes:
        key: Of which there is one message only, however often it is tried.
        opens: The link that its buttons lead to, with "." for "_"; an act is at its end.
        acts: What the buttons do, each with the id of its label.
    """

    person: str
    key: str
    text: Text
    opens: str = ""
    acts: Mapping[str, str] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    lane: Lane = Lane.REMINDER


class Post:
    """Puts messages into the outbox, within the unit that decides what they say."""

    def __init__(self, around: Callable[[], Surroundings]) -> None:
        self._around = around

    def put(self, unit: Unit, letter: Letter, contact: Contact | None) -> Chat | None:
        """Write to a person at an address; return the chat that has something new."""
        person = unit.people.find(letter.person)
        if person is None or contact is None:
            return None
        row = NewOutgoing(
            person=person.id,
            city=person.city,
            channel=contact.channel,
            bot=contact.bot,
            chat=contact.chat,
            message=self.message(letter, person.language),
            dedupe_key=letter.key,
            lane=int(letter.lane),  # type: ignore[arg-type]  # a lane is a number there
        )
        return (contact.channel, contact.chat) if unit.outbox.add_many([row]) else None

    def message(self, letter: Letter, language: str) -> Message:
        """Return the message as it is read in a language."""
        around = self._around()
        words = around.content.words
        renderer = Renderer(words, language, letter.person, around.public_url)
        said = renderer.say(Say(letter.text, links=letter.links))
        if not letter.acts:
            return said
        choices = tuple(
            Choice(act, words.label(Text(label), language)) for act, label in letter.acts.items()
        )
        nonce = f"{STARTS}{letter.opens}"
        return replace(
            said, kind="question", key="talent", nonce=nonce, choices=(*said.choices, *choices)
        )
