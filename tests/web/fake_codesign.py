"""A round of Manchester in memory, about the shipped draft of sector skills."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from bot.codesign.drafting import Draft, draft_of
from bot.codesign.records import (
    Act,
    Change,
    Clear,
    Kind,
    Matters,
    NewRound,
    Round,
    RoundLine,
    RoundSheet,
    Suggestion,
    Tallied,
    Verdict,
)
from bot.errors import NotFound
from content.frameworkfiles import read_frameworks
from content.frameworks import Framework
from content.load import SHIPPED

AT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
ROUND = "round1"
ITEM = "data.prepare.1a"
IDEA, MISSED = "suggestion1", "suggestion2"
NEW = NewRound(
    "manchester", "Sector skills <b>", "sectors-draft", "0.1", ("data",), date(2026, 11, 1),
    date(2027, 11, 1), 5,
)  # fmt: skip


def _framework() -> Framework:
    return read_frameworks(SHIPPED, []).frameworks["sectors-draft"]


def _sheet() -> RoundSheet:
    said = "Type facts in, <script>no</script> mistakes"
    return RoundSheet(
        round=Round(ROUND, "Token_0000000000000000", NEW, AT),
        joined={Kind.RESIDENT: 9, Kind.EMPLOYER: 6, Kind.OTHER: 1},
        tallies=(
            Tallied(ITEM, Kind.RESIDENT, Clear.YES, Matters.LOT, 9),
            Tallied(ITEM, Kind.EMPLOYER, Clear.NO, Matters.LITTLE, 5),
            Tallied("data.analyse.2a", Kind.EMPLOYER, Clear.PARTLY, None, 2),
        ),
        waiting=2,
        skipped={ITEM: 1},
        suggestions=(
            Suggestion(IDEA, ITEM, Kind.EMPLOYER, said, AT, may_stay=True),
            Suggestion(MISSED, "", Kind.OTHER, "Ask who may see a list", AT),
        ),
        changes=(Change(ITEM, Act.REWORD, "data.prepare", 1, "Put facts into a sheet", "Shorter"),),
        untold=3,
    )


@dataclass
class FakeCodesign:
    """What the pages stand on; acts are kept by their names."""

    held: dict[str, RoundSheet] = field(default_factory=lambda: {ROUND: _sheet()})
    frameworks: Mapping[str, Framework] = field(
        default_factory=lambda: {"sectors-draft": _framework()}
    )
    done: list[tuple[Any, ...]] = field(default_factory=list)

    async def listed(self, cities: Sequence[str]) -> Sequence[RoundLine]:
        found = [one for one in self.held.values() if one.round.new.city in cities]
        return [RoundLine(one.round, 16, 16) for one in found]

    async def sheet(self, round_id: str, cities: Sequence[str]) -> RoundSheet | None:
        found = self.held.get(round_id)
        return found if found and found.round.new.city in cities else None

    def draft(self, sheet: RoundSheet) -> Draft | None:
        live = self.frameworks.get(sheet.round.new.framework)
        new = sheet.round.new
        return draft_of(live, sheet.changes, sheet.suggestions, new.title) if live else None

    async def make(self, new: NewRound, by: str) -> Round:
        self.done.append(("make", new))
        return Round("round2", "Token", new, AT)

    async def end(self, round_id: str, cities: Sequence[str], by: str) -> None:
        await self._note(round_id, cities, "end")

    async def move(
        self, round_id: str, cities: Sequence[str], opens: date, closes: date, by: str
    ) -> None:
        await self._note(round_id, cities, "move", opens, closes)

    async def mark(
        self,
        round_id: str,
        cities: Sequence[str],
        suggestion: str,
        verdict: Verdict,
        why: str,
        by: str,
        *,
        is_open: bool,
    ) -> None:
        await self._note(round_id, cities, "mark", suggestion, verdict, why, is_open)

    async def decide(self, round_id: str, cities: Sequence[str], change: Change, by: str) -> None:
        await self._note(round_id, cities, "decide", change)

    async def keep(self, round_id: str, cities: Sequence[str], item: str, by: str) -> None:
        await self._note(round_id, cities, "keep", item)

    async def exported(self, found: Round, by: str) -> None:
        self.done.append(("exported", found.id))

    async def tell(self, round_id: str, cities: Sequence[str], by: str) -> int:
        await self._note(round_id, cities, "tell")
        return self.held[round_id].untold

    def put(self, **changed: Any) -> None:
        """Change what is known of the round."""
        self.held[ROUND] = replace(self.held[ROUND], **changed)

    async def _note(self, round_id: str, cities: Sequence[str], *act: Any) -> None:
        if await self.sheet(round_id, cities) is None:
            raise NotFound("There is no such round in these cities.")
        self.done.append(act)
