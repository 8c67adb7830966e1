"""Reports that an employer misuses invitations, and the clock that runs for staff."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

SEEN_WITHIN: Final = timedelta(days=2)
"""Staff are to have decided within this; later it is overdue."""
SOON: Final = timedelta(days=1)
WHYS: Final = ("money", "not_real", "not_as_said", "unfair", "unsafe", "other")
"""What somebody may say is wrong; the words are texts."""
MOST_OPEN: Final = 3
"""Of one person."""
LONGEST: Final = 500
_LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


class Outcome(StrEnum):
    """How a report ended."""

    FINE = "fine"
    PUT_RIGHT = "put-right"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Report:
    """What one person reports.

    Attributes:
        reference: What both sides call it, such as "M-7K3MPQ".
        opportunity: Its id.
        why: One of `WHYS`; `words` are the person's own, and may be empty.
        closed_at: When staff decided.
    """

    id: str
    reference: str
    city: str
    opportunity: str
    person: str
    why: str
    words: str
    opened_at: datetime
    closed_at: datetime | None = None
    outcome: Outcome | None = None

    @property
    def due_at(self) -> datetime:
        """When staff are to have decided."""
        return self.opened_at + SEEN_WITHIN

    def clock(self, now: datetime) -> str:
        """Return "late", "soon" or "due"."""
        if now > self.due_at:
            return "late"
        return "soon" if self.due_at - now < SOON else "due"


def new_reference() -> str:
    """Return a name for a report that can be read out: no letters that look alike."""
    return "M-" + "".join(secrets.choice(_LETTERS) for _ in range(6))
