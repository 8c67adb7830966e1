"""How soon nothing more leaves once a run is cancelled, or everything is stopped.

The real program sends as it does in earnest; another process writes the cancel, as another replica
would. What counts is the last message that reaches the Bot API after that.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.campaigns.town import settle_town
from bench.rows import Row, at_most
from bench.turns.ours import BOT_CORE, WrongRepliesError, on_core
from bot.work.campaigns.launching import SLICE
from storage import Database, Unit
from tests.support.fake_bot_api import FakeBotApi
from tests.support.fake_bot_api.calls import Call
from tests.support.program import Program
from tests.support.run_campaigns import begin, freeze

PART = "campaigns"
RECIPIENTS, FIRST_CHAT, ROUNDS = 2_000, 1_000, 5
LATENCY = 0.2
WATCHED = 4.0
GOAL = 2.0
SETTINGS = {"BOT_TELEGRAM_LIMITS": "on"}


async def run_halting() -> list[Row]:
    """Measure both ways in turn; a minute and a half."""
    with tempfile.TemporaryDirectory() as name:
        async with FakeBotApi(is_strict=False, is_recording=False) as fake:
            fake.latency = LATENCY
            program = Program(
                Path(name), fake.url, SETTINGS, command=on_core(BOT_CORE),
                module=("tests.support.scripted_program",),
            )  # fmt: skip
            async with program:
                database = _prepare(program, fake)
                await program.start()
                cancels = [await _halted(fake, database, _cancel) for _ in range(ROUNDS)]
                stops = [await _halted(fake, database, _stop) for _ in range(ROUNDS)]
                await program.stop()
                database.close()
    note = f"worst of {ROUNDS}, Bot API {LATENCY * 1000:.0f} ms"
    return [
        at_most(PART, "last message after a cancel", max(cancels), "s", GOAL, note),
        at_most(PART, "last message after a stop of everything", max(stops), "s", GOAL, note),
    ]


def _prepare(program: Program, fake: FakeBotApi) -> Database:
    program.database.parent.mkdir(parents=True, exist_ok=True)
    url = f"sqlite:///{program.database}"
    Database.migrate(url)
    database = Database.open(url, is_alone=False)
    settle_town(database, RECIPIENTS, first_chat=FIRST_CHAT)
    for chat in range(FIRST_CHAT, FIRST_CHAT + RECIPIENTS):
        fake.person(chat).chat.is_started = True
    return database


async def _halted(fake: FakeBotApi, database: Database, halt: Callable[[Unit, str], None]) -> float:
    """Begin a run, halt it while it goes; return when the last message came after that."""
    arrived: list[float] = []

    def hear(call: Call) -> None:
        if call.method == "sendMessage":
            arrived.append(time.perf_counter())

    # A test leaves at any hour of the day.
    run = database.write_now(lambda unit: freeze(unit, begin(unit, is_test=True), SLICE)).id
    fake.listeners.append(hear)
    async with asyncio.timeout(30):
        while len(arrived) < 20:  # noqa: ASYNC110 - another process's news
            await asyncio.sleep(0.01)
    database.write_now(lambda unit: halt(unit, run))
    halted_at = time.perf_counter()
    await asyncio.sleep(WATCHED)
    fake.listeners.remove(hear)
    database.write_now(lambda unit: _clear(unit, run))
    if len(arrived) >= RECIPIENTS:
        raise WrongRepliesError("the run was over before it was halted")
    return max(0.0, max(arrived) - halted_at)


def _cancel(unit: Unit, run: str) -> None:
    unit.broadcasts.set_state(run, "cancelled", was=["running"])


def _stop(unit: Unit, _: str) -> None:
    unit.campaigns.stop_everything("bench")


def _clear(unit: Unit, run: str) -> None:
    if unit.campaigns.end_stop():
        unit.broadcasts.set_state(run, "cancelled", was=["running"])
