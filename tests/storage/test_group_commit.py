"""The writer of SQLite: many units, one sync, nobody answered too early, nobody hurt by others."""

import asyncio
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.conversation.messages import Incoming
from bot.errors import Conflict, DatabaseBusy, Refused
from storage import Database, Unit
from tests.storage.factories import incoming, outgoing


def writer_of(database: Database) -> Any:
    return database._engine._writer  # type: ignore[attr-defined]


@pytest.fixture
def traced(sqlite_database: Database) -> Iterator[list[str]]:
    statements: list[str] = []
    driver = writer_of(sqlite_database)._driver
    driver.set_trace_callback(statements.append)
    yield statements
    driver.set_trace_callback(None)


def put(name: str, value: str = "1") -> Callable[[Unit], str]:
    def unit_function(unit: Unit) -> str:
        unit.marks.put(name, value)
        return name

    return unit_function


def receive(update: Incoming) -> Callable[[Unit], int]:
    return lambda unit: len(unit.inbox.add_many([update]))


def refuse(unit: Unit) -> str:
    unit.marks.put("refused", "1")
    raise Refused("no")


def read_mark(database: Database, name: str) -> str | None:
    return database.read_now(lambda unit: unit.marks.get(name))


class Gate:
    """Holds the writer inside a unit until it is opened, so that others queue up behind it."""

    def __init__(self) -> None:
        self.is_reached, self.is_open = threading.Event(), threading.Event()

    def __call__(self, unit: Unit) -> str:
        unit.marks.put("gate", "1")
        self.is_reached.set()
        assert self.is_open.wait(10)
        return "gate"


async def queued_behind(
    database: Database, gate: Gate, *fns: Callable[[Unit], str]
) -> list[str | Exception]:
    first = asyncio.create_task(database.write(gate))
    await asyncio.to_thread(gate.is_reached.wait, 10)
    rest = asyncio.create_task(database.write_many(fns))
    await asyncio.sleep(0)
    gate.is_open.set()
    await asyncio.wait_for(first, 10)
    return await asyncio.wait_for(rest, 10)


async def test_units_that_come_together_share_one_begin_and_one_commit(
    sqlite_database: Database, traced: list[str]
) -> None:
    answers = await queued_behind(sqlite_database, Gate(), *(put(f"m{n}") for n in range(20)))
    assert answers == [f"m{n}" for n in range(20)]
    kinds = [statement.split()[0] for statement in traced]
    groups = " ".join(kind for kind in kinds if kind in ("BEGIN", "COMMIT")).split("COMMIT")
    assert [group.strip() for group in groups] == ["BEGIN", "BEGIN", ""]
    assert kinds.count("SAVEPOINT") == kinds.count("RELEASE") == 21
    assert all(s == "BEGIN IMMEDIATE" for s in traced if s.startswith("BEGIN"))
    assert kinds.index("COMMIT") > kinds.index("RELEASE")


async def test_a_unit_that_raises_is_undone_alone(
    sqlite_database: Database, traced: list[str]
) -> None:
    good, bad, also_good = await queued_behind(sqlite_database, Gate(), put("a"), refuse, put("b"))
    assert (good, also_good) == ("a", "b")
    assert isinstance(bad, Refused)
    assert [s for s in traced if s.startswith("ROLLBACK")] == ["ROLLBACK TO unit"]
    assert read_mark(sqlite_database, "refused") is None
    assert read_mark(sqlite_database, "b") == "1"


async def test_rows_of_a_session_are_undone_with_their_unit(sqlite_database: Database) -> None:
    def half(unit: Unit) -> None:
        unit.reports.add(None, "manchester", "c1", "wrong-date")
        raise Conflict

    with pytest.raises(Conflict):
        await sqlite_database.write(half)
    assert sqlite_database.read_now(lambda unit: unit.reports.list_open("manchester")) == []


