"""Where listings come from, the runs that bring them, and what people report of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Feed:
    """An address that is imported again and again.

    Attributes:
        etag, modified: What the server said about the version we have.
        failures: How often in a row it failed.
        last_status: How the last fetch ended, in a word or a code.
    """

    id: str
    city: str
    provider: str
    address: str
    interval_hours: int = 24
    is_on: bool = True
    etag: str = ""
    modified: str = ""
    failures: int = 0
    last_status: str = ""
    next_at: datetime | None = None
    fetched_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ImportRun:
    """One run of an import; `report` is empty while it runs.

    Attributes:
        kind: "import", or "trial": nothing is stored.
        feed: Of which feed it is, by its id; empty for a file.
        made_by: Which member of staff began it, as in the audit log; empty for a schedule.
        step, courses: How far it is: "reading" or "storing", and how many courses.
    """

    id: str
    city: str
    source: str
    address: str
    started_at: datetime
    ended_at: datetime | None = None
    report: Mapping[str, Any] = field(default_factory=dict)
    kind: str = "import"
    feed: str = ""
    made_by: str = ""
    step: str = ""
    courses: int = 0


@dataclass(frozen=True, slots=True)
class ListingReport:
    """Somebody says that a listing is wrong.

    Attributes:
        person: Who said it; None where nobody knows, or they were erased.
        wants_answer: They asked to be told what came of it.
    """

    id: str
    city: str
    course: str
    reason: str
    words: str
    at: datetime
    outcome: str = ""
    settled_at: datetime | None = None
    person: str | None = None
    wants_answer: bool = False
    answer: str = ""
    provider_told_at: datetime | None = None
