"""Telling people what became of their badges, each thing exactly once.

A badge is ready, or signed anew; it was taken back; somebody did not confirm one; people used the
codes of a class. The message in
the outbox, the note that it was told, and the reminder before a badge's end are one transaction.
Killed in the middle, it never happened.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from bot.badges.held import Claim, HeldBadge
from bot.conversation.messages import Choice, Message, Text, Value
from bot.conversation.routing import STARTS
from bot.people import Contact, Person
from bot.reminders.reaching import best_contact
from bot.work import faults
from bot.work.badge_messages import Notice, arrival, not_confirmed, not_given, taken_back
from bot.work.badge_words import said
from bot.work.class_messages import claimed
from bot.work.context import Surroundings
from bot.work.delivery import Lane
from bot.work.reminders.badges import before_the_end
from bot.work.rendering import Renderer
from bot.work.route_badges import award_finished
from storage import Database, Unit
from storage.instants import micros
from storage.records import NewOutgoing

AT_ONCE = 10
"""Messages in one transaction: no unit may hold the writer long."""
GATHERED_FOR = timedelta(minutes=10)
"""How long claims are gathered, so that a class of thirty is one message to its teacher; and how
long a teacher may think better of a no before it is told."""
WAITED_FOR = timedelta(days=7)
"""After how long a learner is told that nobody has answered a claim."""
ANY_CHANNEL = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A transaction's outcome: how much was looked at, and which chats have news."""

    seen: int
    chats: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class News:
    """Something that a person is to be told.

    Attributes:
        key: Unique in the outbox.
        notice: Returns how it is told on a channel.
    """

    person: str
    key: str
    notice: Callable[[str], Notice]


