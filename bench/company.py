"""People in a closed loop who can be paused, and how long each of their turns took."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import Any

from bench.turns.crowd import Talker
from tests.support.fake_bot_api import FakeBotApi
from tests.support.fake_bot_api.calls import Call


@dataclass(frozen=True, slots=True)
class Heard:
    """One turn: how many people talked, when it began (Unix time), how many seconds it took."""

    people: int
    began: float
    took: float


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of Unix time."""

    began: float
    ended: float

    def holds(self, turn: Heard) -> bool:
        """Tell whether some part of the turn lies in it."""
        return turn.began < self.ended and turn.began + turn.took > self.began


class Company:
    """Talkers on one fake Bot API of whom the first few, or all, talk."""

    def __init__(self, fake: FakeBotApi, people: int) -> None:
        self.talkers = {n: Talker(fake.person(n), "typed") for n in range(1, people + 1)}
        self.turns: list[Heard] = []
        self._held: dict[int, dict[str, Any] | None] = dict.fromkeys(self.talkers)
        self._talking = 0
        fake.listeners.append(self._heard)

    def _heard(self, call: Call) -> None:
        if call.method != "sendMessage" or not call.done or call.chat not in self.talkers:
            return
        if call.chat > self._talking:
            self._held[call.chat] = call.result
            return
        took = self.talkers[call.chat].take(call.result)
        self.turns.append(Heard(self._talking, time.time() - took, took))

    async def talk(self, people: int, seconds: float) -> None:
        """Let so many of them talk for some seconds."""
        self._talking = people
        for number in range(1, people + 1):
            if number in self._held:
                self._resume(number, self._held.pop(number))
        await asyncio.sleep(seconds)
        self._talking = 0
        async with asyncio.timeout(60):
            while len(self._held) < len(self.talkers):  # noqa: ASYNC110 - another process's news
                await asyncio.sleep(0.01)

    def _resume(self, number: int, message: dict[str, Any] | None) -> None:
        if message is None:
            self.talkers[number].begin()
        else:
            self.talkers[number].take(message)

    def latencies(self, people: int, *windows: Window) -> list[float]:
        """Return the seconds of every turn within some windows, sorted."""
        return sorted(
            turn.took
            for turn in self.turns
            if turn.people == people and any(window.holds(turn) for window in windows)
        )

    def wrong(self) -> list[str]:
        """Return every reply that was not what it must be."""
        return [line for talker in self.talkers.values() for line in talker.wrong]
