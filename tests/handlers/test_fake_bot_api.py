"""The double itself: strict where Telegram is, and able to misbehave."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from tests.support.fake_bot_api import FakeBotApi
from tests.support.fake_bot_api.limits import PARAMETERS, REQUIRED
from tests.support.fake_bot_api.server import TOKEN
from tests.support.shared import shared_data


async def call(fake: FakeBotApi, method: str, **parameters: Any) -> dict[str, Any]:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{fake.url}/bot{TOKEN}/{method}", json=parameters) as answer,
    ):
        body: dict[str, Any] = await answer.json()
        return body


async def test_a_chat_that_never_started_cannot_be_written_to(fake: FakeBotApi) -> None:
    assert (await call(fake, "sendMessage", chat_id=1, text="Hi"))["error_code"] == 400
    fake.person(1).say("hello")
    assert (await call(fake, "sendMessage", chat_id=1, text="Hi"))["ok"]


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({"text": "x" * 4097}, "too long"),
        ({"text": "\U0001f600" * 2049}, "too long"),
        ({"text": "  "}, "empty"),
        ({}, "empty"),
        ({"text": "x", "colour": "red"}, "no parameter 'colour'"),
        ({"text": "ab", "entities": [{"type": "bold", "offset": 1, "length": 2}]}, "outside"),
        (
            {"text": "\U0001f600", "entities": [{"type": "bold", "offset": 1, "length": 1}]},
            "divide",
        ),
        ({"text": "<b>x", "parse_mode": "HTML"}, "unmatched"),
        ({"text": "1.", "parse_mode": "MarkdownV2"}, "reserved"),
    ],
)
async def test_a_bad_text_is_refused(
    fake: FakeBotApi, parameters: dict[str, Any], reason: str
) -> None:
    fake.person(1).say("hello")
    answer = await call(fake, "sendMessage", chat_id=1, **parameters)
    assert answer["error_code"] == 400
    assert reason in answer["description"]
    assert len(fake.problems) == 1


@pytest.mark.parametrize(
    ("button", "is_fine"),
    [
        ({"text": "Yes", "callback_data": "x" * 64}, True),
        ({"text": "Yes", "callback_data": "x" * 65}, False),
        ({"text": "Yes", "callback_data": "é" * 33}, False),
        ({"text": "", "callback_data": "x"}, False),
        ({"text": "Yes"}, False),
        ({"text": "Yes", "url": "http://127.0.0.1:8080/a"}, True),
        ({"text": "Yes", "url": "http://localhost/a"}, False),
        ({"text": "Yes", "url": "javascript:alert(1)"}, False),
    ],
)
async def test_buttons_are_checked(fake: FakeBotApi, button: dict[str, Any], is_fine: bool) -> None:
    fake.person(1).say("hello")
    markup = {"inline_keyboard": [[button]]}
    answer = await call(fake, "sendMessage", chat_id=1, text="?", reply_markup=markup)
    assert answer["ok"] is is_fine, answer


async def test_updates_stay_until_a_higher_offset_confirms_them(fake: FakeBotApi) -> None:
    first, second = fake.person(1).say("one"), fake.person(2).say("two")
    for _ in range(2):
        answer = await call(fake, "getUpdates")
        assert [u["update_id"] for u in answer["result"]] == [first, second]
    answer = await call(fake, "getUpdates", offset=second)
    assert [u["update_id"] for u in answer["result"]] == [second]
    assert (await call(fake, "getUpdates", offset=(second or 0) + 1))["result"] == []


async def test_updates_are_kept_a_day() -> None:
    now = 1_000_000.0
    async with FakeBotApi(clock=lambda: now) as fake:
        fake.person(1).say("old")
        now += 24 * 3600 + 1
        fake.person(1).say("new")
        answer = await call(fake, "getUpdates")
        assert [u["message"]["text"] for u in answer["result"]] == ["new"]


async def test_a_webhook_gets_each_chat_in_order_until_it_takes_them(fake: FakeBotApi) -> None:
    seen: list[str] = []
    statuses = iter([503, 200, 200])
    done = asyncio.Event()

    async def hook(request: web.Request) -> web.Response:
        assert request.headers["X-Telegram-Bot-Api-Secret-Token"] == "s3cret"
        seen.append((await request.json())["message"]["text"])
        if len(seen) == 3:
            done.set()
        return web.Response(status=next(statuses))

    application = web.Application()
    application.router.add_post("/hook", hook)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    fake.person(1).say("one")
    await call(fake, "setWebhook", url=f"http://127.0.0.1:{port}/hook", secret_token="s3cret")
    fake.person(1).say("two")
    await done.wait()
    assert seen == ["one", "one", "two"]
    assert (await call(fake, "getUpdates"))["error_code"] == 409
    await runner.cleanup()


async def test_faults_strike_as_ordered(fake: FakeBotApi) -> None:
    fake.person(1).say("hello")
    fake.fault("refuse", method="sendMessage", status=429, retry_after=3, skip=1)
    assert (await call(fake, "sendMessage", chat_id=1, text="a"))["ok"]
    refused = await call(fake, "sendMessage", chat_id=1, text="b")
    assert refused["parameters"] == {"retry_after": 3}
    assert (await call(fake, "sendMessage", chat_id=1, text="c"))["ok"]
    fake.fault("cut_after")
    with pytest.raises(aiohttp.ClientError):
        await call(fake, "sendMessage", chat_id=1, text="d")
    fake.fault("cut_before")
    with pytest.raises(aiohttp.ClientError):
        await call(fake, "sendMessage", chat_id=1, text="e")
    assert fake.person(1).texts() == ["a", "c", "d"]


async def test_it_can_be_driven_over_http(fake: FakeBotApi) -> None:
    async with aiohttp.ClientSession(fake.url) as session:
        act = {"chat": 7, "do": "say", "text": "hello"}
        async with session.post("/control/act", json=act) as answer:
            assert (await answer.json())["update_id"] == 1000
        button = {"text": "Yes", "callback_data": "x"}
        await call(
            fake, "sendMessage", chat_id=7, text="?", reply_markup={"inline_keyboard": [[button]]}
        )
        async with session.get("/control/replies?chat=7&seconds=1") as answer:
            assert [m["text"] for m in (await answer.json())["messages"]] == ["?"]
        press = {"chat": 7, "do": "press", "label": "Yes"}
        async with session.post("/control/act", json=press) as answer:
            assert answer.status == 200
        async with session.get("/control/calls?method=sendMessage") as answer:
            assert (await answer.json())["calls"][0]["parameters"]["text"] == "?"
        async with session.post("/control/act", json={**press, "label": "No"}) as answer:
            assert answer.status == 400


@pytest.mark.shared_data
def test_the_built_in_table_agrees_with_the_specification() -> None:
    description = json.loads(shared_data("telegram/api.json").read_text("utf-8"))
    for method, names in PARAMETERS.items():
        fields = description["methods"][method].get("fields", [])
        assert names == {field["name"] for field in fields}, method
        required = {field["name"] for field in fields if field["required"]}
        assert set(REQUIRED[method]) == required, method


async def test_it_runs_as_a_process_of_its_own() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.support.fake_bot_api", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    url, token = (await process.stdout.readline()).decode().split()
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{url}/bot{token}/getMe") as answer,
    ):
        assert (await answer.json())["result"]["is_bot"] is True
    process.terminate()
    assert await process.wait() == 0
    process._transport.close()  # type: ignore[attr-defined]
