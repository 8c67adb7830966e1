"""The desks of the catalogue in memory: a listing, two reports, a feed, runs and a provider."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from bot.courses import Course, CourseIndex, SearchRequest
from bot.courses.keeping import HIDDEN, FieldName, fixed, read_fixes, told
from bot.courses.keeping.records import Backlog, ListedProvider, ListingFix
from bot.courses.keeping.running import FaultyRow, FeedLine, GivenFile, Run
from bot.courses.keeping.seeing import (
    Fixed,
    KeptListing,
    ProviderLine,
    Report,
    ReportPage,
    Searched,
)
from bot.errors import ImportRefused, Refused
from bot.people import organisation_key
from bot.web.catalogue_port import CatalogueDesks
from bot.web.ports import Ports

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
REPORT, OTHER_REPORT = "r" * 20, "q" * 20
FEED_KEY = "ab" * 12
TRIED, GUARDED, DONE, RUNNING, REFUSED = ("a1" * 16, "b2" * 16, "c3" * 16, "d4" * 16, "e5" * 16)
ROWS = (
    FaultyRow("row 4", "title", "It has no title. <b>", True),
    FaultyRow("row 7", "cost", "=1+1 is not a number", False),
)
COUNTS = {
    "new": 12,
    "changed": 3,
    "unchanged": 80,
    "withdrawn": 5,
    "rejected": 1,
    "warnings": 1,
}


@dataclass
class FakeListings:
    """Courses of two cities, what staff put right, and a real search over them."""

    courses: dict[str, Course]
    fixes: dict[str, dict[FieldName, str]] = field(default_factory=dict)
    acts: list[tuple[str, ...]] = field(default_factory=list)
    status: str = "active"
    reports: FakeReports | None = None

    async def search(self, city: str, request: SearchRequest) -> Searched | None:
        self.acts.append(("search", city, request.text))
        own = [one for one in self.courses.values() if one.city == city]
        index = CourseIndex.build(own, now=date(2026, 11, 23))
        asked = replace(request, city=city)
        result = index.search(asked)
        without = tuple(
            (chip, index.search(asked.without(chip.id)).total)
            for chip in result.understood.chips
            if not result.hits
        )
        return Searched(result, index.explain(asked), without, len(index))

    async def find(self, course: str, cities: Sequence[str]) -> KeptListing | None:
        source = self.courses.get(course)
        if source is None or source.city not in cities:
            return None
        fixes = self.fixes.get(course, {})
        was = told(source)
        is_hidden = HIDDEN in fixes
        waiting = self.reports.about(course) if self.reports else ()
        return KeptListing(
            course=fixed(source, fixes),
            told=source,
            status="hidden" if is_hidden else self.status,
            source="feed",
            first_seen_at=NOW,
            changed_at=NOW,
            fixes=tuple(
                ListingFix(name, value, was.get(name, ""), "e" * 22, NOW)
                for name, value in fixes.items()
            ),
            reports=waiting,
        )

    async def list_hidden(self, cities: Sequence[str]) -> Sequence[KeptListing]:
        found = [await self.find(one, cities) for one, held in self.fixes.items() if HIDDEN in held]
        return [one for one in found if one is not None]

    async def fix(
        self, course: str, cities: Sequence[str], form: Mapping[FieldName, str], by: str
    ) -> Fixed | None:
        found = await self.find(course, cities)
        if found is None:
            return None
        kept, faults = read_fixes(found.course, form, lambda _: None)
        if not faults:
            self.fixes.setdefault(course, {}).update(kept)
            self.acts.append(("fix", course, by))
        return Fixed(tuple(kept) if not faults else (), faults)

    async def hide(self, course: str, cities: Sequence[str], by: str) -> bool:
        if await self.find(course, cities) is None:
            return False
        self.fixes.setdefault(course, {})[HIDDEN] = "yes"
        self.acts.append(("hide", course, by))
        return True

    async def undo(self, course: str, cities: Sequence[str], field: FieldName, by: str) -> bool:
        if await self.find(course, cities) is None:
            return False
        gone = self.fixes.get(course, {}).pop(field, None)
        self.acts.append(("undo", course, field, by))
        return gone is not None


@dataclass
class FakeReports:
    """One that is overdue in Manchester with another about the same course, none in Belfast."""

    kept: dict[str, Report] = field(
        default_factory=lambda: {
            one.id: one
            for one in (
                Report(
                    *(REPORT, "manchester", "excel", "Excel for beginners", "Moss Side College"),
                    *("price", "It is free <b>", NOW - timedelta(days=8)),
                    wants_answer=True,
                ),
                Report(
                    *(OTHER_REPORT, "manchester", "excel", "Excel for beginners"),
                    *("Moss Side College", "other", "The hall has moved", NOW),
                ),
            )
        }
    )
    acts: list[tuple[str, ...]] = field(default_factory=list)
    taken: list[tuple[str, str, str, str, bool]] = field(default_factory=list)
    outcome: str = "wrong_thanks"

    def about(self, course: str) -> tuple[Report, ...]:
        return tuple(one for one in self.kept.values() if one.course == course)

    async def waiting(self, cities: Sequence[str], page: int = 0) -> ReportPage:
        found = [one for one in self.kept.values() if one.city in cities]
        return ReportPage(tuple(found[page * 50 :]), has_more=False)

    async def backlog(self, cities: Sequence[str]) -> Backlog:
        found = [one for one in self.kept.values() if one.city in cities]
        return Backlog(len(found), sum(1 for one in found if one.days_left(NOW) < 0))

    async def find(self, report: str, cities: Sequence[str]) -> Report | None:
        found = self.kept.get(report)
        return found if found and found.city in cities else None

    async def take(
        self, chat: str, course: str, reason: str, words: str, *, wants_answer: bool
    ) -> str:
        self.taken.append((chat, course, reason, words, wants_answer))
        return self.outcome

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
        if await self.find(report, cities) is None:
            return False
        self.acts.append(("settle", report, outcome, words, "all" if takes_all else "one", by))
        del self.kept[report]
        return True

    async def tell_provider(
        self, report: str, cities: Sequence[str], words: str, by: str
    ) -> int | None:
        if await self.find(report, cities) is None:
            return None
        self.acts.append(("tell", report, words, by))
        return 2


def _run(key: str, state: str, **fields: object) -> Run:
    run = Run(
        *(key, "manchester", "Moss Side College", "list.csv", state, NOW, NOW),
        counts=COUNTS,
        made_by="e" * 22,
        format="template-csv",
    )
    return replace(run, **fields)  # type: ignore[arg-type]


@dataclass
class FakeImports:
    """A feed of Manchester, and a run in each state."""

    kept: dict[str, Run] = field(
        default_factory=lambda: {
            one.id: one
            for one in (
                _run(TRIED, "tried", is_trial=True, has_file=True),
                _run(GUARDED, "stopped", feed=FEED_KEY),
                _run(DONE, "done", made_by=""),
                _run(RUNNING, "running", step="reading", courses=3000, ended_at=None),
                _run(REFUSED, "refused", refused="The file is empty."),
            )
        }
    )
    acts: list[tuple[str, ...]] = field(default_factory=list)
    given: list[GivenFile] = field(default_factory=list)
    is_busy: bool = False

    async def feeds(self, cities: Sequence[str]) -> Sequence[FeedLine]:
        address = "https://feeds.example/" + "long/" * 20 + "courses.csv"
        line = FeedLine(
            *(FEED_KEY, "manchester", "Moss Side College", address, 24, True, NOW, NOW),
            *(2, "imports.refused.http_status", self.kept[DONE]),
        )
        return [line] if "manchester" in cities else []

    async def runs(self, cities: Sequence[str], before: datetime | None = None) -> Sequence[Run]:
        del before
        return [one for one in self.kept.values() if one.city in cities]

    async def run(self, run: str, cities: Sequence[str]) -> tuple[Run, Sequence[FaultyRow]] | None:
        found = self.kept.get(run)
        return (found, ROWS) if found and found.city in cities else None

    async def add_feed(self, city: str, provider: str, address: str, hours: int, by: str) -> str:
        if "other" in address:
            raise ImportRefused("imports.refused.host_not_allowed", host="other.example")
        self.acts.append(("add", city, provider, address, str(hours), by))
        return RUNNING

    async def change_feed(self, feed: str, cities: Sequence[str], act: str, by: str) -> bool:
        if feed != FEED_KEY or "manchester" not in cities:
            return False
        self.acts.append((act, feed, by))
        return True

    async def import_now(
        self, feed: str, cities: Sequence[str], by: str, withdraw_at_most: int = 0
    ) -> str | None:
        if feed != FEED_KEY or "manchester" not in cities:
            return None
        if self.is_busy:
            raise Refused("listings.refused.running_already")
        self.acts.append(("import", feed, str(withdraw_at_most), by))
        return RUNNING

    async def try_file(
        self, city: str, provider: str, file: GivenFile, venues: GivenFile | None, by: str
    ) -> str:
        self.given += [one for one in (file, venues) if one]
        self.acts.append(("try", city, provider, by))
        return TRIED

    async def import_tried(
        self, trial: str, cities: Sequence[str], by: str, withdraw_at_most: int = 0
    ) -> str | None:
        if await self.run(trial, cities) is None:
            return None
        self.acts.append(("import_tried", trial, str(withdraw_at_most), by))
        return RUNNING

    async def close(self) -> None:
        return None


@dataclass
class FakeProviders:
    """Two spellings of a college in Manchester; one of them nobody speaks for."""

    known: dict[str, ListedProvider] = field(
        default_factory=lambda: {
            organisation_key(name): ListedProvider(name)
            for name in ("Moss Side College", "Moss-Side Coll. / <b>")
        }
    )
    acts: list[tuple[str, ...]] = field(default_factory=list)

    async def listed(self, cities: Sequence[str]) -> Sequence[ProviderLine]:
        if "manchester" not in cities:
            return []
        return [
            ProviderLine(
                *("manchester", key, one, 3 - at, {"feed": 3 - at}, NOW),
                people=0 if at else 2,
            )
            for at, (key, one) in enumerate(self.known.items())
        ]

    async def find(self, city: str, key: str) -> ProviderLine | None:
        return next((one for one in await self.listed((city,)) if one.key == key), None)

    async def keep(
        self, city: str, key: str, contact: str, agreed: str, note: str, by: str
    ) -> bool:
        self.known[key] = replace(self.known[key], contact=contact, agreed=agreed, note=note)
        self.acts.append(("keep", city, key, by))
        return True

    async def merge(self, city: str, key: str, into: str, by: str) -> int | None:
        if into not in self.known:
            return None
        if key == into:
            raise Refused("listings.refused.same")
        self.known[key] = replace(self.known[key], goes_by=self.known[into].name)
        self.acts.append(("merge", city, key, into, by))
        return 2

    async def part(self, city: str, key: str, by: str) -> int | None:
        if not self.known[key].goes_by:
            return None
        self.known[key] = replace(self.known[key], goes_by="")
        self.acts.append(("part", city, key, by))
        return 2


PROVIDER, SPELLING = (
    ProviderLine("manchester", organisation_key(name), ListedProvider(name), 0).reference
    for name in ("Moss Side College", "Moss-Side Coll. / <b>")
)


@dataclass
class Keeping:
    """The four desks."""

    listings: FakeListings
    reports: FakeReports
    imports: FakeImports
    providers: FakeProviders

    @property
    def acts(self) -> list[tuple[str, ...]]:
        """Everything that staff did, but for searching."""
        every = (self.listings, self.reports, self.imports, self.providers)
        return [act for one in every for act in one.acts if act[0] != "search"]

    def clear(self) -> None:
        """Forget what staff did."""
        for one in (self.listings, self.reports, self.imports, self.providers):
            one.acts.clear()


def fake_keeping(courses: dict[str, Course]) -> CatalogueDesks:
    """Return all of them."""
    reports = FakeReports()
    listings = FakeListings(courses, reports=reports)
    return CatalogueDesks(listings, reports, FakeImports(), FakeProviders())


def keeping_of(ports: Ports) -> Keeping:
    """Return the fakes behind the ports."""
    desks = ports.keeping
    assert isinstance(desks.listings, FakeListings)
    assert isinstance(desks.reports, FakeReports)
    assert isinstance(desks.imports, FakeImports)
    assert isinstance(desks.providers, FakeProviders)
    return Keeping(desks.listings, desks.reports, desks.imports, desks.providers)
