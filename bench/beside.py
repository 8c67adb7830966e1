"""What people in the chat feel while a city's 100,000 courses are imported and indexed.

The real program has one core; the people, the fake Bot API and, where the system puts it there,
the import have the other. One person and twenty take turns of two seconds, from before the import
until the index is new, so that quiet and busy times are measured in one run.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import uvloop

from bench.company import Company, Window
from bench.imports import GOAL_MEGABYTES, GOAL_SECONDS, write_csv
from bench.rows import Row, at_most
from bench.turns.ours import BOT_CORE, CROWD_CORE, WrongRepliesError, on_core, stay_on_core
from storage import Database, Unit
from tests.support.fake_bot_api import FakeBotApi
from tests.support.program import ROOT, Program

PART = "beside"
COURSES = 100_000
ALONE, TOGETHER = 1, 20
WATCHED = 200
"""People who asked to be told of new courses; none of them says anything."""
QUIET_SECONDS = 8.0
SLICE_SECONDS = 2.0
LATEST = 150.0
ANSWERED_WITHIN = {ALONE: 50.0, TOGETHER: 200.0}
"""Milliseconds: well under what anybody notices in a chat."""
SETTINGS = {
    "BOT_FLOOD_BURST": "1000000",
    "BOT_FLOOD_PER_SECOND": "1000000",
    "SCRIPTED_PEOPLE": str(TOGETHER),
}
WISHES = ("excel", "cooking", "esol", "painting", "plumbing", "spanish", "first aid", "coding")


def run() -> list[Row]:
    """Measure an import beside the running program, and the rebuild after it; 3 minutes."""
    stay_on_core(CROWD_CORE)
    return uvloop.run(_run())


@dataclass(frozen=True, slots=True)
class _Import:
    """An import in a process of its own."""

    window: Window
    megabytes: float
    new: int


@dataclass(frozen=True, slots=True)
class _Seen:
    """One whole run."""

    company: Company
    quiet: Window
    imported: _Import
    rebuilds: tuple[Window, ...]
    notices: int
    resident: tuple[float, float]


async def _run() -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sheet = folder / "courses.csv"
        write_csv(sheet, COURSES)
        async with FakeBotApi(is_strict=False, is_recording=False) as fake:
            program = Program(
                folder,
                fake.url,
                SETTINGS,
                command=on_core(BOT_CORE),
                module=("tests.support.scripted_program",),
            )
            async with program:
                await program.start()
                seen = await _watch(program, Company(fake, TOGETHER), sheet)
                await program.stop()
    if wrong := seen.company.wrong():
        raise WrongRepliesError(f"{len(wrong)} wrong: {wrong[:3]}")
    return list(_rows(seen))


async def _watch(program: Program, company: Company, sheet: Path) -> _Seen:
    _ask_to_be_told(program.database)
    await _alternate(company, lambda: time.time() - began > 2, began := time.time())
    quiet = Window(time.time(), time.time() + QUIET_SECONDS)
    await _alternate(company, lambda: time.time() > quiet.ended, time.time())
    before = resident(program)
    importing = asyncio.create_task(_import(program, sheet))
    await _alternate(company, importing.done, time.time())
    imported = await importing
    await _alternate(company, lambda: _is_indexed(program, imported.window.ended), time.time())
    notices = await _told(program.database)
    return _Seen(
        company,
        quiet,
        imported,
        tuple(_rebuilds(program)),
        notices,
        (before, resident(program)),
    )


async def _alternate(company: Company, is_over: Callable[[], bool], began: float) -> None:
    """Let one person talk, then twenty, and so on.

    Raises:
        WrongRepliesError: It is not over after a long time.
    """
    while not is_over():
        for people in (ALONE, TOGETHER):
            await company.talk(people, SLICE_SECONDS)
        if time.time() - began > LATEST:
            raise WrongRepliesError("the import or the new index did not come")


async def _import(program: Program, sheet: Path) -> _Import:
    """Import as `python -m bot courses import` does, wherever the system lets it run."""
    began = time.time()
    process = await asyncio.create_subprocess_exec(
        *(on_core(f"{BOT_CORE},{CROWD_CORE}")),
        sys.executable, "-m", "bot", "courses", "import", str(sheet),
        "--city=manchester", "--provider=College", "--json",
        cwd=program.folder,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT), "BOT_SAMPLE_DATA": "off"},
    )  # fmt: skip
    most, output = 0.0, asyncio.create_task(process.communicate())
    while not output.done():
        most = max(most, _status(process.pid, "VmHWM"))
        await asyncio.sleep(0.1)
    told = json.loads((await output)[0])
    return _Import(Window(began, time.time()), most, told["new"])


def _rebuilds(program: Program) -> Iterator[Window]:
    for line in program.log().splitlines():
        if '"index.rebuilt"' in line:
            told = json.loads(line)
            ended = datetime.fromisoformat(told["timestamp"]).timestamp()
            yield Window(ended - told["seconds"], ended)


def _is_indexed(program: Program, after: float) -> bool:
    return any(window.began > after for window in _rebuilds(program))


def _status(pid: int, field: str) -> float:
    """Return a size of a process in MB; 0 where the system does not tell."""
    path = Path(f"/proc/{pid}/status")
    found = re.search(rf"{field}:\s+(\d+) kB", path.read_text("ascii")) if path.exists() else None
    return int(found.group(1)) / 1024 if found else 0.0


def resident(program: Program) -> float:
    """Return how many MB of memory a program holds; 0 where the system does not tell."""
    return _status(program.process.pid, "VmRSS") if program.process else 0.0


def _ask_to_be_told(path: Path) -> None:
    def add(unit: Unit) -> None:
        for number in range(WATCHED):
            person = unit.people.ensure("telegram", "1", f"watcher-{number}", city="manchester")
            words = WISHES[number % len(WISHES)]
            request = {"text": words, "city": "manchester"}
            unit.wishes.add_search(person.id, "manchester", words, request)

    database = Database.open(f"sqlite:///{path}", is_alone=False)
    database.write_now(add)
    database.close()


async def _told(path: Path) -> int:
    """Return how many watchers have notices, once there are no more of them."""
    found = -1
    while found < (found := await asyncio.to_thread(_notices, path)) < WATCHED:  # noqa: ASYNC110 - another process
        await asyncio.sleep(5)
    return found


def _notices(path: Path) -> int:
    def count(unit: Unit) -> int:
        searches = unit.wishes.list_searches_of_city("manchester", after="", limit=WATCHED)
        return sum(bool(unit.wishes.list_due_notices(one.person)) for one in searches)

    database = Database.open(f"sqlite:///{path}", is_alone=False)
    found = database.read_now(count)
    database.close()
    return found


def _rows(seen: _Seen) -> Iterator[Row]:
    after = seen.imported.window.ended
    last = [window for window in seen.rebuilds if window.began > after]
    for what, windows in (("import", [seen.imported.window]), ("rebuild", last)):
        for people in (ALONE, TOGETHER):
            yield _chat(seen, what, people, windows)
    seconds = seen.imported.window.ended - seen.imported.window.began
    note = f"{seen.imported.new:,} courses, SQLite, the people in the chat going first"
    yield at_most(PART, "import beside the chat", seconds, "s", GOAL_SECONDS, note)
    yield at_most(PART, "memory of it", seen.imported.megabytes, "MB", GOAL_MEGABYTES)
    builds = sum(window.ended - window.began for window in last)
    began = seen.imported.window.began
    during = sum(began < window.began < after for window in seen.rebuilds)
    note = f"beside the chat; {during} while it was imported"
    yield Row(PART, "rebuild of the index", builds, "s", note=note)
    added = seen.resident[1] - seen.resident[0]
    yield Row(PART, "memory that the new index adds to the bot", added, "MB")
    told = 100 * seen.notices / WATCHED
    note = f"{WATCHED} watched searches"
    yield Row(PART, "watchers with notices of it", told, "%", "= 100", told == 100, note)


def _chat(seen: _Seen, what: str, people: int, windows: list[Window]) -> Row:
    quiet = seen.company.latencies(people, seen.quiet)
    busy = seen.company.latencies(people, *windows)
    note = (
        f"idle p95 {_quantile(quiet, 0.95):.1f} ms; p50 {_quantile(busy, 0.5):.1f}, "
        f"p99 {_quantile(busy, 0.99):.1f}, worst {busy[-1] * 1000:.0f} ms of {len(busy):,} turns"
    )
    name = f"{people} in the chat during the {what}, p95"
    return at_most(PART, name, _quantile(busy, 0.95), "ms", ANSWERED_WITHIN[people], note)


def _quantile(sorted_seconds: list[float], part: float) -> float:
    """Return a quantile in milliseconds."""
    return sorted_seconds[int(len(sorted_seconds) * part)] * 1000