async def test_a_commit_that_fails_costs_only_the_unit_that_spoilt_it(
    sqlite_database: Database,
) -> None:
    def spoil(unit: Unit) -> str:
        # A broken deferred rule shows at the commit, not before.
        unit._driver.execute("PRAGMA defer_foreign_keys = ON")
        unit._driver.execute("INSERT INTO child VALUES ('nobody')")
        return "spoilt"

    driver = writer_of(sqlite_database)._driver
    driver.executescript(
        """PRAGMA foreign_keys = ON; CREATE TABLE parent (id TEXT PRIMARY KEY);
        CREATE TABLE child (parent TEXT REFERENCES parent (id))"""
    )
    good, bad, also_good = await queued_behind(sqlite_database, Gate(), put("a"), spoil, put("b"))
    assert (good, also_good) == ("a", "b")
    assert isinstance(bad, Conflict)
    assert read_mark(sqlite_database, "a") == read_mark(sqlite_database, "b") == "1"


async def test_a_lost_transaction_is_run_again_unit_by_unit(sqlite_database: Database) -> None:
    runs: list[str] = []

    def lose(unit: Unit) -> str:
        runs.append("lose")
        if len(runs) == 1:
            unit._driver.execute("ROLLBACK")  # as SQLite does itself when the disk is full
            raise sqlite3.OperationalError("lost")
        return "found"

    answers = await queued_behind(sqlite_database, Gate(), put("a"), lose, put("b"))
    assert answers == ["a", "found", "b"]
    assert read_mark(sqlite_database, "a") == "1"


async def test_nobody_is_answered_before_the_commit(sqlite_database: Database) -> None:
    at_commit: list[bool] = []
    job_done = asyncio.Event()

    def trace(statement: str) -> None:
        if statement == "COMMIT":
            at_commit.append(job_done.is_set())

    writer_of(sqlite_database)._driver.set_trace_callback(trace)
    await sqlite_database.write(put("a"))
    job_done.set()
    assert at_commit == [False]


async def test_a_reader_sees_a_unit_as_soon_as_its_caller_is_answered(
    sqlite_database: Database,
) -> None:
    for number in range(50):
        await sqlite_database.write(put("n", str(number)))
        assert await sqlite_database.read(lambda unit: unit.marks.get("n")) == str(number)


