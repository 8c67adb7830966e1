"""What people in the chat feel while 1,000 people are awarded a badge at once.

The real program and the process that signs for it have one core; the people and the fake Bot API
have the other. One person and twenty take turns of a second, between parts of the award and
during them.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import quantiles
from typing import TypeVar

import uvloop

from bench.company import Company, Window
from bench.rows import Row, at_most
from bench.turns.ours import BOT_CORE, CROWD_CORE, WrongRepliesError, on_core, stay_on_core
from bot.badges.held import NewAward
from bot.badges.planning import about_course
from storage import Database, Unit
from tests.support.fake_bot_api import FakeBotApi
from tests.support.program import Program

PART = "badges"
T = TypeVar("T")
AWARDED, PARTS, AT_ONCE = 1_000, 5, 8
ALONE, TOGETHER = 1, 20
QUIET_SECONDS = 12.0
SLICE_SECONDS = 1.0
LATEST = 120.0
TIMES_SLOWER = 1.5
SETTINGS = {
    "BOT_FLOOD_BURST": "1000000",
    "BOT_FLOOD_PER_SECOND": "1000000",
    "SCRIPTED_PEOPLE": str(TOGETHER),
}
ABOUT = about_course("course-1", "Spreadsheets for beginners", "College", [("digcomp3", "1.3", 1)])


def run() -> list[Row]:
    """Measure an award of 1,000 badges beside the running program; about 2 minutes."""
    stay_on_core(CROWD_CORE)
    return uvloop.run(_run())


async def _run() -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
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
                company = Company(fake, TOGETHER)
                rows = await _watch(program, company)
                await program.stop()
    if wrong := company.wrong():
        raise WrongRepliesError(f"{len(wrong)} wrong: {wrong[:3]}")
    return rows


async def _watch(program: Program, company: Company) -> list[Row]:
    """Award in five parts with quiet between them, so that what else runs weighs on both alike."""
    quiet, busy = [], []
    await _alternate(company, 2.0)
    for part in range(PARTS):
        began = time.time()
        await _alternate(company, QUIET_SECONDS)
        quiet.append(Window(began, time.time()))
        _award(program.database, part)
        began = time.time()
        while _waiting(program.database):
            await _alternate(company, 2 * SLICE_SECONDS)
            if time.time() - began > LATEST:
                raise WrongRepliesError("the badges were not all signed")
        busy.append(Window(began, time.time()))
    return list(_rows(company, quiet, busy))


async def _alternate(company: Company, seconds: float) -> None:
    began = time.time()
    while time.time() - began < seconds:
        for people in (ALONE, TOGETHER):
            await company.talk(people, SLICE_SECONDS)


def _rows(company: Company, quiet: list[Window], busy: list[Window]) -> Iterator[Row]:
    seconds = sum(one.ended - one.began for one in busy)
    yield Row(PART, "1,000 badges signed", AWARDED / seconds, "badges/s", note=f"{seconds:.0f} s")
    for people in (ALONE, TOGETHER):
        before, during = (
            _p95(company.latencies(people, *windows)) * 1000 for windows in (quiet, busy)
        )
        who = "1 person" if people == ALONE else f"{people} people"
        yield Row(PART, f"chat p95, {who}, nothing else", before, "ms")
        yield Row(PART, f"chat p95, {who}, during the award", during, "ms")
        name = f"chat p95 during an award against before, {who}"
        yield at_most(PART, name, during / before, "times", TIMES_SLOWER)


def _p95(sorted_seconds: list[float]) -> float:
    return quantiles(sorted_seconds, n=20)[-1]


def _award(path: Path, part: int) -> None:
    """Ask for badges as the program does when a provider approves claims: a few at a time."""
    each = AWARDED // PARTS
    for begin in range(part * each, (part + 1) * each, AT_ONCE):
        _once(path, partial(_award_some, range(begin, begin + AT_ONCE)))


def _award_some(numbers: range, unit: Unit) -> None:
    for number in numbers:
        person = unit.people.ensure("telegram", "1", f"learner-{number}", city="manchester")
        unit.badges.award(NewAward(person.id, "manchester", "attendance", ABOUT))


def _waiting(path: Path) -> bool:
    return _once(path, lambda unit: unit.badges.is_waiting())


def _once(path: Path, work: Callable[[Unit], T]) -> T:
    database = Database.open(f"sqlite:///{path}", is_alone=False)
    try:
        return database.write_now(work)
    finally:
        database.close()
