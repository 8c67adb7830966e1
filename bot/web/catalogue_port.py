"""What the pages about the catalogue need from the rest of the program. Every act is audited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.courses import SearchRequest
from bot.courses.keeping import FieldName
from bot.courses.keeping.records import Backlog
from bot.courses.keeping.running import FaultyRow, FeedLine, GivenFile, Run
from bot.courses.keeping.seeing import (
    Fixed,
    KeptListing,
    ProviderLine,
    Report,
    ReportPage,
    Searched,
)
from bot.people import Role

CATALOGUE_ROLES: frozenset[Role] = frozenset({Role.EDITOR, Role.LIAISON})
"""Whoever keeps the listings of a city right."""


class ListingDesk(Protocol):
    """Listings of some cities: those of others are not there."""

    async def search(self, city: str, request: SearchRequest) -> Searched | None:
        """Search as a resident of a city does; None while its courses are being read."""
        ...

    async def find(self, course: str, cities: Sequence[str]) -> KeptListing | None:
        """Return a listing, hidden and withdrawn ones too."""
        ...

    async def list_hidden(self, cities: Sequence[str]) -> Sequence[KeptListing]:
        """Return what staff keep off the lists."""
        ...

    async def fix(
        self, course: str, cities: Sequence[str], form: Mapping[FieldName, str], by: str
    ) -> Fixed | None:
        """Put right what a form changes; None for no listing of theirs."""
        ...

    async def hide(self, course: str, cities: Sequence[str], by: str) -> bool:
        """Keep a listing off the list; False where it is not theirs or off already."""
        ...

    async def undo(self, course: str, cities: Sequence[str], field: FieldName, by: str) -> bool:
        """Let a correction count no longer, or show a hidden listing; False for none of theirs."""
        ...


class ReportDesk(Protocol):
    """Reports of residents on listings of some cities."""

    async def waiting(self, cities: Sequence[str], page: int = 0) -> ReportPage:
        """Return a page of what waits, oldest first."""
        ...

    async def backlog(self, cities: Sequence[str]) -> Backlog:
        """Return how many wait."""
        ...

    async def find(self, report: str, cities: Sequence[str]) -> Report | None:
        """Return a report that waits."""
        ...

    async def take(
        self, chat: str, course: str, reason: str, words: str, *, wants_answer: bool
    ) -> str:
        """Take a report from a page; return which text of the course answers, or "gone"."""
        ...

    async def settle(
        self,
        report: str,
        cities: Sequence[str],
        outcome: str,
        words: str,
        by: str,
        *,
        takes_all: bool = False,
    ) -> bool:
        """Close a report, and tell who asked for it; False where it is not theirs."""
        ...

    async def tell_provider(
        self, report: str, cities: Sequence[str], words: str, by: str
    ) -> int | None:
        """Write to those who speak for the provider; return to how many."""
        ...


class ImportDesk(Protocol):
    """Feeds, trials and imports of some cities."""

    async def feeds(self, cities: Sequence[str]) -> Sequence[FeedLine]:
        """Return the feeds."""
        ...

    async def runs(self, cities: Sequence[str], before: datetime | None = None) -> Sequence[Run]:
        """Return a page of runs, newest first."""
        ...

    async def run(self, run: str, cities: Sequence[str]) -> tuple[Run, Sequence[FaultyRow]] | None:
        """Return a run with every faulty row."""
        ...

    async def add_feed(self, city: str, provider: str, address: str, hours: int, by: str) -> str:
        """Add a feed and begin to import it. Raises Refused or ImportRefused."""
        ...

    async def change_feed(self, feed: str, cities: Sequence[str], act: str, by: str) -> bool:
        """Do "pause", "resume", "remove" or set the hours; False where it is not theirs."""
        ...

    async def import_now(
        self, feed: str, cities: Sequence[str], by: str, withdraw_at_most: int = 0
    ) -> str | None:
        """Begin to import a feed; None where it is not theirs. Raises Refused."""
        ...

    async def try_file(
        self, city: str, provider: str, file: GivenFile, venues: GivenFile | None, by: str
    ) -> str:
        """Begin to find out what a file would change. Raises Refused."""
        ...

    async def import_tried(
        self, trial: str, cities: Sequence[str], by: str, withdraw_at_most: int = 0
    ) -> str | None:
        """Begin to import what was tried; None where it is not theirs. Raises Refused."""
        ...

    async def close(self) -> None:
        """Stop what is under way."""
        ...


class ProviderDesk(Protocol):
    """Providers of some cities."""

    async def listed(self, cities: Sequence[str]) -> Sequence[ProviderLine]:
        """Return every provider by name."""
        ...

    async def find(self, city: str, key: str) -> ProviderLine | None:
        """Return one provider of a city."""
        ...

    async def keep(
        self, city: str, key: str, contact: str, agreed: str, note: str, by: str
    ) -> bool:
        """Keep what staff know of a provider; False where nobody knows it."""
        ...

    async def merge(self, city: str, key: str, into: str, by: str) -> int | None:
        """Show its courses under another's name; None where either is unknown. Raises Refused."""
        ...

    async def part(self, city: str, key: str, by: str) -> int | None:
        """Show its courses under its own name again; None where they are."""
        ...


@dataclass(frozen=True, slots=True)
class CatalogueDesks:
    """What the pages about the catalogue stand on."""

    listings: ListingDesk
    reports: ReportDesk
    imports: ImportDesk
    providers: ProviderDesk
