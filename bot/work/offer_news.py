"""Telling who wrote an offer what became of it, and staff that something waits for them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, time
from functools import partial
from zoneinfo import ZoneInfo

from bot.conversation.messages import Text, Value
from bot.courses.offers import KEEPERS, Offer
from bot.people import Role
from bot.work.context import Surroundings
from bot.work.offering import reason_text
from bot.work.posting import Chat, Letter, Posting
from bot.work.ticks import Tick
from storage import Database, Unit

AT_ONCE = 10
"""Messages in one transaction: no unit may hold the writer long."""
MORNING, EVENING = time(8), time(20)
"""Staff are told of what waits between these hours of their city."""
DECIDES = frozenset(role.value for role in (*KEEPERS, Role.ADMIN))


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
        self._post = Posting(around)
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
        return self._post.put_out(unit, letters)

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
            for chat in self._post.put_out(unit, [_reminder(person, city, count, today)], channel)
        ]


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
