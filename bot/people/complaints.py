"""Complaints about how people's data or they themselves are treated, and the clock that runs.

The law (UK, from June 2026) wants a way that anybody can use, an answer that it arrived within 30
days, and an outcome without undue delay. That it arrived is said at once, so the days run for the
outcome.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.people.roles import Role

COMPLAINT_ROLES: frozenset[Role] = frozenset({Role.LIAISON, Role.ADMIN})
"""Who deals with complaints."""
DECIDED_WITHIN = timedelta(days=30)
"""The outcome is due so long after the complaint; later it is overdue."""
SOON = timedelta(days=7)
"""Before it is due staff are shown that it is soon."""
LONGEST_WORDS = 1500
MOST_OPEN = 3
MOST_LINES = 30
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


class State(StrEnum):
    """Where a complaint stands."""

    OPEN = "open"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class Outcome(StrEnum):
    """How a complaint ended."""

    PUT_RIGHT = "put-right"
    PARTLY = "partly"
    NOT_AGREED = "not-agreed"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was said in a complaint."""

    at: datetime
    is_staff: bool
    words: str


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint of one person.

    Attributes:
        reference: What both sides call it, such as "C-7K3MPQ".
        lines: What was said, oldest first.
        closed_at: When it was decided or withdrawn.
    """

    id: str
    reference: str
    person: str
    city: str
    state: State
    lines: tuple[Line, ...]
    opened_at: datetime
    closed_at: datetime | None = None
    outcome: Outcome | None = None

    @property
    def due_at(self) -> datetime:
        """When the outcome is due."""
        return self.opened_at + DECIDED_WITHIN

    def days_left(self, now: datetime) -> int:
        """Return the whole days until the outcome is due; less than 0 when it is overdue."""
        return (self.due_at - now).days


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many complaints are open, and how many of them are overdue."""

    waiting: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class ComplaintList:
    """Open complaints by their age, and those that ended, newest first."""

    waiting: tuple[Complaint, ...] = ()
    ended: tuple[Complaint, ...] = ()


def new_reference() -> str:
    """Return a name for a complaint that can be read out: no letters that look alike."""
    return "C-" + "".join(secrets.choice(_LETTERS) for _ in range(6))


def tidied(words: str) -> str:
    """Return what somebody wrote, short enough to be kept."""
    return words.strip()[:LONGEST_WORDS]
