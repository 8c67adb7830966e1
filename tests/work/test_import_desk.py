"""Staff's side of imports: feeds, trials of files, the guard, what was found, and whose it is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.courses.importing import ImportReport, Origin, Source
from bot.courses.keeping.running import CUT_OFF_AFTER, GivenFile, Run
from bot.courses.phrases import Phrase
from bot.errors import ImportRefused, Refused
from bot.work.course_files import Manner
from bot.work.fetching import Fetched, Fetcher, NotModified
from bot.work.import_desk import ImportDesk
from bot.work.imports import import_into
from storage import Database
from storage.listings import Feed

START = datetime(2026, 11, 21, 12, tzinfo=UTC)
CITY, HERE, ELSEWHERE = "manchester", ("manchester",), ("derby",)
ADDRESS = "https://feeds.example.org/c.csv"
HEADER = "reference,title,summary,start_date,cost,url\n"


def rows(*names: str) -> str:
    return HEADER + "".join(f"{name},Course {name},Text,,5,\n" for name in names)


def say(phrase: Phrase) -> str:
    return phrase.id


@dataclass
class Clock:
    now: datetime = START

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Town:
    """A desk whose imports run here, and the feed that its provider shows."""

    database: Database
    folder: Path
    clock: Clock
    text: str | None = None
    refusal: ImportRefused | None = None
    manners: list[Manner] = field(default_factory=list)

    def __post_init__(self) -> None:
        allow = Fetcher(["feeds.example.org"]).allowed
        self.desk = ImportDesk(self.database, self, allow, say, self.import_here)
        self.eve = self.database.write_now(
            lambda unit: unit.people.ensure("web", "web", "e" * 64, city=CITY, language="en")
        ).id

    async def fetch(
        self, address: str, *, etag: str = "", modified: str = "", folder: Path | None = None
    ) -> Fetched | NotModified:
        del etag, modified, folder
        if self.refusal:
            raise self.refusal
        if self.text is None:
            return NotModified()
        path = self.folder / "fetched"
        path.write_text(self.text, "utf-8")
        return Fetched(path, address, '"v2"', "today")

    async def import_here(self, feed: Feed, source: Source, manner: Manner) -> ImportReport:
        self.manners.append(manner)
        return import_into(
            self.database,
            replace(source, name=""),  # a process of its own knows the path alone
            Origin(feed.city, feed.provider),
            say=say,
            now=self.clock(),
            is_dry_run=manner.is_trial,
            withdraw_at_most=manner.withdraw_at_most,
            run=manner.run,
        )

    async def try_text(self, text: str, pieces: int = 1) -> Run:
        body = text.encode()
        size = -(-len(body) // pieces)
        cut = [body[at : at + size] for at in range(0, len(body), size)]
        file = GivenFile("list.csv", cut)
        run = await self.desk.try_file(CITY, "Hulme Hub", file, None, self.eve)
        return await self.seen(run)

    async def seen(self, run: str | None) -> Run:
        assert run is not None
        await self.desk.settled()
        found = await self.desk.run(run, HERE)
        assert found is not None
        return found[0]

    def titles(self) -> list[str]:
        read = self.database.read_now(lambda unit: list(unit.catalogue.iterate(CITY)))
        return sorted(course.title for course in read)

    def audited(self) -> list[tuple[str, str]]:
        entries = self.database.read_now(lambda unit: unit.audit.list_latest(CITY, 20))
        return [(one.action, one.subject) for one in reversed(entries)]


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    url = f"sqlite:///{tmp_path}/bot.db"
    Database.migrate(url)
    clock = Clock()
    database = Database.open(url, clock=clock)
    town = Town(database, tmp_path, clock)
    yield town
    await town.desk.close()
    await database.aclose()


async def test_a_trial_says_what_would_change_and_stores_nothing(town: Town) -> None:
    tried = await town.try_text(rows("a", "b") + ",,no title,,,\n", pieces=3)
    assert (tried.state, tried.name, tried.has_file) == ("tried", "list.csv", True)
    assert (tried.counts["new"], tried.counts["rejected"]) == (2, 1)
    assert town.titles() == []
    found = await town.desk.run(tried.id, HERE)
    assert found is not None
    [faulty] = found[1]
    assert (faulty.where, faulty.reason, faulty.is_out) == (
        "row 4",
        "imports.reason.no_title",
        True,
    )


async def test_what_was_tried_is_imported_with_one_yes(town: Town) -> None:
    tried = await town.try_text(rows("a", "b"))
    done = await town.seen(await town.desk.import_tried(tried.id, HERE, town.eve))
    assert (done.state, done.counts["new"], done.is_trial) == ("done", 2, False)
    assert town.titles() == ["Course a", "Course b"]
    assert town.audited() == [("import.tried", "Hulme Hub"), ("import.begun", "Hulme Hub")]
    assert done.made_by
    assert done.made_by != town.eve


async def test_the_guard_stops_and_a_yes_is_good_for_so_many_and_no_more(town: Town) -> None:
    first = await town.try_text(rows("a", "b", "c", "d"))
    await town.seen(await town.desk.import_tried(first.id, HERE, town.eve))

    small = await town.try_text(rows("a"))
    assert (small.state, small.counts["withdrawn"]) == ("stopped", 3)
    stopped = await town.seen(await town.desk.import_tried(small.id, HERE, town.eve, 2))
    assert stopped.state == "stopped"
    assert len(town.titles()) == 4
    done = await town.seen(await town.desk.import_tried(small.id, HERE, town.eve, 3))
    assert (done.state, done.counts["withdrawn"]) == ("done", 3)
    assert town.titles() == ["Course a"]
    [entry] = town.database.read_now(lambda unit: unit.audit.list_latest(CITY, 1))
    assert entry.facts["withdraws"] == "3"


async def test_a_feed_is_added_imported_at_once_and_listed(town: Town) -> None:
    town.text = rows("a")
    done = await town.seen(await town.desk.add_feed(CITY, " Hulme  Hub ", ADDRESS, 24, town.eve))
    assert (done.state, done.counts["new"]) == ("done", 1)
    [line] = await town.desk.feeds(HERE)
    assert (line.provider, line.address, line.is_on, line.problem) == (
        "Hulme Hub",
        ADDRESS,
        True,
        "",
    )
    assert line.last is not None
    assert line.last.id == done.id
    assert line.next_at is not None
    assert line.next_at > START
    assert town.audited()[0] == ("feed.added", "Hulme Hub")
    with pytest.raises(Refused, match="there_already"):
        await town.desk.add_feed(CITY, "Hulme Hub", ADDRESS, 24, town.eve)


@pytest.mark.parametrize(
    "address", ["", "c.csv", "file:///etc/passwd", "https://other.example/", "https://a:b@c.uk/"]
)
async def test_only_listed_hosts_become_feeds(town: Town, address: str) -> None:
    with pytest.raises(ImportRefused):
        await town.desk.add_feed(CITY, "Hulme Hub", address, 24, town.eve)
    with pytest.raises(Refused):
        await town.desk.add_feed(CITY, "  ", ADDRESS, 24, town.eve)
    assert list(await town.desk.feeds(HERE)) == []


async def test_import_now_tells_what_came_of_it(town: Town) -> None:
    town.text = rows("a")
    await town.seen(await town.desk.add_feed(CITY, "Hulme Hub", ADDRESS, 24, town.eve))
    [line] = await town.desk.feeds(HERE)

    town.text = None
    same = await town.seen(await town.desk.import_now(line.id, HERE, town.eve))
    assert same.state == "same"
    town.refusal = ImportRefused("imports.refused.http_status", status=404)
    refused = await town.seen(await town.desk.import_now(line.id, HERE, town.eve))
    assert (refused.state, refused.refused) == ("refused", "imports.refused.http_status")
    [line] = await town.desk.feeds(HERE)
    assert (line.failures, line.problem) == (1, "imports.refused.http_status")
    assert town.titles() == ["Course a"]


async def test_a_feed_that_would_take_much_away_waits_for_a_yes(town: Town) -> None:
    town.text = rows("a", "b", "c")
    await town.seen(await town.desk.add_feed(CITY, "Hulme Hub", ADDRESS, 24, town.eve))
    [line] = await town.desk.feeds(HERE)
    town.text = rows("a")
    stopped = await town.seen(await town.desk.import_now(line.id, HERE, town.eve))
    assert (stopped.state, stopped.feed) == ("stopped", line.id)
    done = await town.seen(await town.desk.import_now(line.id, HERE, town.eve, 2))
    assert done.state == "done"
    assert town.titles() == ["Course a"]


async def test_feeds_are_paused_resumed_slowed_and_removed(town: Town) -> None:
    town.text = rows("a")
    await town.seen(await town.desk.add_feed(CITY, "Hulme Hub", ADDRESS, 24, town.eve))
    [line] = await town.desk.feeds(HERE)
    for act in ("pause", "resume", "168"):
        assert await town.desk.change_feed(line.id, HERE, act, town.eve)
    [now] = await town.desk.feeds(HERE)
    assert (now.is_on, now.interval_hours) == (True, 168)
    assert await town.desk.change_feed(line.id, HERE, "remove", town.eve)
    assert list(await town.desk.feeds(HERE)) == []
    assert town.titles() == ["Course a"]
    told = [action for action, _ in town.audited()]
    assert told[-4:] == ["feed.paused", "feed.resumed", "feed.interval", "feed.removed"]


async def test_two_imports_of_one_provider_do_not_go_at_once(town: Town) -> None:
    town.text = rows("a")
    tried = await town.try_text(rows("a"))
    town.database.write_now(lambda unit: unit.imports.start(CITY, "Hulme Hub", ADDRESS))
    with pytest.raises(Refused, match="running_already"):
        await town.desk.import_tried(tried.id, HERE, town.eve)
    town.clock.now = START + CUT_OFF_AFTER + timedelta(seconds=1)
    [cut_off, _] = await town.desk.runs(HERE)
    assert cut_off.state == "cut_off"
    assert await town.desk.import_tried(tried.id, HERE, town.eve)


async def test_what_is_of_another_city_is_not_there(town: Town) -> None:
    town.text = rows("a")
    done = await town.seen(await town.desk.add_feed(CITY, "Hulme Hub", ADDRESS, 24, town.eve))
    tried = await town.try_text(rows("a"))
    [line] = await town.desk.feeds(HERE)
    assert list(await town.desk.feeds(ELSEWHERE)) == []
    assert list(await town.desk.runs(ELSEWHERE)) == []
    assert await town.desk.run(done.id, ELSEWHERE) is None
    assert await town.desk.import_tried(tried.id, ELSEWHERE, town.eve) is None
    assert await town.desk.import_now(line.id, ELSEWHERE, town.eve) is None
    assert not await town.desk.change_feed(line.id, ELSEWHERE, "remove", town.eve)
    assert await town.desk.import_tried(done.id, HERE, town.eve) is None


async def test_everything_that_was_found_is_kept_however_much_it_is(town: Town) -> None:
    bad = "".join(f"x{n},,Text,,,\n" for n in range(700))
    tried = await town.try_text(HEADER + bad)
    found = await town.desk.run(tried.id, HERE)
    assert found is not None
    assert (found[0].counts["rejected"], len(found[1])) == (700, 700)


async def test_a_run_that_fails_ends_and_says_so(town: Town) -> None:
    tried = await town.try_text("%PDF-1.4 nothing")
    assert (tried.state, tried.refused) == ("refused", "imports.refused.pdf")


async def test_a_run_that_fails_as_nobody_foresaw_ends_too(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def odd(*_parts: object, **_more: object) -> ImportReport:
        raise ValueError("embedded null byte")

    with monkeypatch.context() as broken:
        broken.setattr("tests.work.test_import_desk.import_into", odd)
        failed = await town.try_text(rows("a"))
    assert (failed.state, failed.refused) == ("refused", "imports.refused.import_failed")
    again = await town.seen(await town.desk.import_tried(failed.id, HERE, town.eve))
    assert again.state == "done"


async def test_runs_that_wait_are_let_go_when_the_bot_ends(town: Town) -> None:
    async def forever(*_parts: object) -> ImportReport:
        await asyncio.Event().wait()
        raise AssertionError

    desk = ImportDesk(town.database, town, Fetcher([]).allowed, say, forever)
    file = GivenFile("list.csv", [rows("a").encode()])
    for _ in range(3):
        await desk.try_file(CITY, "Hulme Hub", file, None, town.eve)

    await desk.close()

    assert [one.state for one in await desk.runs(HERE)] == ["running"] * 3


async def test_runs_are_listed_newest_first_and_paged(town: Town) -> None:
    for _ in range(3):
        await town.try_text(rows("a"))
        town.clock.now += timedelta(minutes=1)
    runs = await town.desk.runs(HERE)
    assert len(runs) == 3
    assert [one.id for one in await town.desk.runs(HERE, runs[0].started_at)] == [
        one.id for one in runs[1:]
    ]
