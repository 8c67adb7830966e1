"""The audit log's chain: each entry's hash covers the one before, so nothing goes unnoticed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

START = "0" * 64
"""What the first entry has for the hash of the one before."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One act of staff or of the system.

    Attributes:
        number: Counted from 1 without gaps.
        actor, subject: Random references of people; the link to a person can be deleted.
        facts: What else is worth knowing; ids and counts, never words of people.
    """

    number: int
    at: datetime
    action: str
    actor: str = ""
    subject: str = ""
    city: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    previous: str = START
    hash: str = ""


@dataclass(frozen=True, slots=True)
class AuditCheck:
    """What a check of the chain found: the number of the first entry that does not fit, or None."""

    entries: int
    broken_at: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether nothing was changed, removed or slipped in."""
        return self.broken_at is None


@dataclass(frozen=True, slots=True)
class AuditWanted:
    """Which entries somebody wants to see; what is empty asks nothing.

    Attributes:
        who: How a reference of the actor or the subject begins; at least 4 letters count.
        first, last: The days they are of, in UTC, both included.
        before: Only entries with a smaller number.
    """

    action: str = ""
    who: str = ""
    first: date | None = None
    last: date | None = None
    before: int | None = None

    def told(self) -> dict[str, str]:
        """Return what was asked for, as the log keeps it."""
        return {
            "action": self.action,
            "who": self.who[:8],
            "from": self.first.isoformat() if self.first else "",
            "to": self.last.isoformat() if self.last else "",
        }


def chained(entry: AuditEntry) -> str:
    """Return the hash of an entry over its content and the hash before it."""
    facts = "\x1e".join(f"{name}\x1f{entry.facts[name]}" for name in sorted(entry.facts))
    parts = (
        str(entry.number),
        entry.at.isoformat(),
        entry.action,
        entry.actor,
        entry.subject,
        entry.city,
        facts,
        entry.previous,
    )
    return hashlib.sha256("\x1d".join(parts).encode()).hexdigest()


def check(entries: Iterable[AuditEntry]) -> AuditCheck:
    """Walk the chain in order from its start.

    A cut at the end shows only against the newest hash kept elsewhere (backups, log lines).
    """
    previous, count = START, 0
    for count, entry in enumerate(entries, start=1):
        fits = entry.number == count and entry.previous == previous
        if not fits or entry.hash != chained(entry):
            return AuditCheck(count, broken_at=count)
        previous = entry.hash
    return AuditCheck(count)
