"""Staff's side of listings, reports and providers on the database, each within its own city."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

import pytest

from bot.courses import CourseIndex, Filters, Pattern, SearchRequest
from bot.courses.keeping.records import Backlog
from bot.courses.keeping.seeing import Report
from bot.errors import Refused
from bot.people import Role, organisation_key
from bot.skills.tagging import shipped_rules
from bot.work.catalogue import Catalogue
from bot.work.context import Surroundings
from bot.work.listing_desk import ListingDesk
from bot.work.places import Places
from bot.work.provider_desk import ProviderDesk
from bot.work.report_desk import ReportDesk
from bot.work.reporting import take_report
from content.load import Content
from storage import Database, Unit
from tests.storage.factories import stored_course
from tests.support.databases import (
    MovedClock,
    clock,
    migrated_sqlite,
    sqlite_database,
    sqlite_url,
)

__all__ = ["clock", "migrated_sqlite", "sqlite_database", "sqlite_url"]

CITY, HERE, ELSEWHERE = "manchester", ("manchester",), ("derby",)
COLLEGE, SPELLING = "Hulme College", "Hulme Coll."


class Town:
    """The desks over a database with three courses of one college under two names."""

    def __init__(self, database: Database, content: Content) -> None:
        self.database = database
        self.told: list[tuple[str, str]] = []
        zones = {CITY: "Europe/London", "derby": "Europe/London"}
        self.catalogue = Catalogue(
            database,
            zones,
            lambda _city, courses, today, _taught: CourseIndex.build(courses, today),
        )
        around = Surroundings(content, self.catalogue, None)  # type: ignore[arg-type]  # words alone
        places = Places(content.cities)
        self.listings = ListingDesk(database, self.catalogue, places, shipped_rules)
        self.reports = ReportDesk(database, lambda: around, self.tell)
        self.providers = ProviderDesk(database)
        database.write_now(self._fill)

    def _fill(self, unit: Unit) -> None:
        for key, title, provider in (
            ("c1", "Exel for work", COLLEGE),
            ("c2", "Bread", SPELLING),
            ("c3", "Soup", SPELLING.upper()),
        ):
            course = stored_course(key, title, provider=provider, summary="Lists and sums")
            unit.catalogue.put(CITY, f"provider:{COLLEGE.casefold()}", [course])
        other = stored_course("d1", "Excel", city="derby")
        unit.catalogue.put("derby", "provider:x", [other])
        self.anna = unit.people.ensure("telegram", "1", "7", city=CITY).id
        self.eve = unit.people.ensure("web", "web", "e" * 64, city=CITY).id

    def tell(self, chats: Collection[tuple[str, str]]) -> None:
        self.told.extend(chats)

    def title(self, course: str = "c1") -> str:
        return self.database.read_now(lambda unit: unit.catalogue.get(course)).course.title

    def names(self) -> dict[str, int]:
        named = self.database.read_now(lambda unit: unit.listings.name_providers(CITY))
        return {name: sum(counts.values()) for name, counts in named.items()}

    def audited(self) -> list[str]:
        entries = self.database.read_now(lambda unit: unit.audit.list_latest(CITY, 20))
        return [one.action for one in reversed(entries)]

    def letters(self, person: str) -> list[str]:
        rows = self.database.read_now(lambda unit: unit.transcripts.read(person))
        return ["".join(span.text for span in row.message.text) for row in rows if row.message]

    def report(self, course: str = "c1", reason: str = "price", **fields: object) -> str:
        values = {"person": self.anna, "words": "", "wants_answer": True, **fields}

        def act(unit: Unit) -> str:
            person, words = values["person"], str(values["words"])
            assert person is None or isinstance(person, str)
            wants = bool(values["wants_answer"])
            return take_report(unit, person, course, reason, words, wants_answer=wants)

        return self.database.write_now(act)

    async def waiting(self) -> list[str]:
        return [one.id for one in (await self.reports.waiting(HERE)).reports]


@pytest.fixture
def town(sqlite_database: Database, content: Content) -> Town:
    return Town(sqlite_database, content)


# -- listings ------------------------------------------------------------------------------------


async def test_a_fix_counts_at_once_is_audited_and_undone(town: Town) -> None:
    fixed = await town.listings.fix("c1", HERE, {"title": "Excel for work"}, town.eve)
    assert fixed is not None
    assert fixed.kept == ("title",)
    found = await town.listings.find("c1", HERE)
    assert found is not None
    assert (found.course.title, found.told.title) == ("Excel for work", "Exel for work")
    assert [(one.field, one.was) for one in found.fixes] == [("title", "Exel for work")]
    assert await town.listings.undo("c1", HERE, "title", town.eve)
    assert not await town.listings.undo("c1", HERE, "title", town.eve)
    assert town.title() == "Exel for work"
    assert town.audited() == ["listing.fixed", "listing.undone"]


async def test_nothing_is_kept_while_anything_is_wrong(town: Town) -> None:
    fixed = await town.listings.fix("c1", HERE, {"title": "", "summary": "Better"}, town.eve)
    assert fixed is not None
    assert [one.field for one in fixed.faults] == ["title"]
    found = await town.listings.find("c1", HERE)
    assert found is not None
    assert (found.course.summary, found.fixes) == ("Lists and sums", ())
    assert town.audited() == []


async def test_a_hidden_listing_is_not_searched_any_more(town: Town) -> None:
    assert await town.listings.hide("c1", HERE, town.eve)
    assert not await town.listings.hide("c1", HERE, town.eve)
    assert [one.course.id for one in await town.listings.list_hidden(HERE)] == ["c1"]
    assert list(await town.listings.list_hidden(ELSEWHERE)) == []
    await town.catalogue.refresh(town.database.now())
    found = await town.listings.search(CITY, SearchRequest("exel"))
    assert found is not None
    assert (found.courses, "c1" in found.weights) == (2, False)
    assert await town.listings.undo("c1", HERE, "hidden", town.eve)
    assert town.audited() == ["listing.hidden", "listing.shown"]


async def test_a_search_is_the_residents_own_with_what_it_rests_on(town: Town) -> None:
    assert await town.listings.search(CITY, SearchRequest("bread")) is None
    await town.catalogue.refresh(town.database.now())
    index = town.catalogue.index(CITY)
    assert index is not None
    asked = SearchRequest("bread and soup", city=CITY, now=date(2027, 1, 11))
    found = await town.listings.search(CITY, asked)
    assert found is not None
    assert found.result.hits == index.search(asked).hits
    for hit in found.result.hits:
        weight = found.weights[hit.course.id]
        assert weight.relevance == hit.score
        assert (weight.by_title or weight.by_subject or 0) > 0
    filters = Filters(free=True, patterns=frozenset({Pattern.WEEKEND}))
    nothing = await town.listings.search(CITY, SearchRequest("bread", filters))
    assert nothing is not None
    assert nothing.result.hits == ()
    assert {chip.id for chip, _ in nothing.without} == {"free", "patterns:weekend"}


async def test_a_listing_of_another_city_is_not_there(town: Town) -> None:
    assert await town.listings.find("c1", ELSEWHERE) is None
    assert await town.listings.fix("c1", ELSEWHERE, {"title": "Mine"}, town.eve) is None
    assert not await town.listings.hide("c1", ELSEWHERE, town.eve)
    await town.listings.hide("c1", HERE, town.eve)
    assert not await town.listings.undo("c1", ELSEWHERE, "hidden", town.eve)


# -- reports -------------------------------------------------------------------------------------


async def test_whoever_asked_to_hear_is_told_and_nobody_else(town: Town) -> None:
    assert town.report() == "wrong_thanks_answer"
    assert town.report("c2", person=None, wants_answer=True) == "wrong_thanks"
    for report in await town.waiting():
        assert await town.reports.settle(report, HERE, "fixed", "It is 0 now", town.eve)
    [letter] = town.letters(town.anna)
    assert "Exel for work" in letter
    assert "It has been put right." in letter
    assert "Staff say: It is 0 now" in letter
    assert town.told == [("telegram", "7")]
    assert town.audited() == ["listing.settled", "listing.settled"]
    assert await town.reports.backlog(HERE) == Backlog(0, 0)


async def test_hiding_as_the_outcome_takes_it_off_and_closes_the_others(town: Town) -> None:
    town.report()
    town.report(person=None, words="Shut")
    first, second = await town.waiting()
    assert await town.reports.settle(first, HERE, "hidden", "", town.eve, takes_all=True)
    assert await town.waiting() == []
    found = await town.listings.find("c1", HERE)
    assert found is not None
    assert found.status == "hidden"
    assert not await town.reports.settle(second, HERE, "right", "", town.eve)
    assert town.audited() == ["listing.hidden", "listing.settled", "listing.settled"]


async def test_reports_are_few_plain_and_about_something(town: Town, clock: MovedClock) -> None:
    assert town.report(words="Ring 0161 496 0000") == "wrong_thanks_answer"
    assert town.report() == "wrong_already"
    assert town.report("none") == "gone"

    def fill(unit: Unit) -> None:
        for number in range(9):
            unit.reports.add(town.anna, CITY, "c9", f"r{number}")

    town.database.write_now(fill)
    assert town.report("c2") == "wrong_often"
    clock.move(days=2)
    assert town.report("c2") == "wrong_thanks_answer"
    for _ in range(30):
        town.report("c3", person=None, words="Shut")
    found = (await town.reports.waiting(HERE)).reports
    assert [one.words for one in found if one.course == "c1"] == ["Ring \u2026"]
    assert len([one for one in found if one.course == "c3"]) == 1
    assert await town.reports.backlog(HERE) == Backlog(12, 0)
    clock.move(days=4)
    assert (await town.reports.backlog(HERE)).overdue == 10


async def test_the_provider_is_told_without_the_reporter_s_words(town: Town) -> None:
    town.report(words="secret-canary")
    [report] = await town.waiting()
    assert await town.reports.tell_provider(report, HERE, "Please check", town.eve) == 0
    bob = town.database.write_now(lambda unit: unit.people.ensure("telegram", "1", "9", city=CITY))

    def speak(unit: Unit) -> None:
        unit.staff.grant(bob.id, Role.PROVIDER, HERE, provider="hulme  COLLEGE")

    town.database.write_now(speak)
    assert await town.reports.tell_provider(report, ELSEWHERE, "Please check", town.eve) is None
    assert await town.reports.tell_provider(report, HERE, "Please check", town.eve) == 1
    [letter] = town.letters(bob.id)
    assert "Price is wrong" in letter
    assert "Please check" in letter
    assert "secret-canary" not in letter
    found = await town.reports.find(report, HERE)
    assert found is not None
    assert found.provider_told_at == town.database.now()


async def test_a_report_of_another_city_is_not_there(town: Town) -> None:
    town.report()
    [report] = await town.waiting()
    assert await town.reports.find(report, ELSEWHERE) is None
    assert not await town.reports.settle(report, ELSEWHERE, "right", "", town.eve)
    assert (await town.reports.waiting(ELSEWHERE)).reports == ()
    assert await town.reports.find(report, HERE) is not None


async def test_reports_are_paged(town: Town) -> None:
    def fill(unit: Unit) -> None:
        for number in range(60):
            unit.reports.add(None, CITY, "c1", "other", f"{number}")

    town.database.write_now(fill)
    first, second = await town.reports.waiting(HERE), await town.reports.waiting(HERE, 1)
    assert (len(first.reports), first.has_more) == (50, True)
    assert (len(second.reports), second.has_more) == (10, False)
    assert not {one.id for one in first.reports} & {one.id for one in second.reports}


# -- providers ------------------------------------------------------------------------------------


async def test_providers_with_their_courses_sources_and_people(town: Town) -> None:
    run = town.database.write_now(lambda unit: unit.imports.start(CITY, COLLEGE))
    town.database.write_now(lambda unit: unit.imports.finish(run, {}))
    lines = {one.known.name.casefold(): one for one in await town.providers.listed(HERE)}
    assert {name: one.courses for name, one in lines.items()} == {
        "hulme college": 1,
        "hulme coll.": 2,
    }
    college = lines["hulme college"]
    assert (college.sources, college.imported_at) == ({"feed": 1}, town.database.now())
    assert college.people == 0
    assert await town.providers.keep(CITY, college.key, "0161 496 0000", "yes", "In May", town.eve)
    found = await town.providers.find(CITY, college.key)
    assert found is not None
    assert (found.known.contact, found.known.agreed, found.known.note) == (
        "0161 496 0000",
        "yes",
        "In May",
    )
    assert not await town.providers.keep(CITY, "nobody", "", "", "", town.eve)
    assert town.audited() == ["provider.noted"]


async def test_two_spellings_are_shown_as_one_and_apart_again(town: Town) -> None:
    spelt, college = organisation_key(SPELLING), organisation_key(COLLEGE)
    assert await town.providers.merge(CITY, spelt, college, town.eve) == 2
    assert town.names() == {COLLEGE: 3}
    found = await town.providers.find(CITY, college)
    assert found is not None
    assert (found.courses, [one.casefold() for one in found.spellings]) == (3, ["hulme coll."])
    with pytest.raises(Refused, match="same"):
        await town.providers.merge(CITY, college, spelt, town.eve)
    assert await town.providers.part(CITY, spelt, town.eve) == 3
    assert sum(town.names().values()) == 3
    assert town.names()[COLLEGE] == 1
    assert await town.providers.part(CITY, spelt, town.eve) is None
    assert await town.providers.merge(CITY, spelt, "nobody", town.eve) is None
    assert await town.providers.merge("derby", spelt, college, town.eve) is None


async def test_a_name_that_somebody_speaks_for_is_not_taken_from_them(town: Town) -> None:
    town.database.write_now(
        lambda unit: unit.staff.grant(town.anna, Role.PROVIDER, HERE, provider=SPELLING)
    )
    with pytest.raises(Refused, match="spoken_for"):
        await town.providers.merge(
            CITY, organisation_key(SPELLING), organisation_key(COLLEGE), town.eve
        )
    assert COLLEGE in town.names()
    assert town.names()[COLLEGE] == 1


def test_the_clock_of_a_report_runs_for_five_days(clock: MovedClock) -> None:
    now = clock()
    report = Report("1", CITY, "c1", "A", "B", "price", "", now - timedelta(days=6))
    assert report.days_left(now) == -1
