"""What the tests of the Telegram channel share."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from functools import cache
from pathlib import Path

import pytest

from bot.conversation.messages import Attachment, Incoming
from bot.errors import DatabaseBusy
from bot.handlers import Telegram, TelegramSettings, build_telegram
from bot.handlers.files import File
from content.load import load
from content.words import Words
from tests.support.fake_bot_api import FakeBotApi
from tests.support.fake_bot_api.server import TOKEN

CONTENT = Path(__file__).resolve().parents[2] / "content"


@cache
def _words() -> Words:
    return load(CONTENT).words


@pytest.fixture
def words() -> Words:
    """The shipped words."""
    return _words()


@pytest.fixture
async def fake() -> AsyncIterator[FakeBotApi]:
    """A Bot API server that behaves, until a test tells it not to."""
    async with FakeBotApi() as server:
        yield server


class Inbox:
    """What was received, in order; refuses as often as told."""

    def __init__(self) -> None:
        self.batches: list[list[Incoming]] = []
        self.refusals = 0
        self.refused = 0
        self._arrived = asyncio.Condition()

    @property
    def received(self) -> list[Incoming]:
        return [incoming for batch in self.batches for incoming in batch]

    async def receive(self, incoming: Sequence[Incoming]) -> None:
        if self.refused < self.refusals:
            self.refused += 1
            raise DatabaseBusy
        self.batches.append(list(incoming))
        async with self._arrived:
            self._arrived.notify_all()

    async def wait_for(self, count: int) -> list[Incoming]:
        async with asyncio.timeout(10), self._arrived:
            await self._arrived.wait_for(lambda: len(self.received) >= count)
        return self.received


@pytest.fixture
def inbox() -> Inbox:
    """An inbox that keeps what it is given."""
    return Inbox()


class CalendarFile:
    """A file to send."""

    name = "course.ics"
    media_type = "text/calendar"
    content = b"BEGIN:VCALENDAR"


async def make_file(attachment: Attachment) -> File | None:
    """Make the file of any attachment but those of courses that have gone."""
    return None if attachment.values.get("course") == "gone" else CalendarFile()


def settings(fake: FakeBotApi, **changes: object) -> TelegramSettings:
    """Settings for the usual bot of the fake server."""
    values: dict[str, object] = {
        "token": TOKEN,
        "api_url": fake.url,
        "public_url": "https://learn.example.org",
        "poll_seconds": 1,
    }
    return TelegramSettings(**(values | changes))  # type: ignore[arg-type]


@pytest.fixture
async def telegram(fake: FakeBotApi, inbox: Inbox, words: Words) -> AsyncIterator[Telegram]:
    """The channel, assembled but not started; its limiter is open."""
    assembled = build_telegram(settings(fake, is_limited=False), inbox.receive, words, make_file)
    yield assembled
    await assembled.close()
