"""Polling, over real HTTP against a server that keeps what is not confirmed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from bot.handlers.health import TelegramHealth
from bot.handlers.intake import Intake
from bot.handlers.polling import FORGET_OFFSET_AFTER, Backoff, Poller
from bot.handlers.transport import Transport
from tests.handlers.conftest import Inbox
from tests.support.fake_bot_api import FakeBotApi
from tests.support.fake_bot_api.server import TOKEN


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


async def no_pause(stopping: asyncio.Event, seconds: float) -> bool:
    assert 0.0 <= seconds <= 60.0
    await asyncio.sleep(0)
    return stopping.is_set()


async def until(is_so: Callable[[], bool]) -> None:
    """Let the loop turn until something is so."""
    async with asyncio.timeout(10):
        while not is_so():  # noqa: ASYNC110 - what is watched has no event of its own
            await asyncio.sleep(0)


@asynccontextmanager
async def polling(
    fake: FakeBotApi, inbox: Inbox, health: TelegramHealth | None = None, clock: Clock | None = None
) -> AsyncIterator[Poller]:
    stopping = asyncio.Event()
    health = health or TelegramHealth()
    async with Transport(TOKEN, fake.url, connections=2) as transport:
        intake = Intake("42", inbox.receive, health)
        poller = Poller(
            transport, intake, health, poll_seconds=1, clock=clock or Clock(), wait=no_pause
        )
        task = asyncio.create_task(poller.run(stopping))
        try:
            yield poller
        finally:
            stopping.set()
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def until_confirmed(fake: FakeBotApi, count: int) -> None:
    await until(lambda: len(fake.bot.updates.confirmed) >= count)


async def test_what_people_do_arrives_in_order(fake: FakeBotApi, inbox: Inbox) -> None:
    ada = fake.person(1)
    ada.say("one")
    async with polling(fake, inbox):
        await inbox.wait_for(1)
        ada.say("two")
        ada.press_data("1:n:o")
        ada.block()
        received = await inbox.wait_for(4)
    assert [incoming.kind for incoming in received] == ["text", "text", "press", "blocked"]
    assert [incoming.update_id for incoming in received] == ["1000", "1001", "1002", "1003"]


async def test_nothing_is_confirmed_before_it_is_stored(fake: FakeBotApi, inbox: Inbox) -> None:
    inbox.refusals = 2
    fake.person(1).say("hello")
    async with polling(fake, inbox):
        await until(lambda: inbox.refused == 2 or bool(fake.bot.updates.confirmed))
        assert fake.bot.updates.confirmed == set()
        await inbox.wait_for(1)
        await until_confirmed(fake, 1)
    assert [incoming.text for incoming in inbox.received] == ["hello"]


async def test_what_was_not_confirmed_comes_again_after_a_stop(
    fake: FakeBotApi, inbox: Inbox
) -> None:
    inbox.refusals = 1_000_000
    fake.person(1).say("hello")
    async with polling(fake, inbox):
        await until(lambda: inbox.refused > 1)
    assert len(fake.bot.updates.pending()) == 1
    inbox.refusals = 0
    async with polling(fake, inbox):
        await inbox.wait_for(1)


async def test_a_batch_of_more_than_a_hundred_loses_none(fake: FakeBotApi, inbox: Inbox) -> None:
    for number in range(250):
        fake.person(number % 7 + 1).say(str(number))
    async with polling(fake, inbox):
        received = await inbox.wait_for(250)
    assert [incoming.text for incoming in received] == [str(number) for number in range(250)]
    assert max(len(batch) for batch in inbox.batches) <= 100


async def test_a_poisonous_update_holds_up_nothing(fake: FakeBotApi, inbox: Inbox) -> None:
    health = TelegramHealth()
    fake.bot.push("message", {"nonsense": True})
    fake.person(1).say("hello")
    async with polling(fake, inbox, health):
        received = await inbox.wait_for(1)
        await until_confirmed(fake, 2)
    assert received[0].text == "hello"
    assert health.skipped == 1


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "refuse", "status": 502},
        {"kind": "cut_before"},
        {"kind": "cut_after"},
        {"kind": "garbage"},
        {"kind": "refuse", "status": 429, "retry_after": 0},
    ],
)
async def test_polling_recovers_by_itself(
    fake: FakeBotApi, inbox: Inbox, fault: dict[str, object]
) -> None:
    fake.fault(method="getUpdates", **fault)
    fake.person(1).say("hello")
    async with polling(fake, inbox):
        await inbox.wait_for(1)


async def test_a_second_poller_is_named_in_health(fake: FakeBotApi, inbox: Inbox) -> None:
    health = TelegramHealth()
    health.is_connected = True
    fake.fault(method="getUpdates", status=409, times=0)
    async with polling(fake, inbox, health):
        await until(lambda: health.is_contested)
    assert "Another program" in health.problems()[0]


async def test_a_refused_token_is_named_in_health(fake: FakeBotApi, inbox: Inbox) -> None:
    health = TelegramHealth()
    fake.revoke()
    async with polling(fake, inbox, health):
        await until(lambda: health.is_token_refused)
    assert "BOT_TELEGRAM_TOKEN" in health.problems()[0]


async def test_ids_that_begin_again_lower_are_taken_after_a_silence(
    fake: FakeBotApi, inbox: Inbox
) -> None:
    clock = Clock()
    offsets: list[int | None] = []
    fake.listeners.append(lambda call: offsets.append(call.parameters.get("offset")))
    health = TelegramHealth()
    async with Transport(TOKEN, fake.url) as transport:
        intake = Intake("42", inbox.receive, health)
        poller = Poller(transport, intake, health, poll_seconds=0, clock=clock)
        fake.person(1).say("before")
        await poller._store(await poller._fetch(), asyncio.Event())
        assert await poller._fetch() == []
        fake.bot.updates.next_id = 5
        fake.person(1).say("after")
        clock.now = FORGET_OFFSET_AFTER + 1
        await poller._store(await poller._fetch(), asyncio.Event())
    assert offsets == [None, 1001, None]
    assert [incoming.update_id for incoming in inbox.received] == ["1000", "5"]


def test_health_tells_silence() -> None:
    clock = Clock()
    health = TelegramHealth(clock)
    assert health.problems() == ("Telegram has not been reached yet.",)
    health.is_polling = True
    health.polled()
    assert health.problems() == ()
    clock.now = 300.0
    assert health.poll_age() == 300.0
    assert "300 seconds" in health.problems()[0]


def test_backoff_grows_to_its_longest_and_begins_again() -> None:
    backoff = Backoff(first=1.0, longest=8.0)
    pauses = [backoff.next() for _ in range(20)]
    assert all(0.5 <= pause <= 8.0 for pause in pauses)
    assert min(pauses[10:]) >= 4.0
    backoff.succeeded()
    assert backoff.next() <= 1.0
