"""Listings, reports and providers as staff see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b

from bot.courses.keeping.fields import FieldName
from bot.courses.keeping.fixing import Misread
from bot.courses.keeping.records import REPORT_DUE, ListedProvider, ListingFix
from bot.courses.records import Course
from bot.courses.search.results import Chip, SearchResult, Weight


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody says is wrong with a listing; never who they are.

    Attributes:
        wants_answer: They hear what came of it.
        is_there: The listing can still be found.
    """

    id: str
    city: str
    course: str
    title: str
    provider: str
    reason: str
    words: str
    at: datetime
    wants_answer: bool = False
    provider_told_at: datetime | None = None
    is_there: bool = True

    def days_left(self, now: datetime) -> int:
        """Return in how many days somebody shall have looked at it; negative once that is past."""
        return (self.at + REPORT_DUE - now).days


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A page of what waits, oldest first, and whether there is more."""

    reports: tuple[Report, ...] = ()
    has_more: bool = False


@dataclass(frozen=True, slots=True)
class KeptListing:
    """A listing with what its source says, what staff put right, and what people report.

    Attributes:
        course: As people see it.
        told: As its source gives it.
        status: "active", "hidden" or "withdrawn".
        source: Where it comes from: "feed" (or a file), "offer" or "sample".
        reports: Of those that wait, oldest first.
    """

    course: Course
    told: Course
    status: str
    source: str
    first_seen_at: datetime
    changed_at: datetime
    fixes: tuple[ListingFix, ...] = ()
    reports: tuple[Report, ...] = ()


@dataclass(frozen=True, slots=True)
class Fixed:
    """What became of a form: the fields that were kept, or those that could not be read."""

    kept: tuple[FieldName, ...] = ()
    faults: tuple[Misread, ...] = ()


@dataclass(frozen=True, slots=True)
class Searched:
    """A search as a resident gets it, and what it rests on.

    Attributes:
        weights: By course id.
        without: Only where nothing was found: each filter, and how many there are without it.
        courses: How many courses the city has.
    """

    result: SearchResult
    weights: Mapping[str, Weight] = field(default_factory=dict)
    without: tuple[tuple[Chip, int], ...] = ()
    courses: int = 0


@dataclass(frozen=True, slots=True)
class ProviderLine:
    """An organisation that courses name, or that staff know.

    Attributes:
        key: Its name as names are compared.
        spellings: Other names that its courses are shown under this one instead of.
        sources: Where its courses come from, with how many: "feed", "offer", "sample".
        imported_at: When it was last in a feed or a file.
        people: How many speak for it.
    """

    city: str
    key: str
    known: ListedProvider
    courses: int
    sources: Mapping[str, int] = field(default_factory=dict)
    imported_at: datetime | None = None
    people: int = 0
    spellings: tuple[str, ...] = ()

    @property
    def reference(self) -> str:
        """What its pages are called: a name may hold anything, an address may not."""
        return blake2b(self.key.encode(), digest_size=8).hexdigest()