async def test_a_group_wakes_the_event_loop_once(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop = asyncio.get_running_loop()
    calls: list[Any] = []
    original = loop.call_soon_threadsafe

    def counted(callback: Callable[..., object], *args: Any, **kwargs: Any) -> asyncio.Handle:
        if threading.current_thread().name == "storage-writer":
            calls.append(callback)
        return original(callback, *args, **kwargs)

    monkeypatch.setattr(loop, "call_soon_threadsafe", counted)
    await queued_behind(sqlite_database, Gate(), *(put(f"m{n}") for n in range(30)))
    assert len(calls) == 2


async def test_many_callers_at_once_lose_nothing(sqlite_database: Database) -> None:
    async def caller(number: int) -> None:
        for step in range(10):
            await sqlite_database.write(receive(incoming(chat=f"c{number}", text=str(step))))

    await asyncio.gather(*(caller(number) for number in range(40)))
    assert sqlite_database.read_now(lambda unit: unit.inbox.count_waiting()) == 400
    facts = sqlite_database.facts()
    assert facts.units == 400
    assert facts.commits < 400


async def test_a_reader_cannot_write(sqlite_database: Database) -> None:
    with pytest.raises(DatabaseBusy, match="READONLY"):
        await sqlite_database.read(put("a"))


async def test_a_unit_that_holds_the_writer_too_long_is_named(
    sqlite_database: Database, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = iter(range(100))
    monkeypatch.setattr(time, "perf_counter", lambda: next(ticks) * 0.06)
    with caplog.at_level(logging.WARNING):
        await sqlite_database.write(put("slow"))
    [record] = [r for r in caplog.records if getattr(r, "action", "") == "storage.slow_unit"]
    assert "unit_function" in record.unit  # type: ignore[attr-defined]
    assert sqlite_database.facts().slow_units == 1


async def test_slices_let_others_in_between(sqlite_database: Database) -> None:
    left = [3]
    seen: list[str] = []

    def step(unit: Unit) -> bool:
        left[0] -= 1
        seen.append("slice")
        return left[0] == 0

    async def other() -> None:
        seen.append(await sqlite_database.write(put("other")))

    await asyncio.gather(sqlite_database.in_slices(step), other())
    assert seen.index("other") < len(seen) - 1
    assert seen.count("slice") == 3


def test_work_that_was_taken_is_finished_at_the_end(sqlite_url: str) -> None:
    database = Database.open(sqlite_url)
    gate = Gate()
    threads = [
        threading.Thread(target=database.write_now, args=(fn,)) for fn in (gate, put("last"))
    ]
    threads[0].start()
    gate.is_reached.wait(10)
    threads[1].start()
    while database.facts().waiting == 0:
        threading.Event().wait(0.001)
    closer = threading.Thread(target=database.close)
    closer.start()
    gate.is_open.set()
    for thread in (*threads, closer):
        thread.join(10)
    again = Database.open(sqlite_url)
    assert read_mark(again, "last") == "1"
    again.close()
    with pytest.raises(DatabaseBusy):
        database.write_now(put("too late"))


async def test_a_caller_that_gave_up_does_not_stop_the_others(sqlite_database: Database) -> None:
    gate = Gate()
    first = asyncio.create_task(sqlite_database.write(gate))
    await asyncio.to_thread(gate.is_reached.wait, 10)
    given_up = asyncio.create_task(sqlite_database.write(put("anyway")))
    await asyncio.sleep(0)
    given_up.cancel()
    gate.is_open.set()
    await first
    assert await sqlite_database.write(put("next")) == "next"
    assert read_mark(sqlite_database, "anyway") == "1"


async def test_a_database_locked_by_another_process_is_busy_then_recovers(
    sqlite_database: Database, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer_of(sqlite_database)._driver.execute("PRAGMA busy_timeout = 20")
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseBusy, match="SQLITE_BUSY"):
        await sqlite_database.write(put("a"))
    assert await sqlite_database.read(lambda unit: unit.marks.get("a")) is None
    other.execute("ROLLBACK")
    other.close()
    assert await sqlite_database.write(put("a")) == "a"


async def test_a_full_disk_is_busy_then_recovers(sqlite_database: Database) -> None:
    driver = writer_of(sqlite_database)._driver
    pages = driver.execute("PRAGMA page_count").fetchone()[0]
    driver.execute(f"PRAGMA max_page_count = {pages}")
    long_text = "x" * 100_000

    def fill(unit: Unit) -> None:
        unit.outbox.add_many([outgoing(text=long_text)])

    with pytest.raises(DatabaseBusy, match="SQLITE_FULL"):
        await sqlite_database.write(fill)
    driver.execute("PRAGMA max_page_count = 1000000")
    await sqlite_database.write(fill)
    assert sqlite_database.read_now(lambda unit: unit.outbox.counts()) == {"waiting": 1}


async def test_everybody_waiting_hears_that_the_disk_is_full_or_gets_through(
    sqlite_database: Database,
) -> None:
    driver = writer_of(sqlite_database)._driver
    pages = driver.execute("PRAGMA page_count").fetchone()[0]
    driver.execute(f"PRAGMA max_page_count = {pages}")

    def fill(unit: Unit) -> str:
        unit.outbox.add_many([outgoing(text="x" * 100_000)])
        return "filled"

    full, small = await queued_behind(sqlite_database, Gate(), fill, put("small"))
    assert isinstance(full, DatabaseBusy)
    assert small == "small"


def test_durability_is_what_it_says(sqlite_database: Database) -> None:
    driver = writer_of(sqlite_database)._driver
    full, wal = 2, "wal"
    assert driver.execute("PRAGMA synchronous").fetchone()[0] == full
    assert driver.execute("PRAGMA journal_mode").fetchone()[0] == wal
    assert driver.execute("PRAGMA secure_delete").fetchone()[0] == 1
    assert driver.isolation_level is None


def test_the_process_can_end_with_the_database_open(tmp_path: Path, sqlite_url: str) -> None:
    database = Database.open(sqlite_url)
    assert writer_of(database)._thread.daemon
    database.close()
