"""The whole program shows pictures on both channels, and keeps its word when it cannot."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.app import App, build_app
from bot.conversation import Text
from bot.pictures import RouteLine, RouteStep, draw_route
from bot.settings import load_settings
from bot.work.pictures import PICTURES, Picture, PictureContext
from tests.support import pictured
from tests.support.fake_bot_api import FakeBotApi
from tests.support.fake_bot_api.server import TOKEN
from tests.support.pictured.pictured import WORDS
from tests.support.png import png_size

PATIENCE = 20.0
seen: list[PictureContext] = []


def draw(context: PictureContext) -> Picture:
    seen.append(context)
    steps = (RouteStep("Finding things", "next", "Next"),)
    return Picture(draw_route(RouteLine("A route", steps), context.look), Text("common.yes"))


@pytest.fixture(autouse=True)
def forgotten() -> None:
    seen.clear()
    PICTURES.register("pictured", draw)


@pytest.fixture
async def fake() -> AsyncIterator[FakeBotApi]:
    async with FakeBotApi() as server:
        yield server


@pytest.fixture
async def app(
    fake: FakeBotApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[App]:
    monkeypatch.chdir(tmp_path)
    given: dict[str, Any] = {"telegram_token": TOKEN, "telegram_api_url": fake.url}
    settings = load_settings(cities="manchester", sample_data="off", port=0, **given)
    made = build_app(settings, flows=pictured)
    await made.start()
    yield made
    await made.stop()


async def test_telegram_shows_a_photo_with_words_and_link(fake: FakeBotApi, app: App) -> None:
    ada = fake.person(1)
    ada.start()
    photo, question = await ada.reply(PATIENCE), await ada.reply(PATIENCE)
    assert photo["caption"] == WORDS
    assert photo["photo"][0]["width"] == 960
    assert photo["reply_markup"]["inline_keyboard"][0][0]["text"] == "Table"
    assert question["text"] == "Again?"
    assert {one.person for one in seen}.isdisjoint({"", "somebody else"})
    assert not fake.problems


@pytest.mark.parametrize(
    "fault", [{"status": 502}, {"status": 429, "retry_after": 1}, {"kind": "cut_before"}]
)
async def test_a_photo_that_was_not_taken_is_sent_again(
    fake: FakeBotApi, app: App, fault: dict[str, Any]
) -> None:
    fake.fault(**{"kind": "refuse", **fault}, method="sendPhoto")
    ada = fake.person(1)
    ada.start()
    photo, question = await ada.reply(PATIENCE), await ada.reply(PATIENCE)
    assert (photo["caption"], question["text"]) == (WORDS, "Again?")
    assert len(fake.called("sendPhoto")) == 2
    assert ada.texts() == [WORDS, "Again?"]


async def test_a_photo_that_is_refused_leaves_its_words(fake: FakeBotApi, app: App) -> None:
    fake.fault("refuse", method="sendPhoto", status=400, description="IMAGE_PROCESS_FAILED")
    ada = fake.person(1)
    ada.start()
    words, question = await ada.reply(PATIENCE), await ada.reply(PATIENCE)
    assert (words["text"], question["text"]) == (WORDS, "Again?")
    assert words["reply_markup"]["inline_keyboard"][0][0]["text"] == "Table"
    assert len(fake.called("sendPhoto")) == 1


async def test_the_web_chat_shows_it_to_its_holder(app: App) -> None:
    base = f"http://127.0.0.1:{app.port}"
    async with (
        aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as mine,
        aiohttp.ClientSession() as theirs,
    ):
        page = await _begun(mine, base)
        [(address, alt)] = re.findall(r'<img class="picture" src="([^"]+)" alt="([^"]*)"', page)
        assert alt == "yes"
        assert '<a class="quiet-link" href="/about/pictures">' in page
        async with mine.get(f"{base}{address}") as answer:
            assert (answer.status, answer.content_type) == (200, "image/png")
            assert png_size(await answer.read())[0] == 960
        async with theirs.get(f"{base}{address}") as answer:
            assert answer.status == 404
    assert len({one.person for one in seen}) == 1


async def _begun(browser: aiohttp.ClientSession, base: str) -> str:
    """Begin a chat by its form; return the page that shows the reply."""
    async with browser.get(base) as answer:
        fields = dict(re.findall(r'name="([a-z]+)" value="([^"]*)"', await answer.text()))
    headers = {"Origin": base, "Sec-Fetch-Site": "same-origin"}
    sent = {**fields, "text": "hello"}
    async with browser.post(f"{base}/chat", data=sent, headers=headers) as answer:
        page = await answer.text()
    async with asyncio.timeout(PATIENCE):
        while "<img" not in page:
            async with browser.get(base) as answer:
                page = await answer.text()
    return page
