"""Feeds and runs of imports as staff see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

CUT_OFF_AFTER = timedelta(minutes=20)
"""A run that began longer ago and has not ended never will: its process is gone."""
TRIAL = "trial"
MOST_UPLOADED = 20 * 1024 * 1024
"""Bytes of a file that staff give."""
INTERVALS = (6, 24, 72, 168)
"""Hours between two looks at a feed."""


@dataclass(frozen=True, slots=True)
class FaultyRow:
    """A row that was kept out (`is_out`), or taken in but worth a look."""

    where: str
    field: str
    reason: str
    is_out: bool


@dataclass(frozen=True, slots=True)
class Run:
    """One run of an import, or a trial of one.

    Attributes:
        name: The file's name or the address.
        state: "running", "cut_off", "refused", "stopped" (more would go than is allowed without
            asking), "same" (the feed has not changed), "tried" or "done".
        refused: Why it was not taken, in words.
        counts: Of courses: "new", "changed", "unchanged", "withdrawn", "rejected", "warnings".
        made_by: A reference as in the audit log; empty for a schedule.
        has_file: Its file is still there, so that it can be imported.
    """

    id: str
    city: str
    provider: str
    name: str
    state: str
    started_at: datetime
    ended_at: datetime | None = None
    is_trial: bool = False
    format: str = ""
    refused: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    step: str = ""
    courses: int = 0
    made_by: str = ""
    feed: str = ""
    has_file: bool = False

    @property
    def is_running(self) -> bool:
        """Whether it goes on."""
        return self.state == "running"


@dataclass(frozen=True, slots=True)
class FeedLine:
    """A feed and how its last run went.

    Attributes:
        problem: How the last look ended, where it failed: a text id.
    """

    id: str
    city: str
    provider: str
    address: str
    interval_hours: int
    is_on: bool
    next_at: datetime | None
    fetched_at: datetime | None
    failures: int
    problem: str
    last: Run | None


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file that staff give, in pieces that fit a short transaction each."""

    name: str
    pieces: Sequence[bytes]