class BadgeNews:
    """Sends what is due.

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
        """Tell of all that is due; return how many messages went out."""
        if not await self._database.read(_is_due):
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
        """Tell of a few things, in one transaction."""
        due = list(self._due(unit))
        chats = [chat for one in due if (chat := self._one(unit, one)) is not None]
        faults.point("badge.told_in_unit")
        return Sent(len(due), tuple(chats))

    def _due(self, unit: Unit) -> Iterator[News]:
        """Yield what is to be told, and note that it was."""
        content, base = self._around().content, self._around().public_url
        arrived = unit.badges.list_untold(AT_ONCE)
        unit.badges.mark_told([one.id for one in arrived])
        yield from (self._arrived(unit, one) for one in arrived)
        taken = unit.badges.list_taken_untold(AT_ONCE - len(arrived))
        unit.badges.mark_taken_told([one.id for one in taken])
        for badge in taken:
            told = partial(_whatever_the_channel, taken_back(badge, content, base))
            yield News(badge.person, f"badge.{badge.id}.taken", told)
        requests = unit.endorsements.list_untold(AT_ONCE - len(arrived) - len(taken))
        unit.endorsements.mark_told([one.id for one in requests])
        for request in requests:
            told = partial(_whatever_the_channel, not_confirmed(request))
            yield News(request.person, f"endorsement.{request.id}", told)
        room = AT_ONCE - len(arrived) - len(taken) - len(requests)
        claims = unit.class_codes.list_unhelped(GATHERED_FOR, WAITED_FOR, room)
        unit.class_codes.mark_told([one.id for one in claims])
        yield from (_not_given(claim, base) for claim in claims)
        yield from _of_classes(unit, room - len(claims))

    def _arrived(self, unit: Unit, badge: HeldBadge) -> News:
        content, base = self._around().content, self._around().public_url
        key = f"badge.{badge.id}"
        if badge.renewed_at is not None:
            key += f".{micros(badge.renewed_at)}"
        else:
            self._follow(unit, badge)
        news = _news(unit, badge, said(badge, content))
        return News(badge.person, key, lambda channel: arrival(badge, content, base, channel, news))

    def _follow(self, unit: Unit, badge: HeldBadge) -> None:
        """Do what follows from a new badge: the badge of a whole route, the reminder of its end."""
        person = unit.people.find(badge.person)
        if person is None:
            return
        around = self._around()
        award_finished(unit, around.content, around.public_url, person)
        contact = _contact(unit, person)
        city = around.content.cities.get(badge.city)
        zone = city.zone if city else "Europe/London"
        reminder = before_the_end(badge, zone, contact.channel if contact else "telegram")
        if reminder is not None:
            unit.reminders.put(reminder)

    def _one(self, unit: Unit, news: News) -> tuple[str, str] | None:
        """Tell one person; whoever wants no messages finds it in the list."""
        person = unit.people.find(news.person)
        contact = _contact(unit, person) if person is not None else None
        if person is None or contact is None:
            return None
        rows = unit.outbox.add_many(
            [
                NewOutgoing(
                    person=person.id,
                    city=person.city,
                    channel=contact.channel,
                    bot=contact.bot,
                    chat=contact.chat,
                    message=self._message(news.notice(contact.channel), person),
                    dedupe_key=news.key,
                    lane=int(Lane.REMINDER),  # type: ignore[arg-type]  # a lane is a number there
                )
            ]
        )
        return (contact.channel, contact.chat) if rows else None

    def _message(self, notice: Notice, person: Person) -> Message:
        around = self._around()
        words = around.content.words
        renderer = Renderer(words, person.language, person.id, around.public_url)
        told = renderer.say(notice.say)
        choices = tuple(
            Choice(act, words.label(Text(label), person.language))
            for act, label in notice.acts.items()
        )
        return replace(
            told,
            kind="question",
            key="badge",
            nonce=f"{STARTS}{notice.opens}",
            choices=(*told.choices, *choices),
        )


def _is_due(unit: Unit) -> bool:
    badges = unit.badges.list_untold(1) or unit.badges.list_taken_untold(1)
    claims = unit.class_codes.list_untold(GATHERED_FOR, 1)
    unhelped = unit.class_codes.list_unhelped(GATHERED_FOR, WAITED_FOR, 1)
    return bool(badges or unit.endorsements.list_untold(1) or claims or unhelped)


def _not_given(claim: Claim, base: str) -> News:
    """Return that a claim was refused, once each time, or that it waits."""
    key = f"claim.{claim.id}.{claim.state}"
    if claim.decided_at is not None:
        key += f".{micros(claim.decided_at)}"
    return News(claim.person, key, partial(_whatever_the_channel, not_given(claim, base)))


def _of_classes(unit: Unit, most: int) -> Iterator[News]:
    """Yield what those who teach are to be told; whoever wants no such messages finds it there."""
    for maker in unit.class_codes.list_untold(GATHERED_FOR, most):
        untold = unit.class_codes.take_untold(maker)
        if untold and unit.staff.is_told(maker):
            told = partial(_whatever_the_channel, claimed(untold))
            yield News(maker, f"class.{unit.new_id()}", told)


def _contact(unit: Unit, person: Person) -> Contact | None:
    contacts = unit.contacts.list_of(person.id)
    return best_contact(contacts, unit.people.consents(person.id), ANY_CHANNEL)


def _news(unit: Unit, badge: HeldBadge, name: Text) -> Text:
    """Return what has come: a new badge, one again, one that somebody confirmed."""
    values: dict[str, Value] = {"name": name}
    if badge.renewed_at is not None:
        return Text("my_badges.news.renewed", values)
    request = unit.endorsements.find_given(badge.person, badge.plan, badge.about)
    if request is not None:
        return Text("my_badges.news.confirmed", {**values, "called": request.called})
    others = (one for one in unit.badges.list_of(badge.person) if one.id != badge.id)
    was_taken = any(
        (one.plan, one.about) == (badge.plan, badge.about) and one.revoked_at is not None
        for one in others
    )
    return Text("my_badges.news.again" if was_taken else "my_badges.news.new", values)


def _whatever_the_channel(notice: Notice, channel: str) -> Notice:
    del channel
    return notice
