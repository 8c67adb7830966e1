"""Imports from the command line's side: files, addresses, and the process apart."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.courses.importing import Source, template_csv
from bot.errors import ImportRefused
from bot.work import course_files, fetching
from bot.work.course_files import CourseFiles, import_apart, is_address, locator
from bot.work.fetching import Fetched
from bot.work.samples import real_import_mark
from content.load import load
from storage import Database
from storage.listings import Feed

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
MANCHESTER = load(cities={"manchester"}).cities["manchester"]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    url = f"sqlite:///{tmp_path}/bot.db"
    Database.migrate(url)
    database = Database.open(url, clock=lambda: NOW)
    yield database
    database.close()


@pytest.fixture
def files(database: Database) -> CourseFiles:
    return CourseFiles(database, ["feeds.example.org"], lambda phrase: phrase.id, lambda: NOW)


@pytest.fixture
def template(tmp_path: Path) -> Path:
    template_csv(tmp_path / "t.csv")
    return tmp_path / "t.csv"


def test_a_postcode_gives_the_middle_of_its_sector() -> None:
    locate = locator(MANCHESTER)
    point = locate("M15 5FQ")
    assert point
    assert abs(point.lat - 53.466) < 0.02
    assert abs(point.lon + 2.25) < 0.03
    assert locate("ZE1 0AA") is None
    assert locate("nonsense") is None


def test_a_file_goes_in_with_its_venue_on_the_map(
    files: CourseFiles, database: Database, template: Path
) -> None:
    report = files.bring_in(str(template), MANCHESTER, "Hulme Hub")
    assert (report.new, report.rejected_count) == (1, 0)
    (course,) = database.read_now(lambda unit: list(unit.catalogue.iterate("manchester")))
    assert course.instances[0].venue
    assert course.instances[0].venue.point
    assert database.read_now(lambda unit: unit.marks.get(real_import_mark("manchester")))
    assert database.read_now(lambda unit: unit.feeds.list_feeds()) == []
    again = files.bring_in(str(template), MANCHESTER, "Hulme Hub")
    assert (again.new, again.unchanged) == (0, 1)
    renamed = files.bring_in(str(template), MANCHESTER, " HULME  hub ")
    assert (renamed.new, renamed.changed, renamed.withdrawn) == (0, 1, 0)


def test_a_dry_run_leaves_no_trace(files: CourseFiles, database: Database, template: Path) -> None:
    assert files.bring_in(str(template), MANCHESTER, "Hulme Hub", is_dry_run=True).new == 1
    assert database.read_now(lambda unit: unit.catalogue.count("manchester")) == 0
    assert database.read_now(lambda unit: unit.imports.list_latest("manchester")) == []
    assert not database.read_now(lambda unit: unit.marks.get(real_import_mark("manchester")))


def test_an_address_is_fetched_and_remembered(
    files: CourseFiles, database: Database, template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "https://feeds.example.org/c.csv"

    async def fetch(_self: object, what: str, **_options: object) -> Fetched:
        return Fetched(template, what, '"v1"', "today")

    monkeypatch.setattr(fetching.Fetcher, "fetch", fetch)
    assert files.bring_in(address, MANCHESTER, "Hulme Hub").new == 1
    assert not template.exists()
    (feed,) = database.read_now(lambda unit: unit.feeds.list_feeds())
    assert (feed.address, feed.provider, feed.etag) == (address, "Hulme Hub", '"v1"')


def test_only_listed_hosts_are_fetched(files: CourseFiles) -> None:
    with pytest.raises(ImportRefused, match="host_not_allowed"):
        files.bring_in("https://other.example.org/", MANCHESTER, "Hulme Hub")


def test_addresses_are_told_from_files() -> None:
    assert is_address("HTTPS://example.org/")
    assert not is_address("c:/courses.csv")
    assert not is_address("file:///etc/passwd")


def test_relative_links_of_a_fetched_file_are_resolved(
    files: CourseFiles, database: Database, tmp_path: Path
) -> None:
    (tmp_path / "c").write_text(
        '{"@type": "Course", "name": "A", "description": "B", "url": "/a"}', "utf-8"
    )
    origin = "https://feeds.example.org/all.json"
    files.bring_in(str(tmp_path / "c"), MANCHESTER, "Hulme Hub", fetched_from=origin)
    (course,) = database.read_now(lambda unit: list(unit.catalogue.iterate("manchester")))
    assert course.url == "https://feeds.example.org/a"


FEED = Feed("f", "manchester", "Hulme Hub", "https://feeds.example.org/c.csv")
ANSWERS = {
    "good": (
        'print(\'{"format": "x", "new": 2, "changed": 1, "unchanged": 0, "withdrawn": 0,'
        ' "rejected_count": 3, "warnings_count": 0, "stopped": false}\')'
    ),
    "bad": "raise SystemExit(2)",
}


def program(folder: Path, text: str) -> SimpleNamespace:
    """A stand-in for the interpreter that runs this text whatever it is told to run."""
    path = folder / "python"
    path.write_text(f"#!{sys.executable}\n{text}\n", "utf-8")
    path.chmod(0o700)
    return SimpleNamespace(executable=str(path))


async def test_the_process_apart_reports_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(course_files, "sys", program(tmp_path, ANSWERS["good"]))
    report = await import_apart(FEED, Source(tmp_path / "x"))
    assert (report.new, report.changed, report.rejected_count) == (2, 1, 3)
    monkeypatch.setattr(course_files, "sys", program(tmp_path, ANSWERS["bad"]))
    with pytest.raises(ImportRefused):
        await import_apart(FEED, Source(tmp_path / "x"))
