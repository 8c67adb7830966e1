"""Telling who wrote an offer what became of it, and staff that something waits for them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, time
from functools import partial
from zoneinfo import ZoneInfo

from bot.conversation.messages import Choice, Text, Value
from bot.conversation.routing import STARTS
from bot.conversation.screen import Say
from bot.courses.offers import KEEPERS, Offer
from bot.people import Contact, Role
from bot.reminders.reaching import best_contact
from bot.work.context import Surroundings
from bot.work.delivery import Lane
from bot.work.offering import reason_text
from bot.work.rendering import Renderer
from bot.work.ticks import Tick
from storage import Database, Unit
from storage.records import NewOutgoing

AT_ONCE = 10
"""Messages in one transaction: no unit may hold the writer long."""
MORNING, EVENING = time(8), time(20)
"""Staff are told of what waits between these hours of their city."""
DECIDES = frozenset(role.value for role in (*KEEPERS, Role.ADMIN))
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


class OfferNews:
    """Sends what is due.

    Args:
        database: Where offers and the outbox are.
        around: Returns the content and everything else that is the same for everybody.
        tell: Called after the commit with the chats that have something new.
    """

    def __init__(
        self,
        database: Database,
        around: Callable[[], Surroundings],
        tell: Callable[[Collection[Chat]], None],
    ) -> None:
        self._database = database
        self._around = around
        self._tell = tell

    async def send_due(self) -> int:
        """Tell of all that was decided; return how many messages went out."""
        sent = 0
        while await self._database.read(lambda unit: unit.offers.list_news(1)):
            chats = await self._database.write(self._decided)
            sent += len(chats)
            self._tell(chats)
        return sent

    async def remind_staff(self) -> int:
        """Tell the staff of each city, at most once on a day, that something waits."""
        sent = 0
        for city in self._around().content.cities.values():
            if await self._database.read(partial(_count, city.id)):
                remind = partial(self._waiting, city=city.id, zone=ZoneInfo(city.zone))
                chats = await self._database.write(remind)
                sent += len(chats)
                self._tell(chats)
        return sent

    def _decided(self, unit: Unit) -> list[Chat]:
        news = unit.offers.list_news(AT_ONCE)
        unit.offers.mark_told([offer.id for offer, _ in news])
        letters = [_decision(offer, what) for offer, what in news if offer.made_by]
        return self._put_out(unit, letters)

    def _waiting(self, unit: Unit, city: str, zone: ZoneInfo) -> list[Chat]:
        now = unit.now.astimezone(zone)
        mark, today = f"offers.waiting.{city}", now.date()
        if not MORNING <= now.time() < EVENING or unit.marks.get(mark) == today.isoformat():
            return []
        unit.marks.put(mark, today.isoformat())
        count = unit.offers.count_waiting(city)
        people = {
            (one.person, one.channel) for one in unit.staff.list_staff(city) if one.role in DECIDES
        }
        return [
            chat
            for person, channel in sorted(people)
            for chat in self._put_out(unit, [_reminder(person, city, count, today)], channel)
        ]

    def _put_out(self, unit: Unit, letters: Iterable[Letter], channel: str = "") -> list[Chat]:
        """Write messages; on a channel where the person's role counts on that one alone."""
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


def offer_ticks(
    database: Database,
    around: Callable[[], Surroundings],
    tell: Callable[[Collection[Chat]], None],
) -> tuple[Tick, ...]:
    """Return what is done by the clock: telling soon what was decided, and staff now and then."""
    news = OfferNews(database, around, tell)
    return (Tick("offers", 10, news.send_due), Tick("offers that wait", 300, news.remind_staff))


def _count(city: str, unit: Unit) -> int:
    return unit.offers.count_waiting(city)


def _contact(unit: Unit, person: str, channel: str) -> Contact | None:
    contacts = [one for one in unit.contacts.list_of(person) if channel in ("", one.channel)]
    return best_contact(contacts, unit.people.consents(person), channel)


def _decision(offer: Offer, what: str) -> Letter:
    values: dict[str, Value] = {
        "title": offer.told.title,
        "reason": reason_text(offer.reason),
    }
    key = f"offer.{offer.id}.{offer.number}.{what}"
    text = Text(f"offers.news.{what}", values)
    return Letter(offer.made_by, key, text, f"offer.{offer.id}", "open", "offers.news.open.button")


def _reminder(person: str, city: str, count: int, today: date) -> Letter:
    text = Text("offers.news.waiting", {"count": count})
    key = f"offers.{city}.{today.isoformat()}.{person}"
    return Letter(person, key, text, "offers", "waiting", "offers.news.look.button")
