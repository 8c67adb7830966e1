"""How fast the program starts, and how much memory it holds."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from bench.rows import Row, at_most
from bench.search.catalogue import courses
from bot.courses.bodies import body_hash, dump_course
from bot.courses.importing.records import StoredCourse
from storage import Database, Unit
from tests.support.fake_bot_api import FakeBotApi
from tests.support.program import Program

PART = "footprint"
COURSES = 5_000
CROWD = 100_000
SETTLE = 3.0


async def run_footprint() -> list[Row]:
    """Measure the start, the memory with 5,000 courses, and what 100,000 idle people add."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        await asyncio.to_thread(_fill, folder / "var" / "bot.db")
        async with FakeBotApi(is_strict=False) as fake:
            started = await _first_answer(folder, fake)
            memory = await _memory(folder, fake)
            _add_people(folder / "var" / "bot.db")
            crowded = await _memory(folder, fake)
    return [
        at_most(PART, "start to first answered message", started, "s", 5),
        at_most(PART, f"memory with {COURSES:,} courses", memory, "MB", 220),
        at_most(PART, f"memory that {CROWD:,} idle people add", max(0, crowded - memory), "MB", 5),
    ]


def _fill(path: Path) -> None:
    url = f"sqlite:///{path}"
    Database.migrate(url)
    database = Database.open(url)
    stored = []
    for course in courses(COURSES):
        body = dump_course(course)
        stored.append(StoredCourse(course, body, body_hash(body)))
    for start in range(0, len(stored), 250):
        database.write_now(_put(stored[start : start + 250]))
    database.close()


def _put(batch: list[StoredCourse]) -> Callable[[Unit], None]:
    return lambda unit: unit.catalogue.put("manchester", "bench", batch)


async def _first_answer(folder: Path, fake: FakeBotApi) -> float:
    person = fake.person(1)
    person.say("excel in the evening")
    async with Program(folder, fake.url) as program:
        began = time.perf_counter()
        await program.start(is_awaited=False)
        await person.reply(30)
        took = time.perf_counter() - began
        await program.stop()
        return took


async def _memory(folder: Path, fake: FakeBotApi) -> float:
    """Return resident megabytes after some searches, once all has settled."""
    async with Program(folder, fake.url) as program:
        await program.start()
        person = fake.person(2)
        for words in ("hello", "excel", "yoga", "maths near hulme", "evening courses"):
            person.say(words)
            await asyncio.sleep(0.3)
        await asyncio.sleep(SETTLE)
        assert program.process is not None
        resident = _resident(program.process.pid)
        await program.stop()
        return resident


def _resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found.group(1)) / 1024 if found else 0.0


def _add_people(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        names = [row[1] for row in database.execute("PRAGMA table_info(person)")]
        columns = ", ".join(names)
        values = ", ".join(
            {"id": "printf('%032x', n)", "reference": "printf('r%031x', n)"}.get(name, f"p.{name}")
            for name in names
        )
        database.execute(
            "WITH RECURSIVE crowd(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM crowd WHERE n < ?) "
            f"INSERT INTO person ({columns}) SELECT {values} FROM crowd, "
            "(SELECT * FROM person LIMIT 1) AS p",
            (CROWD,),
        )
        database.commit()
