"""Two programs on one PostgreSQL database (F21): no double reply, nothing lost."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest

from bot.conversation import Registry
from content.load import Content
from storage import Database
from tests.support.databases import *  # noqa: F403
from tests.work.conftest import House, make_house

pytestmark = pytest.mark.postgres
CHATS = tuple(str(number) for number in range(1, 9))


async def test_two_replicas_answer_each_message_once(
    postgres_url: str, content: Content, registry: Registry
) -> None:
    Database.migrate(postgres_url)
    houses = [
        make_house(Database.open(postgres_url), content, registry, holder=name)
        for name in ("one", "two")
    ]
    tasks = [asyncio.create_task(part.run()) for one in houses for part in (one.turns, one.sender)]
    for chat in CHATS:
        houses[0].known(chat)
    rounds = [[houses[0].incoming(text, chat) for chat in CHATS] for text in ("/echo", "yes", "no")]
    for updates in rounds:
        await asyncio.gather(*(one.intake.receive(updates) for one in houses))

    await _all_sent(houses, 3 * len(CHATS))
    for one in houses:
        await one.sender.settled()
    replies = Counter(
        (chat, "".join(span.text for span in message.text))
        for one in houses
        for chat, message, _ in one.channel.sent
    )
    assert set(replies.values()) == {1}
    assert {chat for chat, _ in replies} == set(CHATS)
    for one in houses:
        await one.turns.stop(2)
        await one.sender.stop(2)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for one in houses:
        await one.database.aclose()


async def _all_sent(houses: list[House], number: int) -> None:
    async with asyncio.timeout(20):
        while sum(len(one.channel.sent) for one in houses) < number:
            waits = [asyncio.create_task(one.channel.arrived.wait()) for one in houses]
            await asyncio.wait(waits, timeout=0.5, return_when=asyncio.FIRST_COMPLETED)
            for one, wait in zip(houses, waits, strict=True):
                one.channel.arrived.clear()
                wait.cancel()
