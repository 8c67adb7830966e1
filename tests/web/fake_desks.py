"""The desks about the running of the service, in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from bot.people import AuditCheck, AuditEntry, AuditWanted
from bot.people.audit import chained
from bot.people.complaints import Backlog, Complaint, ComplaintList, Line, Outcome, State
from bot.people.support import Asked, PeopleCount, SupportCase, spoken
from bot.web.audit_port import AuditView
from bot.web.desks import Desks
from tests.web.fake_codesign import FakeCodesign
from tests.web.fake_content import FakeContent
from tests.web.fake_faults import FakeFaults
from tests.web.fake_network import FakeNetwork
from tests.web.fake_settings import FakeProgram, FakeSettings
from tests.web.fake_talent import FakeOpportunities

REFERENCE = "3fa8-91c2-7b04"
AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
LONG_AGO = datetime(2026, 10, 1, 9, 30, tzinfo=UTC)
LATE = "C-222222"
SAID = Line(LONG_AGO, False, "Nobody answers <b>the phone</b>")


def _entry(number: int, action: str, city: str, **facts: str) -> AuditEntry:
    entry = AuditEntry(number, AT, action, "a" * 22, "b" * 22, city, facts)
    return replace(entry, hash=chained(entry))


@dataclass
class FakeAudit:
    """Three entries: of Manchester, of Belfast, of no single city."""

    entries: list[AuditEntry] = field(
        default_factory=lambda: [
            _entry(3, "listing.settled", "manchester", why="=1+1 <b>"),
            _entry(2, "listing.settled", "belfast"),
            _entry(1, "staff.signed_in", ""),
        ]
    )
    broken_at: int | None = None
    asked: list[tuple[str, AuditWanted]] = field(default_factory=list)

    async def look(self, wanted: AuditWanted, cities: Sequence[str], by: str) -> AuditView:
        del by
        self.asked.append(("look", wanted))
        found = [one for one in self.entries if one.city in cities]
        actions = sorted({one.action for one in found})
        return AuditView(found, actions, AuditCheck(3, self.broken_at), has_more=True)

    async def export(
        self, wanted: AuditWanted, cities: Sequence[str], by: str
    ) -> Sequence[AuditEntry]:
        del by
        self.asked.append(("export", wanted))
        return [one for one in self.entries if one.city in cities]


@dataclass
class FakeSupport:
    """One person of Manchester, who is to be erased."""

    case: SupportCase = field(
        default_factory=lambda: SupportCase(
            reference=REFERENCE,
            city="manchester",
            language="ur",
            since=AT.date(),
            seen_on=AT.date(),
            channels={"telegram": True, "web": False},
            held={"saved_course": 3},
            erased_at=AT,
        )
    )
    done: list[tuple[str, str]] = field(default_factory=list)

    async def counts(self, cities: Sequence[str]) -> Sequence[PeopleCount]:
        return [PeopleCount(city, 1_237, 4) for city in cities]

    async def find(self, reference: str, cities: Sequence[str], by: str) -> SupportCase | None:
        del by
        is_it = spoken(reference) == REFERENCE and self.case.city in cities
        return self.case if is_it else None

    async def export(
        self, reference: str, cities: Sequence[str], asked: Asked, by: str
    ) -> Mapping[str, Any] | None:
        del reference, cities, by
        self.done.append(("export", asked))
        return {"saved_course": [{"course": "excel"}]}

    async def erase(self, reference: str, cities: Sequence[str], asked: Asked, by: str) -> bool:
        del reference, cities, by
        self.done.append(("erase", asked))
        return True

    async def keep(self, reference: str, cities: Sequence[str], by: str) -> bool:
        del reference, cities, by
        self.done.append(("keep", ""))
        return True


@dataclass
class FakeComplaints:
    """One that is overdue, and one that ended."""

    kept: dict[str, Complaint] = field(
        default_factory=lambda: {
            one.reference: one
            for one in (
                Complaint("1", LATE, "anna", "manchester", State.OPEN, (SAID,), LONG_AGO),
                Complaint(
                    *("2", "C-333333", "anna", "manchester", State.CLOSED, (), AT, AT),
                    outcome=Outcome.PARTLY,
                ),
            )
        }
    )
    sent: list[tuple[str, str]] = field(default_factory=list)

    async def listed(self, cities: Sequence[str]) -> ComplaintList:
        found = [one for one in self.kept.values() if one.city in cities]
        return ComplaintList(
            tuple(one for one in found if one.state is State.OPEN),
            tuple(one for one in found if one.state is not State.OPEN),
        )

    async def backlog(self, cities: Sequence[str]) -> Backlog:
        waiting = len((await self.listed(cities)).waiting)
        return Backlog(waiting, waiting)

    async def find(self, reference: str, cities: Sequence[str], by: str) -> Complaint | None:
        del by
        found = self.kept.get(reference)
        return found if found and found.city in cities else None

    async def answer(
        self,
        reference: str,
        cities: Sequence[str],
        words: str,
        outcome: Outcome | None,
        by: str,
    ) -> bool:
        del cities, by
        if self.kept[reference].state is not State.OPEN:
            return False
        self.sent.append((words, outcome or "answer"))
        return True


def fake_desks() -> Desks:
    """Return all of them."""
    return Desks(
        audit=FakeAudit(),
        support=FakeSupport(),
        complaints=FakeComplaints(),
        opportunities=FakeOpportunities(),
        content=FakeContent(),
        codesign=FakeCodesign(),
        faults=FakeFaults(),
        network=FakeNetwork(),
        program=FakeProgram(),
        settings=FakeSettings(),
    )
