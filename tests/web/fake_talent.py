"""Opportunities in memory: one that waits, one that runs with those who said yes, one report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from bot.errors import Refused
from bot.talent.checks import checks
from bot.talent.records import Opportunity, Shared, State
from bot.talent.reports import Report
from bot.talent.staffing import Board, Decision, Examined, Waiting, YesPage
from tests.support.invited_people import SHOP

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
ASKED, RUNS = "opportunity1", "opportunity2"
YES_TOKEN = "yes" + "y" * 19
REPORTED = "M-234567"
PEOPLE = (
    Shared("c" * 22, ("cv",), "Amira <b>Khan</b>", "amira@example.org"),
    Shared("d" * 22, ("badges",), message="Please ring us on Monday"),
    Shared("", ()),
)


def _made(key: str, state: State) -> Opportunity:
    live = SHOP if state is State.RUNNING else None
    title = "Shop assistant <i>" if state is State.SENT else SHOP.title
    return Opportunity(
        key, "manchester", "org", "The Shop", "boss", 1, state, replace(SHOP, title=title), live,
        "", YES_TOKEN, 3, AT, sent_at=AT,
    )  # fmt: skip


@dataclass
class FakeOpportunities:
    """What `bot.work.talent.desk.TalentDesk` does."""

    kept: dict[str, Opportunity] = field(
        default_factory=lambda: {
            ASKED: _made(ASKED, State.SENT),
            RUNS: _made(RUNS, State.RUNNING),
        }
    )
    report: Report = field(
        default_factory=lambda: Report(
            "1", REPORTED, "manchester", RUNS, "anna", "money", "They want <u>£50</u>", AT
        )
    )
    people: tuple[Shared, ...] = PEOPLE
    decided: list[Decision] = field(default_factory=list)
    refuses: str = ""
    is_own: bool = False

    async def yes_page(self, token: str) -> YesPage | None:
        return YesPage(token, self.kept[RUNS], self.people) if token == YES_TOKEN else None

    async def waiting(self, cities: Sequence[str]) -> Waiting:
        return Waiting(1, 1, 1) if "manchester" in cities else Waiting()

    async def board(self, cities: Sequence[str]) -> Board:
        if "manchester" not in cities:
            return Board()
        asked, runs = self.kept[ASKED], self.kept[RUNS]
        return Board((asked,), (runs,), (), (self.report,), {RUNS: runs.shown.title})

    async def examine(self, key: str, cities: Sequence[str], by: str) -> Examined | None:
        found = self.kept.get(key)
        if found is None or found.city not in cities:
            return None
        return Examined(
            found,
            ("pay",) if found.live else (),
            checks(found.draft),
            12,
            3,
            (self.report,) if key == RUNS else (),
            self.is_own,
        )

    async def decide(self, key: str, cities: Sequence[str], decision: Decision, by: str) -> bool:
        if self.refuses:
            raise Refused(self.refuses)
        if key not in self.kept or self.kept[key].city not in cities:
            return False
        self.decided.append(decision)
        return True
