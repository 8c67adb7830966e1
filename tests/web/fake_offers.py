"""The real desk for offers, over offers in memory."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from bot.courses.offers import Told, course_of
from bot.courses.records import Course
from bot.skills.tagging import shipped_rules
from bot.web.stored_offers import StoredOfferDesk
from content.load import Content
from tests.courses.offers.filled import told
from tests.support.written_offers import OffersInMemory, ReachInMemory, WishesInMemory

NOW = datetime(2027, 1, 4, 9, 30, tzinfo=UTC)


class _Memory:
    """A database in which every unit of work sees the same offers."""

    def __init__(self, offers: OffersInMemory) -> None:
        self._unit: Any = SimpleNamespace(
            offers=offers, reach=ReachInMemory(), wishes=WishesInMemory()
        )

    async def read(self, work: Callable[[Any], Any]) -> Any:
        return work(self._unit)

    write = read

    def now(self) -> datetime:
        return NOW


class FakeOffers:
    """Two offers of the Tea Room in Manchester: one is published, one waits."""

    def __init__(self, content: Callable[[], Content]) -> None:
        self.kept = OffersInMemory()
        for title in ("Tea and tablets", "Phones & friends"):
            made = self.kept.begin("ann", "manchester", "The Tea Room", told(title=title))
            self.kept.send(made.id, "ann")
        self.kept.publish("offer0", 1, "sam", None)
        self.desk = StoredOfferDesk(
            _Memory(self.kept),  # type: ignore[arg-type]  # what it uses of a database
            content,
            shipped_rules,
            _resolve,
            self._search,
        )

    def _search(self, city: str, words: str, limit: int) -> list[Course]:
        live = [one for one in self.kept.kept.values() if one.live and one.city == city]
        return [course_of(one, one.live or Told()) for one in live][:limit]


def _resolve(city: str, typed: str) -> list[Any]:
    known = {"m14 5rx": "M14 5RX", "hulme": "Hulme"}
    name = known.get(typed.casefold())
    return [SimpleNamespace(name=name, lat=53.45, lon=-2.24)] if name else []
