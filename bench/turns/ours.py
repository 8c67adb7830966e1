"""Our own bot under a crowd: one core for it, the other for the fake Bot API and the people."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from bench.turns.crowd import Crowd, Kind, Measured
from tests.support.fake_bot_api import FakeBotApi
from tests.support.fake_bot_api.server import TOKEN
from tests.support.program import ROOT, free_port

BOT_CORE, CROWD_CORE = "0", "1"
PROGRAM = "tests.support.scripted_program"


class WrongRepliesError(AssertionError):
    """The bot did not say what the conversation makes it say, or did not store it."""


def on_core(core: str) -> tuple[str, ...]:
    """Return what goes before a command so that it runs on one core."""
    return ("taskset", "-c", core) if shutil.which("taskset") else ()


def stay_on_core(core: str) -> None:
    """Keep this process, and what it starts, on one core where there are several."""
    if hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(0, {int(core)})


async def start_program(
    module: str, folder: Path, api_url: str, environment: dict[str, str]
) -> asyncio.subprocess.Process:
    """Start a Python module on the bot's core and wait for its line "ready"."""
    process = await asyncio.create_subprocess_exec(
        *on_core(BOT_CORE), sys.executable, "-m", module,
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "BOT_CITIES": "manchester",
            "BOT_SAMPLE_DATA": "off",
            "BOT_TELEGRAM_TOKEN": TOKEN,
            "BOT_TELEGRAM_API_URL": api_url,
            "BOT_TELEGRAM_LIMITS": "off",
            "BOT_FLOOD_BURST": "1000000",
            "BOT_FLOOD_PER_SECOND": "1000000",
            "BOT_PORT": str(free_port()),
            **environment,
        },
    )  # fmt: skip
    assert process.stdout is not None
    async with asyncio.timeout(60):
        while line := await process.stdout.readline():
            if line.strip() == b"ready":
                return process
    raise WrongRepliesError("the program did not start")


async def stop_program(process: asyncio.subprocess.Process) -> None:
    """Stop it politely."""
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(30):
        await process.wait()


async def measure(
    kind: Kind,
    *,
    people: int = 50,
    latency: float = 0.0,
    seconds: float = 5.0,
    environment: dict[str, str] | None = None,
) -> Measured:
    """Let a crowd talk with our bot, then check replies and rows.

    Raises:
        WrongRepliesError: A reply, or a row of inbox, log or outbox, is not what it must be.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with FakeBotApi(is_strict=False, is_recording=False) as fake:
            fake.latency = latency
            settings = {"SCRIPTED_PEOPLE": str(people), **(environment or {})}
            process = await start_program(PROGRAM, folder, fake.url, settings)
            crowd = Crowd(fake, people, kind)
            try:
                measured = await crowd.talk(seconds=seconds)
                await asyncio.sleep(0.3)
            finally:
                await stop_program(process)
        if measured.wrong or fake.problems:
            raise WrongRepliesError(f"{len(measured.wrong)} wrong: {measured.wrong[:3]}")
        if not (environment or {}).get("BOT_DATABASE_URL"):
            _check_rows(folder / "var" / "bot.db", crowd.total)
        return measured


async def measure_peer(module: str, *, latency: float = 0.0, seconds: float = 5.0) -> Measured:
    """Let the same crowd talk with another bot.

    Raises:
        WrongRepliesError: A reply is not what was said.
    """
    with tempfile.TemporaryDirectory() as name:
        async with FakeBotApi(is_strict=False, is_recording=False) as fake:
            fake.latency = latency
            process = await start_program(module, Path(name), fake.url, {})
            crowd = Crowd(fake, 50, "echo")
            try:
                measured = await crowd.talk(seconds=seconds)
            finally:
                await stop_program(process)
        if measured.wrong or not measured.turns:
            raise WrongRepliesError(f"{module}: {measured.wrong[:3]}")
        return measured


def _check_rows(path: Path, replies: int) -> None:
    with closing(sqlite3.connect(path)) as database:
        counts = {
            table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("inbox", "outbox", "act")
        }
    # The crowd goes on for a moment after it has stopped listening.
    if not all(counts[table] >= replies * 0.9 for table in counts) or counts["inbox"] < replies:
        raise WrongRepliesError(f"{replies} replies, but rows: {counts}")
