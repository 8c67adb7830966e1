"""What staff know and did about listings and those who give them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.courses.keeping.fields import FieldName

REPORT_DUE = timedelta(days=5)
"""A report on a listing shall be looked at within so long; later it is overdue."""
LONGEST_ANSWER = 500
OUTCOMES = ("fixed", "hidden", "provider", "right", "other")
"""How a report ends: put right, kept off the list, told to the provider, nothing was wrong."""


@dataclass(frozen=True, slots=True)
class ListingFix:
    """One field of a listing as staff put it right.

    Attributes:
        value: What stands there now, as text.
        was: What the source said when it was put right.
        made_by: A reference as in the audit log.
    """

    field: FieldName
    value: str
    was: str
    made_by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ListedProvider:
    """What staff know of an organisation that courses name.

    Attributes:
        contact: How staff reach it: of the organisation, not of a person.
        agreed: "yes" or "no" as it said about being listed, or empty.
        goes_by: The name that its courses are shown under instead; empty for its own.
    """

    name: str
    contact: str = ""
    agreed: str = ""
    note: str = ""
    goes_by: str = ""
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits of the reports on listings.

    Attributes:
        overdue: How many wait longer than they should.
    """

    waiting: int = 0
    overdue: int = 0
