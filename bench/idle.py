"""What people who came once leave in memory: each gets an answer, then is still.

All of them come to one running program, so that whatever it keeps for a chat is seen. Some things
are kept for the latest chats or pages only (how fast each may write, for the last 50,000; the
database's pages). The first 100,000 fill those; what counts is what the next 100,000 add.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from itertools import count
from pathlib import Path

import uvloop

from bench.beside import resident
from bench.rows import Row, at_most
from bench.turns.ours import BOT_CORE, CROWD_CORE, WrongRepliesError, on_core, stay_on_core
from tests.support.fake_bot_api import FakeBotApi
from tests.support.fake_bot_api.calls import Call
from tests.support.program import Program

PART = "idle"
EARLY, FIRST, ALL = 10_000, 100_000, 200_000
AT_ONCE = 50
SETTLE = 5.0
GOAL = 5.0
"""MB: how much the memory of a process moves by itself from one minute to the next."""


def run() -> list[Row]:
    """Measure the program before, between and after; three and a half minutes when quiet."""
    stay_on_core(CROWD_CORE)
    return uvloop.run(_run())


class Visitors:
    """People who say hello once, so many at a time, each new to the bot."""

    def __init__(self, fake: FakeBotApi) -> None:
        self._fake = fake
        self._numbers = count(1)
        self._waiting: set[int] = set()
        self._left = 0
        self._is_done = asyncio.Event()
        fake.listeners.append(self._heard)

    async def come(self, people: int) -> None:
        """Let so many more people come; return when each has had an answer."""
        self._left = people
        self._is_done.clear()
        for _ in range(AT_ONCE):
            self._next()
        await self._is_done.wait()

    def _next(self) -> None:
        if self._left:
            self._left -= 1
            number = next(self._numbers)
            self._waiting.add(number)
            self._fake.person(number).start()
        elif not self._waiting:
            self._is_done.set()

    def _heard(self, call: Call) -> None:
        if call.method == "sendMessage" and call.done and call.chat in self._waiting:
            self._waiting.remove(call.chat)
            self._next()


async def _run() -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        async with FakeBotApi(is_strict=False, is_recording=False) as fake:
            program = Program(Path(name), fake.url, command=on_core(BOT_CORE))
            async with program:
                await program.start()
                began = time.monotonic()
                sizes = await _sizes(program, Visitors(fake))
                took = time.monotonic() - began
                await program.stop()
    early, first, whole = sizes
    if not early:
        raise WrongRepliesError("the system does not tell how much memory a process holds")
    note = f"{early:.0f}, {first:.0f}, {whole:.0f} MB after {EARLY:,}, {FIRST:,}, {ALL:,} chats"
    added = max(0.0, whole - first)
    return [
        at_most(PART, "memory that 100,000 more people leave", added, "MB", GOAL, note),
        Row(PART, "first answers", ALL / took, "/s", note="real first contact, each a new person"),
    ]


async def _sizes(program: Program, visitors: Visitors) -> list[float]:
    sizes, came = [], 0
    for people in (EARLY, FIRST, ALL):
        await visitors.come(people - came)
        came = people
        await asyncio.sleep(SETTLE)
        sizes.append(resident(program))
    return sizes
