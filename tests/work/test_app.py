"""The whole program in one process: it starts, answers, tells how it is, and stops."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.app import App, build_app
from bot.errors import ContentError, SettingsError
from bot.serving import greeting, reload_content
from bot.settings import Settings, load_settings
from content.load import SHIPPED, Content
from tests.support.fake_bot_api import FakeBotApi
from tests.support.fake_bot_api.server import TOKEN
from tests.support.program import ROOT

Make = Callable[..., Settings]


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    monkeypatch.chdir(tmp_path)

    def settings(**values: Any) -> Settings:
        given = {"cities": "manchester", "sample_data": "off", "port": 0, **values}
        return load_settings(**given)

    return settings


@pytest.fixture
async def app(make: Make) -> AsyncIterator[App]:
    made = build_app(make())
    await made.start()
    yield made
    await made.stop()


async def get(app: App, path: str) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{app.port}{path}") as answer,
    ):
        return answer.status, await answer.text()


async def test_it_serves_the_web_chat_and_says_how_it_is(app: App) -> None:
    assert (await get(app, "/"))[0] == 200
    assert (await get(app, "/healthz"))[0] == 200
    status, body = await get(app, "/readyz")
    assert status == 200, body
    status, body = await get(app, "/metrics")
    assert status == 200
    assert "bot_inbox_oldest_seconds" in body


async def test_it_publishes_its_keys_before_it_gave_any_badge(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))

    status, body = await get(app, "/issuers/manchester/did.json")

    assert status == 200, body
    assert "#ed25519-" in body
    assert {"badges", "keys"} <= set(app.ticks.names)


async def test_it_is_not_ready_while_it_stops(app: App) -> None:
    app.health.is_stopping = True

    assert (await get(app, "/readyz"))[0] == 503


async def test_two_programs_live_in_one_process(make: Make, tmp_path: Path) -> None:
    apps = [build_app(make(database_url=f"sqlite:///{tmp_path}/{n}.db")) for n in range(2)]
    for one in apps:
        await one.start()
    try:
        assert apps[0].port != apps[1].port
        assert [(await get(one, "/healthz"))[0] for one in apps] == [200, 200]
    finally:
        for one in apps:
            await one.stop()


async def test_it_answers_on_telegram(make: Make) -> None:
    async with FakeBotApi() as fake:
        ada = fake.person(1)
        app = build_app(make(telegram_token=TOKEN, telegram_api_url=fake.url))
        await app.start()
        try:
            ada.start()
            assert "Manchester" in (await ada.reply())["text"]
            assert "connecting" in greeting(app)
        finally:
            await app.stop()
        assert not fake.problems


async def test_the_greeting_says_where_to_go_and_what_to_do(app: App) -> None:
    told = greeting(app)

    assert f"http://127.0.0.1:{app.port}" in told
    assert "@BotFather" in told
    assert "staff invite" in told


async def test_bad_content_stops_the_start_and_is_named(make: Make, tmp_path: Path) -> None:
    code = shutil.ignore_patterns("*.py", "__*")
    shutil.copytree(SHIPPED, tmp_path / "content", ignore=code)
    (tmp_path / "content" / "text" / "help.yaml").write_text('hello: "Hel')

    with pytest.raises(ContentError, match=r"text/help\.yaml:"):
        build_app(make(content_dir=tmp_path / "content"))
    with pytest.raises(SettingsError, match="BOT_CONTENT_DIR"):
        build_app(make(content_dir=tmp_path / "nowhere"))


async def test_a_reload_reads_all_content_again(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    used: list[Content] = []
    monkeypatch.setattr(app.content, "use", used.append)

    reload_content(app)
    await app.tasks[-1]

    assert [one.version for one in used] == [app.content.current.version]


async def test_samples_come_and_go_as_the_settings_say(make: Make) -> None:
    for mode, has_samples in (("auto", True), ("off", False), ("on", True)):
        app = build_app(make(sample_data=mode))
        await app.start()
        index = app.catalogue.index("manchester")
        assert index is not None
        assert (len(index) > 0) is has_samples
        await app.stop()


async def test_samples_go_at_the_first_real_import(make: Make) -> None:
    from bot.work.samples import real_import_mark

    app = build_app(make(sample_data="auto"))
    await app.start()
    await app.database.write(lambda unit: unit.marks.put(real_import_mark("manchester"), "now"))
    await app.samples.bring_up_to_date()

    assert app.database.read_now(lambda unit: unit.catalogue.count("manchester")) == 0
    await app.stop()
