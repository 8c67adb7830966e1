"""Messages with one button that go out by the clock, each once: what is decided, what waits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from bot.conversation.messages import Choice, Text
from bot.conversation.routing import STARTS
from bot.conversation.screen import Say
from bot.people import Contact
from bot.reminders.reaching import best_contact
from bot.work.context import Surroundings
from bot.work.delivery import Lane
from bot.work.rendering import Renderer
from storage import Unit
from storage.records import NewOutgoing

Chat = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Letter:
    """One message of one person.

    Attributes:
        key: Of which there is one message only, however often it is tried.
        opens: The link that its button leads to, with "." for "_"; the act is at its end.
        act: What the button does, and by the same name what it is called.
    """

    person: str
    key: str
    text: Text
    opens: str
    act: str
    label: str


class Posting:
    """Puts them into the outbox, within the unit that decides what they say."""

    def __init__(self, around: Callable[[], Surroundings]) -> None:
        self._around = around

    def put_out(self, unit: Unit, letters: Iterable[Letter], channel: str = "") -> list[Chat]:
        """Write messages; return the chats that have something new.

        Args:
            channel: Where the person's role counts on that one alone; empty for the best.
        """
        rows = []
        for one in letters:
            contact = _contact(unit, one.person, channel)
            row = self._row(unit, one, contact) if contact else None
            if contact and row and unit.outbox.add_many([row]):
                rows.append((contact.channel, contact.chat))
        return rows

    def _row(self, unit: Unit, letter: Letter, contact: Contact) -> NewOutgoing | None:
        person = unit.people.find(letter.person)
        if person is None:
            return None
        around = self._around()
        words = around.content.words
        said = Renderer(words, person.language, person.id, around.public_url).say(Say(letter.text))
        button = Choice(letter.act, words.label(Text(letter.label), person.language))
        message = replace(
            said,
            kind="question",
            key="offer",
            nonce=f"{STARTS}{letter.opens}",
            choices=(*said.choices, button),
        )
        return NewOutgoing(
            person=person.id,
            city=person.city,
            channel=contact.channel,
            bot=contact.bot,
            chat=contact.chat,
            message=message,
            dedupe_key=letter.key,
            lane=int(Lane.REMINDER),  # type: ignore[arg-type]  # a lane is a number there
        )


def _contact(unit: Unit, person: str, channel: str) -> Contact | None:
    contacts = [one for one in unit.contacts.list_of(person) if channel in ("", one.channel)]
    return best_contact(contacts, unit.people.consents(person), channel)
