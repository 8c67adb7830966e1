"""Telling people that a badge of theirs is ready, each badge exactly once.

The message in the outbox, the note that its holder was told, and the reminder before its end are
one transaction. Killed in the middle, it never happened.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from bot.badges.held import HeldBadge
from bot.conversation.messages import Choice, Message, Text
from bot.conversation.routing import STARTS
from bot.people import Contact, Person
from bot.reminders.reaching import best_contact
from bot.work import faults
from bot.work.badge_messages import ACTS, arrival
from bot.work.context import Surroundings
from bot.work.delivery import Lane
from bot.work.reminders.badges import before_the_end
from bot.work.rendering import Renderer
from bot.work.route_badges import award_finished
from storage import Database, Unit
from storage.records import NewOutgoing

AT_ONCE = 10
"""Badges in one transaction: no unit may hold the writer long."""
ANY_CHANNEL = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A transaction's outcome: how many badges were looked at, and which chats have news."""

    seen: int
    chats: tuple[tuple[str, str], ...] = ()


class BadgeNews:
    """Sends what is ready.

    Args:
        database: Where badges and the outbox are.
        around: Returns the content and everything else that is the same for everybody.
        tell: Called after the commit with the chats that have something new.
    """

    def __init__(
        self,
        database: Database,
        around: Callable[[], Surroundings],
        tell: Callable[[Collection[tuple[str, str]]], None],
    ) -> None:
        self._database = database
        self._around = around
        self._tell = tell

    async def send_due(self) -> int:
        """Tell of all that is ready; return how many messages went out."""
        if not await self._database.read(lambda unit: unit.badges.list_untold(1)):
            return 0
        sent = 0
        while True:
            outcome = await self._database.write(self.send_some)
            if outcome.chats:
                self._tell(outcome.chats)
            sent += len(outcome.chats)
            if outcome.seen < AT_ONCE:
                return sent

    def send_some(self, unit: Unit) -> Sent:
        """Tell of a few, in one transaction."""
        badges = unit.badges.list_untold(AT_ONCE)
        chats = [chat for one in badges if (chat := self._one(unit, one)) is not None]
        unit.badges.mark_told([one.id for one in badges])
        faults.point("badge.told_in_unit")
        return Sent(len(badges), tuple(chats))

    def _one(self, unit: Unit, badge: HeldBadge) -> tuple[str, str] | None:
        """Tell one person; whoever wants no messages finds the badge in the list."""
        person = unit.people.find(badge.person)
        if person is None:
            return None
        around = self._around()
        award_finished(unit, around.content, around.public_url, person)
        contacts = unit.contacts.list_of(person.id)
        contact = best_contact(contacts, unit.people.consents(person.id), ANY_CHANNEL)
        self._set_reminder(unit, badge, contact)
        if contact is None:
            return None
        return self._put_out(unit, badge, person, contact)

    def _set_reminder(self, unit: Unit, badge: HeldBadge, contact: Contact | None) -> None:
        city = self._around().content.cities.get(badge.city)
        zone = city.zone if city else "Europe/London"
        reminder = before_the_end(badge, zone, contact.channel if contact else "telegram")
        if reminder is not None:
            unit.reminders.put(reminder)

    def _put_out(
        self, unit: Unit, badge: HeldBadge, person: Person, contact: Contact
    ) -> tuple[str, str] | None:
        rows = unit.outbox.add_many(
            [
                NewOutgoing(
                    person=person.id,
                    city=person.city,
                    channel=contact.channel,
                    bot=contact.bot,
                    chat=contact.chat,
                    message=self._message(badge, person, contact.channel),
                    dedupe_key=f"badge.{badge.id}",
                    lane=int(Lane.REMINDER),  # type: ignore[arg-type]  # a lane is a number there
                )
            ]
        )
        return (contact.channel, contact.chat) if rows else None

    def _message(self, badge: HeldBadge, person: Person, channel: str) -> Message:
        around = self._around()
        words = around.content.words
        say = arrival(badge, around.content, around.public_url, channel)
        renderer = Renderer(words, person.language, person.id, around.public_url)
        said = renderer.say(say)
        choices = tuple(
            Choice(act, words.label(Text(f"my_badges.{act}.button"), person.language))
            for act in ACTS
        )
        return replace(
            said,
            kind="question",
            key="badge",
            nonce=f"{STARTS}badge.{badge.token}",
            choices=(*said.choices, *choices),
        )
