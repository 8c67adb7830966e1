"""Telling those who teach, at most once on a day, that employers asked something of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime, time
from functools import partial
from zoneinfo import ZoneInfo

from bot.conversation.messages import Text
from bot.needs.employers import AskKind
from bot.people import Role, organisation_key
from bot.work.context import Surroundings
from bot.work.posting import Chat, Letter, Posting
from bot.work.ticks import Tick
from storage import Database, Unit

MORNING, EVENING = time(9), time(20)
"""They are told between these hours of their city."""


class AskNews:
    """Tells what came since the last time.

    Args:
        database: Where asks and the outbox are.
        around: Returns the content and everything else that is the same for everybody.
        tell: Called after the commit with the chats that have something new.
    """

    def __init__(
        self,
        database: Database,
        around: Callable[[], Surroundings],
        tell: Callable[[Collection[Chat]], None],
    ) -> None:
        self._database, self._around, self._tell = database, around, tell
        self._post = Posting(around)

    async def send_due(self) -> int:
        """Tell the providers of every city; return how many messages went out."""
        sent = 0
        for city in self._around().content.cities.values():
            is_due = partial(_is_due, city=city.id, zone=ZoneInfo(city.zone))
            if await self._database.read(is_due):
                chats = await self._database.write(
                    partial(self._send, city=city.id, zone=ZoneInfo(city.zone))
                )
                sent += len(chats)
                self._tell(chats)
        return sent

    def _send(self, unit: Unit, city: str, zone: ZoneInfo) -> list[Chat]:
        today = unit.now.astimezone(zone).date()
        letters = list(_letters(unit, city, today))
        unit.marks.put(_mark(city), unit.now.isoformat())
        return [
            chat
            for letter, channel in letters
            for chat in self._post.put_out(unit, [letter], channel)
        ]


def ask_ticks(
    database: Database,
    around: Callable[[], Surroundings],
    tell: Callable[[Collection[Chat]], None],
) -> tuple[Tick, ...]:
    """Return what is done by the clock."""
    return (Tick("asks of providers", 300, AskNews(database, around, tell).send_due),)


def _mark(city: str) -> str:
    return f"asks.told.{city}"


def _told_at(unit: Unit, city: str) -> datetime | None:
    kept = unit.marks.get(_mark(city))
    return datetime.fromisoformat(kept) if kept else None


def _is_due(unit: Unit, city: str, zone: ZoneInfo) -> bool:
    """Whether it is day, nobody was told today, and something came since."""
    now, told_at = unit.now.astimezone(zone), _told_at(unit, city)
    is_told = told_at is not None and told_at.astimezone(zone).date() == now.date()
    return MORNING <= now.time() < EVENING and not is_told and bool(_asked(unit, city))


def _asked(unit: Unit, city: str) -> dict[str, int]:
    """Return how much was asked since the last time, by the provider's key."""
    told_at = _told_at(unit, city)
    counts: dict[str, int] = {}
    for ask in unit.asks.list_open(city):
        if ask.kind is AskKind.PROVIDERS and (told_at is None or ask.at > told_at):
            key = organisation_key(ask.provider)
            counts[key] = counts.get(key, 0) + 1
    return counts


def _letters(unit: Unit, city: str, today: date) -> Iterator[tuple[Letter, str]]:
    """Yield a letter for each provider of whom something is asked, with their channel."""
    asked = _asked(unit, city)
    for one in unit.staff.list_staff(city):
        count = asked.get(organisation_key(one.provider), 0) if one.provider else 0
        if one.role == Role.PROVIDER.value and count:
            key = f"asks.{city}.{today.isoformat()}.{one.person}"
            text = Text("asks.news", {"count": count})
            yield (
                Letter(one.person, key, text, "asks", "look", "asks.news.look.button"),
                one.channel,
            )
