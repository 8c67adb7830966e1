"""What staff see and decide about opportunities, and what an employer's page shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from bot.talent.records import Opportunity, Shared
from bot.talent.reports import Outcome, Report

Act: TypeAlias = Literal["approve", "decline", "stop", "report"]
ACTS: tuple[Act, ...] = ("approve", "decline", "stop", "report")
"""What staff can do; each is written to the audit log."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for staff.

    Attributes:
        overdue: How many of the reports should have been decided by now.
    """

    opportunities: int = 0
    reports: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class Board:
    """The opportunities and reports of some cities.

    Attributes:
        titles: What each reported opportunity is called, by its id.
    """

    waiting: tuple[Opportunity, ...] = ()
    running: tuple[Opportunity, ...] = ()
    others: tuple[Opportunity, ...] = ()
    reports: tuple[Report, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Examined:
    """One opportunity as staff look at it.

    Attributes:
        changed: The parts that differ from what was approved before; empty for a new one.
        checks: What to look at, as names of texts.
        invited, said_yes: How many people; staff never see who.
        is_own: Whether whoever looks wrote it, and so may not approve it.
    """

    opportunity: Opportunity
    changed: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    invited: int = 0
    said_yes: int = 0
    reports: tuple[Report, ...] = ()
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """What staff decide.

    Attributes:
        number, change: The version that they looked at.
        reason: For whoever wrote it; needed to decline and to stop.
        reference, outcome: Of a report.
    """

    act: Act
    number: int = 0
    change: int = 0
    reason: str = ""
    reference: str = ""
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class YesPage:
    """What an employer sees at its private address: those who said yes, and nobody else."""

    token: str
    opportunity: Opportunity
    people: tuple[Shared, ...]
