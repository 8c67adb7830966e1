"""What flows look up about what waits for staff: numbers, and the page for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from bot.campaigns.records import CampaignState
from bot.courses.offers import KEEPERS
from bot.insights.stops import FaultState
from bot.people import Role, may
from bot.people.complaints import COMPLAINT_ROLES
from bot.work.reads import Context, look

Json = dict[str, Any]
DECIDERS = frozenset({Role.APPROVER})
MENDERS = frozenset({Role.EDITOR})
MOST_CAMPAIGNS = 20
ASKED: Final[tuple[CampaignState, ...]] = ("waiting",)
"""States of campaigns that a second person has to decide about."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits; `late` of it longer than it should."""

    kind: str
    page: str
    count: int
    late: int = 0


@look("staff_waiting")
def staff_waiting(context: Context) -> list[Json]:
    """List what waits for somebody's decision, in the cities in which they may decide."""
    found = (one for one in _all(context) if one.count)
    return [
        {"kind": one.kind, "page": one.page, "count": one.count, "late": one.late} for one in found
    ]


def _all(context: Context) -> Iterator[Waiting]:
    unit = context.unit
    complaints = unit.complaints.backlog(_cities(context, COMPLAINT_ROLES))
    yield Waiting("complaints", "complaints", complaints.waiting, complaints.overdue)
    yield Waiting("approvals", "campaigns", _approvals(context))
    keeping = _cities(context, KEEPERS)
    yield Waiting("offers", "offers", sum(unit.offers.count_waiting(one) for one in keeping))
    reports = unit.reports.backlog(keeping)
    yield Waiting("reports", "catalogue", reports.waiting, reports.overdue)
    faults = unit.stops.list_faults(_cities(context, MENDERS))
    news = [one for one in faults if one.state in (FaultState.NEW, FaultState.BACK)]
    yield Waiting("faults", "conversations", len(news))


def _approvals(context: Context) -> int:
    """Return how many campaigns wait for this person's yes; nobody approves their own."""
    unit = context.unit
    own = unit.people.reference_of(context.person.id)
    return sum(
        unit.campaigns.current(one.id).made_by != own
        for city in _cities(context, DECIDERS)
        for one in unit.campaigns.list_in_city(city, ASKED, limit=MOST_CAMPAIGNS)
    )


def _cities(context: Context, roles: frozenset[Role]) -> list[str]:
    grants = context.teacher.grants
    return [city for city in context.content.cities if may(grants, roles, city)]
