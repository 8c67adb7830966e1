"""What happened to a request that brought no answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.errors import InDoubt, RetryLater
from bot.handlers import transport as module
from bot.handlers.transport import Transport, wait_or_stop
from tests.support.fake_bot_api import FakeBotApi
from tests.support.fake_bot_api.server import TOKEN

HELLO = {"chat_id": 1, "text": "hello"}


@pytest.fixture
async def transport(fake: FakeBotApi) -> AsyncIterator[Transport]:
    fake.person(1).start()
    async with Transport(TOKEN, fake.url, connections=1) as opened:
        yield opened


@pytest.mark.parametrize("kind", ["silent_before", "silent_after"])
async def test_silence_is_in_doubt(fake: FakeBotApi, transport: Transport, kind: str) -> None:
    fake.fault(kind)
    with pytest.raises(InDoubt):
        await transport.call("sendMessage", HELLO, 0.05)
    await transport.call("sendMessage", HELLO)


async def test_no_free_connection_means_not_sent(
    fake: FakeBotApi, transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake.fault("silent_before")
    holding = asyncio.create_task(transport.call("sendMessage", HELLO))
    while not fake.calls:  # noqa: ASYNC110 - until the one connection is taken
        await asyncio.sleep(0)
    monkeypatch.setattr(module, "CONNECT_SECONDS", 0.05)
    with pytest.raises(RetryLater):
        await transport.call("sendMessage", {**HELLO, "text": "second"}, 5.0)
    assert [call.parameters["text"] for call in fake.calls] == ["hello"]
    holding.cancel()
    await asyncio.gather(holding, return_exceptions=True)


async def test_what_does_not_speak_tls_was_not_sent(fake: FakeBotApi) -> None:
    async with Transport(TOKEN, fake.url.replace("http:", "https:")) as transport:
        with pytest.raises(RetryLater):
            await transport.call("sendMessage", HELLO)
    assert fake.calls == []


async def test_a_server_that_restarts_is_found_again(
    fake: FakeBotApi, transport: Transport
) -> None:
    await transport.call("sendMessage", HELLO)
    await fake.stop()
    with pytest.raises((RetryLater, InDoubt)):
        await transport.call("sendMessage", HELLO)
    await fake.start()
    await transport.call("sendMessage", HELLO)


async def test_long_polls_hold_up_no_message(fake: FakeBotApi) -> None:
    fake.person(1).start()
    fake.bot.updates.confirm(1000)
    async with (
        Transport(TOKEN, fake.url, connections=1) as polls,
        Transport(TOKEN, fake.url, connections=1) as messages,
    ):
        polling = asyncio.create_task(polls.call("getUpdates", {"timeout": 30}, 35.0))
        while not fake.polls:  # noqa: ASYNC110 - until the poll is held
            await asyncio.sleep(0)
        assert await messages.call("sendMessage", HELLO)
        assert not polling.done()
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)


async def test_waiting_ends_when_told_to_stop() -> None:
    stopping = asyncio.Event()
    assert await wait_or_stop(stopping, 0.001) is False
    stopping.set()
    assert await wait_or_stop(stopping, 3600.0) is True
