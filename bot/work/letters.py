"""Writing to somebody outside a turn about their own matter: an answer, a decision, a warning."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation.messages import Text
from bot.conversation.screen import Say
from bot.work.context import Surroundings
from bot.work.delivery import Lane
from bot.work.rendering import Renderer
from storage import Unit
from storage.records import NewOutgoing

Chat = tuple[str, str]


class Letters:
    """Puts service messages into the outbox, within the unit that decides what they say.

    They go to every chat of the person that can be reached, whatever was said about reminders
    and news: the matter is the person's own.
    """

    def __init__(self, around: Callable[[], Surroundings]) -> None:
        self._around = around

    def write(self, unit: Unit, person: str, text: Text, key: str) -> list[Chat]:
        """Write to a person; return the chats that have something new, to be told of it.

        Args:
            key: The same letter is written once, however often the unit runs.
        """
        who = unit.people.find(person)
        if who is None:
            return []
        around = self._around()
        renderer = Renderer(around.content.words, who.language, who.id, around.public_url)
        rows = [
            NewOutgoing(
                person=who.id,
                city=who.city,
                channel=contact.channel,
                bot=contact.bot,
                chat=contact.chat,
                message=renderer.say(Say(text)),
                dedupe_key=f"letter.{key}.{contact.channel}.{contact.bot}.{contact.chat}",
                lane=int(Lane.REPLY),  # type: ignore[arg-type]  # a lane is a number there
            )
            for contact in unit.contacts.list_of(person)
            if contact.is_reachable
        ]
        return [(row.channel, row.chat) for row in unit.outbox.add_many(rows)] if rows else []
