from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.handlers import TelegramHealth, build_telegram
from bot.handlers.intake import Intake
from bot.handlers.webhook import LONGEST_BODY, SECRET_HEADER, Webhook, webhook_view
from content.words import Words
from tests.handlers.conftest import Inbox, make_file, settings
from tests.handlers.test_polling import until
from tests.support.fake_bot_api import FakeBotApi

SECRET = "s3cret_-token"
UPDATE = {
    "update_id": 1,
    "message": {
        "message_id": 1,
        "date": 1_790_000_000,
        "chat": {"id": 7, "type": "private"},
        "from": {"id": 7, "is_bot": False, "first_name": "Ada"},
        "text": "hello",
    },
}
BODY = json.dumps(UPDATE).encode()


@pytest.fixture
def webhook(inbox: Inbox) -> Webhook:
    health = TelegramHealth()
    return Webhook(SECRET, Intake("42", inbox.receive, health), health)


@pytest.fixture
async def server(webhook: Webhook) -> AsyncIterator[TestServer]:
    application = web.Application()
    application.router.add_post("/telegram/webhook", webhook_view(webhook))
    running = TestServer(application)
    async with running:
        yield running


async def test_a_delivery_is_stored_and_then_taken(webhook: Webhook, inbox: Inbox) -> None:
    assert await webhook.receive(SECRET, BODY) == 200
    assert [incoming.text for incoming in inbox.received] == ["hello"]


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET[:-1], SECRET + "x", "\ud800é"])
async def test_a_forged_delivery_does_no_work(
    webhook: Webhook, inbox: Inbox, secret: str | None
) -> None:
    assert await webhook.receive(secret, BODY) == 401
    assert inbox.batches == []


async def test_a_refusing_database_lets_telegram_try_again(webhook: Webhook, inbox: Inbox) -> None:
    inbox.refusals = 1
    assert await webhook.receive(SECRET, BODY) == 503
    assert await webhook.receive(SECRET, BODY) == 200


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'{"update_id": 1, "message": 3}'])
async def test_what_can_never_be_read_is_not_asked_for_again(
    webhook: Webhook, inbox: Inbox, body: bytes
) -> None:
    assert await webhook.receive(SECRET, body) == 200
    assert inbox.batches == []


async def test_a_huge_body_is_refused(webhook: Webhook) -> None:
    assert await webhook.receive(SECRET, b" " * (LONGEST_BODY + 1)) == 413


def test_a_webhook_without_a_secret_cannot_be() -> None:
    health = TelegramHealth()
    with pytest.raises(ValueError, match="secret"):
        Webhook("", Intake("42", Inbox().receive, health), health)


async def post(server: TestServer, body: bytes, **headers: str) -> int:
    async with (
        aiohttp.ClientSession() as session,
        session.post(server.make_url("/telegram/webhook"), data=body, headers=headers) as answer,
    ):
        return answer.status


async def test_over_http(server: TestServer, inbox: Inbox) -> None:
    assert await post(server, BODY) == 401
    assert await post(server, BODY, **{SECRET_HEADER: "wrong"}) == 401
    assert await post(server, BODY, **{SECRET_HEADER: SECRET}) == 200
    compressed = {SECRET_HEADER: SECRET, "Content-Encoding": "gzip"}
    assert await post(server, b"x", **compressed) in (400, 415)
    assert len(inbox.received) == 1


async def test_a_huge_body_is_not_read_to_its_end(server: TestServer) -> None:
    class Endless:
        sent = 0

        async def __aiter__(self) -> AsyncIterator[bytes]:
            for _ in range(200):
                self.sent += 1
                yield b"x" * 65536

    stream = Endless()
    async with aiohttp.ClientSession() as session:
        try:
            async with session.post(
                server.make_url("/telegram/webhook"),
                data=stream.__aiter__(),
                headers={SECRET_HEADER: SECRET},
            ) as answer:
                assert answer.status == 413
        except aiohttp.ClientError:
            pass  # the connection may be closed while the rest is still being sent
    assert stream.sent < 200


async def test_both_ends_meet(fake: FakeBotApi, inbox: Inbox, words: Words) -> None:
    """The real channel registers its webhook, and the server delivers in each chat's order."""
    views: list[Callable[[web.Request], Awaitable[web.Response]]] = []

    async def deliver(request: web.Request) -> web.Response:
        return await views[0](request)

    application = web.Application()
    application.router.add_post("/telegram/webhook", deliver)
    async with TestServer(application) as running:
        chosen = settings(
            fake,
            mode="webhook",
            webhook_secret=SECRET,
            webhook_url=str(running.make_url("/telegram/webhook")),
        )
        telegram = build_telegram(chosen, inbox.receive, words, make_file)
        view = telegram.webhook_view
        assert view is not None
        views.append(view)
        await telegram.start()
        fake.person(1).say("before the webhook was set")
        inbox.refusals = 1
        for number in range(20):
            fake.person(number % 3 + 1).say(str(number))
        received = await inbox.wait_for(21)
        await telegram.close()
    for chat in ("2", "3"):
        numbers = [int(incoming.text) for incoming in received if incoming.chat == chat]
        assert numbers == sorted(numbers)
    assert len({incoming.update_id for incoming in received}) == 21
    assert not fake.problems


async def test_a_webhook_that_was_taken_away_is_set_again(
    fake: FakeBotApi, inbox: Inbox, words: Words
) -> None:
    chosen = settings(
        fake,
        mode="webhook",
        webhook_secret=SECRET,
        webhook_url="http://127.0.0.1:9/telegram/webhook",
        check_seconds=0.001,
    )
    telegram = build_telegram(chosen, inbox.receive, words, make_file)
    await telegram.start()
    await until(lambda: len(fake.called("setWebhook")) == 1)
    fake.person(1).say("this cannot be delivered")
    await until(lambda: telegram.health.delivery_error != "")
    assert "cannot deliver" in telegram.health.problems()[-1]
    fake.bot.webhook.stop()
    await until(lambda: len(fake.called("setWebhook")) == 2)
    assert fake.bot.webhook.url == chosen.webhook_url
    await telegram.close()
