"""Faults of the program, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from bot.insights.stops import Fault, FaultState, in_order

FAULT, OTHER = "f" * 22, "e" * 22
AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def fault(key: str, city: str, **more: object) -> Fault:
    made = Fault(key, city, "menu", "learning", "KeyError", AT, AT, 7, FaultState.NEW, ("a1b2c3",))
    return replace(made, **more)  # type: ignore[arg-type]


@dataclass
class FakeFaults:
    """One of Manchester, one of Belfast."""

    kept: dict[str, Fault] = field(
        default_factory=lambda: {
            FAULT: fault(FAULT, "manchester"),
            OTHER: fault(OTHER, "belfast", flow="", step="", references=("d4e5f6",), chats=3),
        }
    )
    marked: list[tuple[str, str]] = field(default_factory=list)

    async def listed(self, cities: Sequence[str]) -> Sequence[Fault]:
        return in_order(one for one in self.kept.values() if one.city in cities)

    async def find(self, reference: str, cities: Sequence[str]) -> Fault | None:
        found = (one for one in await self.listed(cities) if reference in one.references)
        return next(found, None)

    async def mark(self, fault: str, cities: Sequence[str], state: FaultState, by: str) -> bool:
        del by
        if fault not in self.kept or self.kept[fault].city not in cities:
            return False
        self.kept[fault] = replace(self.kept[fault], state=state)
        self.marked.append((fault, state))
        return True
