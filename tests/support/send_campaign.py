"""Sends what runs have queued, until nothing is open: `... DATABASE_URL BOT_API_URL`.

The real sender, limiter left open, and the real Telegram channel, in a process of its own: a test
kills it wherever it likes, or runs two of them at once.
"""

from __future__ import annotations

import asyncio
import secrets
import sys
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import uvloop

from bot.campaigns.records import Broadcast
from bot.conversation.messages import Message, Span
from bot.handlers.assembly import Telegram, TelegramSettings
from bot.work.campaigns.broadcasting import Broadcasting
from bot.work.metrics import Metrics
from content.campaigns import SendingRules
from storage import Database
from storage.repositories.deliveries import Claimed
from tests.support.fake_bot_api.server import TOKEN

NOTHING: Any = None
AROUND: Any = SimpleNamespace(
    content=SimpleNamespace(
        cities={"manchester": SimpleNamespace(zone="UTC")},
        sending_in=lambda _: SendingRules(),
    )
)


def midday() -> datetime:
    """The time of day never forbids anything here."""
    return datetime.now(UTC).replace(hour=12)


async def letter(_: Broadcast, to: Claimed) -> Message:
    return Message(text=(Span(f"Open day, number {to.number}"),), language=to.language)


async def send(url: str, api_url: str, *, is_alone: bool) -> None:
    """Send until no run is open."""
    database = Database.open(url, clock=midday)
    settings = TelegramSettings(token=TOKEN, api_url=api_url, is_limited=False)
    telegram = Telegram(settings, NOTHING, NOTHING, NOTHING, None)
    broadcasting = Broadcasting(
        database, {("telegram", telegram.bot_id): telegram.channel}, letter, lambda: AROUND,
        holder=secrets.token_hex(4), metrics=Metrics(), clock=midday, tell=lambda _: None,
    )  # fmt: skip
    if is_alone:
        await database.write(lambda unit: unit.deliveries.release_all())
    task = asyncio.create_task(broadcasting.run())
    while await database.read(lambda unit: unit.broadcasts.list_open()):  # noqa: ASYNC110
        await asyncio.sleep(0.02)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await telegram.close()
    await database.aclose()


if __name__ == "__main__":
    uvloop.run(send(sys.argv[1], sys.argv[2], is_alone=sys.argv[1].startswith("sqlite")))
