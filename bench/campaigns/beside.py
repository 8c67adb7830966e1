"""What people in the chat feel while a campaign of 100,000 recipients goes out.

The real program has one core; the people and the fake Bot API have the other. The limiter works
as it does in earnest: replies and the campaign share 28 messages a second. The run is paused and
resumed, so that quiet and busy times are measured under the same load of the machine.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path

from bench.campaigns.town import settle_town
from bench.rows import Row, at_most
from bench.turns.ours import BOT_CORE, WrongRepliesError, on_core
from bot.campaigns.records import BroadcastState
from bot.work.campaigns.launching import SLICE
from storage import Database
from tests.support.fake_bot_api import FakeBotApi
from tests.support.fake_bot_api.calls import Call
from tests.support.program import Program
from tests.support.run_campaigns import begin, freeze

PART = "campaigns"
RECIPIENTS, FIRST_CHAT = 100_000, 1_000
PEOPLE, A_SECOND = 60, 10
"""So many people write so often in all, each every six seconds: no chat's own budget holds them."""
ROUNDS, SECONDS = 8, 6.0
TIMES_SLOWER = 1.3
SETTINGS = {
    "BOT_FLOOD_BURST": "1000000",
    "BOT_FLOOD_PER_SECOND": "1000000",
    "BOT_TELEGRAM_LIMITS": "on",
    "SCRIPTED_PEOPLE": str(PEOPLE),
}


async def run_beside() -> list[Row]:
    """Measure quiet and busy rounds in turn; two minutes."""
    with tempfile.TemporaryDirectory() as name:
        async with FakeBotApi(is_strict=False, is_recording=False) as fake:
            program = Program(
                Path(name),
                fake.url,
                SETTINGS,
                command=on_core(BOT_CORE),
                module=("tests.support.scripted_program",),
            )
            async with program:
                run = _prepare(program, fake)
                await program.start()
                rows = await _watch(program, Writers(fake), run)
                await program.stop()
    return rows


class Writers:
    """People who write at a steady pace, and how long each reply took."""

    def __init__(self, fake: FakeBotApi) -> None:
        self._people = {number: fake.person(number) for number in range(1, PEOPLE + 1)}
        self._said: dict[int, float] = {}
        self._took: list[float] = []
        self._next = 0
        fake.listeners.append(self._hear)

    def _hear(self, call: Call) -> None:
        if call.method == "sendMessage" and call.done and call.chat in self._said:
            self._took.append(time.perf_counter() - self._said.pop(call.chat))

    async def write(self, seconds: float) -> list[float]:
        """Write for some seconds; return how many seconds each reply took."""
        self._took = []
        for _ in range(int(seconds * A_SECOND)):
            number = 1 + self._next % PEOPLE
            self._said[number] = time.perf_counter()
            self._people[number].say("/typed" if self._next < PEOPLE else f"word{self._next}")
            self._next += 1
            await asyncio.sleep(1 / A_SECOND)
        async with asyncio.timeout(30):
            while self._said:  # noqa: ASYNC110 - another process's news
                await asyncio.sleep(0.01)
        return self._took


def _prepare(program: Program, fake: FakeBotApi) -> str:
    """Freeze a run as a test, which leaves at any hour of the day."""
    program.database.parent.mkdir(parents=True, exist_ok=True)
    url = f"sqlite:///{program.database}"
    Database.migrate(url)
    database = Database.open(url)
    settle_town(database, RECIPIENTS, first_chat=FIRST_CHAT)
    run = database.write_now(lambda unit: freeze(unit, begin(unit, is_test=True), SLICE))
    database.write_now(lambda unit: unit.broadcasts.set_state(run.id, "paused", was=["running"]))
    database.close()
    for chat in range(FIRST_CHAT, FIRST_CHAT + RECIPIENTS):
        fake.person(chat).chat.is_started = True
    return run.id


async def _watch(program: Program, writers: Writers, run: str) -> list[Row]:
    quiet: list[float] = []
    busy: list[float] = []
    await writers.write(PEOPLE / A_SECOND)
    for _ in range(ROUNDS):
        quiet += await writers.write(SECONDS)
        _set(program.database, run, "running", "paused")
        busy += await writers.write(SECONDS)
        _set(program.database, run, "paused", "running")
    sent = _sent(program.database, run)
    idle, during = _p95(quiet), _p95(busy)
    note = (
        f"{A_SECOND} turns a second, idle {idle:.1f} ms, during {during:.1f} ms;"
        f" {sent / ROUNDS / SECONDS:.0f} of {RECIPIENTS:,} recipients a second"
    )
    return [
        at_most(PART, "reply p95 beside a campaign", during / idle, "times", TIMES_SLOWER, note)
    ]


def _set(path: Path, run: str, state: BroadcastState, was: BroadcastState) -> None:
    database = Database.open(f"sqlite:///{path}", is_alone=False)
    database.write_now(lambda unit: unit.broadcasts.set_state(run, state, was=[was]))
    database.close()


def _sent(path: Path, run: str) -> int:
    database = Database.open(f"sqlite:///{path}", is_alone=False)
    counts = database.read_now(lambda unit: unit.broadcasts.counts(run))
    database.close()
    if counts.get("sent", 0) == 0:
        raise WrongRepliesError(f"nothing was sent: {counts}")
    return counts["sent"]


def _p95(seconds: list[float]) -> float:
    return 1000 * sorted(seconds)[int(len(seconds) * 0.95)]
