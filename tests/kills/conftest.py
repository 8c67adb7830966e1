from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.fake_bot_api import FakeBotApi
from tests.support.program import Program
from tests.support.scene import Scene, make_scene


@pytest.fixture
async def fake() -> AsyncIterator[FakeBotApi]:
    async with FakeBotApi() as running:
        yield running
        assert not running.problems


@pytest.fixture
async def scene(tmp_path: Path, fake: FakeBotApi) -> AsyncIterator[Scene]:
    made = make_scene(tmp_path, fake)
    async with made.program:
        yield made


@pytest.fixture
async def webhook_scene(tmp_path: Path, fake: FakeBotApi) -> AsyncIterator[Scene]:
    made = make_scene(tmp_path, fake, BOT_TELEGRAM_MODE="webhook")
    made.program.set("BOT_PUBLIC_URL", made.program.url)
    async with made.program:
        yield made


@pytest.fixture
async def real(tmp_path: Path, fake: FakeBotApi) -> AsyncIterator[Scene]:
    """The program as it is, flows and all."""
    async with Program(tmp_path, fake.url) as program:
        yield Scene(fake, program)
