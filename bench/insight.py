"""City insight with 1,000,000 people: what rolling up takes, and what pages take from it."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from aiohttp.test_utils import TestClient, TestServer

from bench.rows import Row, at_most
from bot.insights.sheets import SHEETS, Release, before, ended
from bot.people import Grant, Role
from bot.web import build_web
from bot.web.insight.pages import TOPICS
from bot.web.stored_needs import StoredFigures
from bot.work.releasing import Releasing
from storage import Database
from tests.support.counted_town import CITY, NOW, settle
from tests.support.databases import MovedClock
from tests.web.fakes import make_world
from tests.work.test_insight import House, OneCity
from tests.work.test_releasing import BOOKS, WELDING

PART = "insight"
PEOPLE = 1_000_000
WEEKS, TRIES = 52, 5
LONGEST_WRITE, LONGEST_PAGE = 50.0, 1.0
SECRET = "s" * 22


def run() -> list[Row]:
    """Measure on SQLite; writing the town takes some minutes."""
    with tempfile.TemporaryDirectory() as name:
        url = f"sqlite:///{Path(name) / 'town.db'}"
        Database.migrate(url)
        clock = MovedClock(NOW)
        database = Database.open(url, clock=clock)
        settle(database, PEOPLE, courses=("welding", "books"), pathway="digital-start")
        rows = [*_roll_up(database, clock), *asyncio.run(_pages(database))]
        database.close()
    return rows


def _roll_up(database: Database, clock: MovedClock) -> list[Row]:
    house = House(database, OneCity((WELDING, BOOKS)), clock)
    work = Releasing(database, house.around, clock)
    took: dict[str, float] = {}
    writes: list[float] = []
    # The first row of a table costs what getting ready to write it does, whoever writes it.
    database.write_now(partial(_add, Release("people", date(2020, 1, 6), {})))
    for sheet in SHEETS.values():
        for starts_on in list(ended(NOW.date(), sheet.every))[:1]:
            began = time.perf_counter()
            one = work.made(CITY, sheet, starts_on)
            took[sheet.key] = time.perf_counter() - began
            began = time.perf_counter()
            database.write_now(lambda unit, one=one: unit.releases.add(CITY, one))  # type: ignore[misc]
            writes.append(1000 * (time.perf_counter() - began))
            _fill(database, one)
    slowest = max(took, key=lambda key: took[key])
    note = f"{PEOPLE:,} people; the slowest sheet is {slowest}, {took[slowest]:.1f} s"
    return [
        Row(PART, "rolling up a week and a month", sum(took.values()), "s", note=note),
        at_most(PART, "the longest write of it", max(writes), "ms", LONGEST_WRITE),
    ]


def _fill(database: Database, one: Release) -> None:
    """Tell the same of a whole year before, so that pages have as much to show as they can."""
    every = SHEETS[one.sheet].every
    day = one.starts_on
    for _ in range(WEEKS if every == "week" else 12):
        day = before(day, every)
        older = Release(one.sheet, day, one.groups)
        database.write_now(partial(_add, older))


def _add(one: Release, unit: Any) -> None:
    unit.releases.add(CITY, one)


async def _pages(database: Database) -> list[Row]:
    world = make_world("http://127.0.0.1")
    world.staff.sign_in(SECRET, Grant(Role.ANALYST, CITY))
    ports = replace(world.ports, figures=StoredFigures(database), clock=lambda: NOW)
    rows = []
    async with TestClient(TestServer(build_web(ports))) as client:
        for name, path in _paths():
            seconds = [await _took(client, path) for _ in range(TRIES)]
            note = f"median of {TRIES}; the slowest took {max(seconds):.2f} s"
            rows.append(at_most(PART, name, median(seconds), "s", LONGEST_PAGE, note))
    return rows


def _paths() -> Iterator[tuple[str, str]]:
    yield "page: overview", "/staff/insight?weeks=52"
    for topic in (*TOPICS, "evaluation"):
        yield f"page: {topic}", f"/staff/insight/{topic}?weeks=52"
    yield "page: open data", f"/open-data/{CITY}"
    yield "file: a year of open data", f"/open-data/{CITY}/figures.csv"


async def _took(client: Any, path: str) -> float:
    began = time.perf_counter()
    async with client.get(path, headers={"Cookie": f"lcb-staff={SECRET}"}) as response:
        assert response.status == 200, path
        await response.read()
    return time.perf_counter() - began
