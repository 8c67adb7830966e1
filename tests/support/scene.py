"""The program under torment: what was said to it, and whether its replies are what they must be."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.support.fake_bot_api import FakeBotApi, Person
from tests.support.program import Program
from tests.support.scripted.scripted import QUESTIONS

PATIENCE = 40.0
OPEN = {"BOT_FLOOD_BURST": "100000", "BOT_FLOOD_PER_SECOND": "100000"}
ISOLATES = {0x2068: None, 0x2069: None}


@dataclass
class Scene:
    """The program with scripted flows, a fake Bot API, and people whose replies are foretold."""

    fake: FakeBotApi
    program: Program
    said: dict[int, list[str]] = field(default_factory=dict)

    def person(self, chat: int) -> Person:
        return self.fake.person(chat)

    def begin(self, *chats: int) -> None:
        for chat in chats:
            self.said[chat] = []
            self.person(chat).say("/typed")

    def say(self, chat: int) -> None:
        """Write the chat's next word; no two are alike."""
        words = self.said[chat]
        words.append(f"word{len(words)}")
        self.person(chat).say(words[-1])

    def expected(self, chat: int) -> list[str]:
        lasts = ["nothing", *self.said[chat]]
        return [f"Question {n % QUESTIONS} after {last}" for n, last in enumerate(lasts)]

    def sent(self, chat: int) -> list[str]:
        """Return the words of every message that reached the chat, copies included."""
        calls = [c for c in self.fake.calls if c.method == "sendMessage" and c.done]
        return [c.parameters["text"].translate(ISOLATES) for c in calls if c.chat == chat]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.program.database, timeout=10)) as database:
            return list(database.execute(query))

    async def until(self, is_so: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not is_so():  # noqa: ASYNC110 - the program is another process
                await asyncio.sleep(0.02)

    async def settled(self) -> None:
        """Wait until everything that came in was dealt with and everything was sent."""
        await self.until(
            lambda: (
                not self.fake.bot.updates.pending()
                and not self.rows("SELECT 1 FROM inbox WHERE done_at IS NULL LIMIT 1")
                and not self.rows(
                    "SELECT 1 FROM outbox WHERE state IN ('waiting', 'sending') LIMIT 1"
                )
            )
        )

    def judge(self) -> None:
        """Nothing lost, in order, at most twice, and a copy only of what was in doubt."""
        doubtful = self.rows("SELECT chat, message FROM outbox WHERE doubts > 0")
        for chat in self.said:
            sent = self.sent(chat)
            assert list(dict.fromkeys(sent)) == self.expected(chat)
            in_doubt = [message for at, message in doubtful if at == str(chat)]
            for words, copies in Counter(sent).items():
                assert copies == 1 or (copies == 2 and any(words in one for one in in_doubt))
        assert not self.rows("SELECT 1 FROM outbox WHERE state NOT IN ('sent') LIMIT 1")


def make_scene(folder: Path, fake: FakeBotApi, **settings: str) -> Scene:
    module = ("tests.support.scripted_program",)
    all_settings = {**OPEN, **settings}
    return Scene(fake, Program(folder, fake.url, all_settings, module=module, is_forked=True))
