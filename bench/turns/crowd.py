"""People in a closed loop, who live in the fake Bot API's process and check every reply."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from tests.support.fake_bot_api import FakeBotApi, Person
from tests.support.fake_bot_api.calls import Call
from tests.support.scripted.scripted import QUESTIONS, WORDS

Kind: TypeAlias = Literal["typed", "pressed", "echo"]
ISOLATES = {0x2068: None, 0x2069: None}


@dataclass
class Talker:
    """One person: writes or presses, reads the reply, and goes on at once.

    Attributes:
        kind: Which conversation; "echo" expects its own words back.
        step: How many replies were read.
    """

    person: Person
    kind: Kind
    step: int = 0
    expected: str = ""
    since: float = 0.0
    wrong: list[str] = field(default_factory=list)

    def begin(self) -> None:
        """Start the conversation."""
        self.since = time.perf_counter()
        if self.kind == "echo":
            self._say("word 0")
        else:
            self.expected = "Question 0 after nothing"
            self.person.say(f"/{self.kind}")

    def take(self, message: dict[str, Any]) -> float:
        """Check a reply and answer it; return the seconds that it took."""
        now = time.perf_counter()
        took, self.since = now - self.since, now
        text = message["text"].translate(ISOLATES)
        if text != self.expected:
            self.wrong.append(f"{text!r} instead of {self.expected!r}")
        self.step += 1
        word = WORDS[self.step % len(WORDS)]
        if self.kind == "echo":
            self._say(f"word {self.step}")
            return took
        self.expected = f"Question {self.step % QUESTIONS} after {word}"
        if self.kind == "typed":
            self.person.say(word)
        else:
            self._press(word, message)
        return took

    def _say(self, words: str) -> None:
        self.expected = words
        self.person.say(words)

    def _press(self, word: str, message: dict[str, Any]) -> None:
        for row in message["reply_markup"]["inline_keyboard"]:
            for button in row:
                if button["text"].translate(ISOLATES) == word:
                    self.person.press_data(button["callback_data"], message["message_id"])
                    return
        self.wrong.append(f"no button {word!r}")


@dataclass
class Measured:
    """What a crowd saw.

    Attributes:
        turns: Replies within the measured time.
        seconds: How long was measured.
        latencies: Seconds of each turn, sorted.
        wrong: Replies that were not what they should be.
        beside: Calls beside the replies, by method, within the measured time.
    """

    turns: int
    seconds: float
    latencies: list[float]
    wrong: list[str]
    beside: dict[str, int]

    @property
    def per_second(self) -> float:
        """Turns a second."""
        return self.turns / self.seconds

    def quantile(self, part: float) -> float:
        """Return the latency under which `part` of the turns lie, in milliseconds."""
        return self.latencies[int(len(self.latencies) * part)] * 1000 if self.latencies else 0.0

    def note(self) -> str:
        """Return what one should know beside the figure."""
        edits = self.beside.get("editMessageText", 0) / max(self.turns, 1)
        beside = f", {edits:.2f} edits a turn" if edits else ""
        return f"p50 {self.quantile(0.5):.1f} ms, p95 {self.quantile(0.95):.1f} ms{beside}"


class Crowd:
    """Many talkers on one fake Bot API."""

    def __init__(self, fake: FakeBotApi, people: int, kind: Kind) -> None:
        self._fake = fake
        self.talkers = {n: Talker(fake.person(n), kind) for n in range(1, people + 1)}
        self._latencies: list[float] = []
        self._beside: dict[str, int] = {}
        self._is_measuring = False
        self.total = 0

    def _heard(self, call: Call) -> None:
        if call.method != "sendMessage" or not call.done:
            if self._is_measuring:
                self._beside[call.method] = self._beside.get(call.method, 0) + 1
            return
        talker = self.talkers.get(call.chat)
        if talker is None:
            return
        self.total += 1
        took = talker.take(call.result)
        if self._is_measuring:
            self._latencies.append(took)

    async def talk(self, *, warm_up: float = 1.5, seconds: float = 5.0) -> Measured:
        """Talk for some seconds; the first of them do not count."""
        self._fake.listeners.append(self._heard)
        for talker in self.talkers.values():
            talker.begin()
        await asyncio.sleep(warm_up)
        self._is_measuring, started = True, time.perf_counter()
        await asyncio.sleep(seconds)
        self._is_measuring, took = False, time.perf_counter() - started
        self._fake.listeners.remove(self._heard)
        wrong = [line for talker in self.talkers.values() for line in talker.wrong]
        return Measured(
            len(self._latencies), took, sorted(self._latencies), wrong, dict(self._beside)
        )
