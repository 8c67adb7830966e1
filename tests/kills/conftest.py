from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.databases import migrated_sqlite
from tests.support.fake_bot_api import FakeBotApi
from tests.support.program import Program
from tests.support.scene import Scene, make_scene

__all__ = ["migrated_sqlite"]


@pytest.fixture
async def fake() -> AsyncIterator[FakeBotApi]:
    async with FakeBotApi() as running:
        yield running
        assert not running.problems


@pytest.fixture
def folder(tmp_path: Path, migrated_sqlite: Path) -> Path:
    """Where the program finds its tables, as at every start but the first."""
    (tmp_path / "var").mkdir()
    shutil.copy(migrated_sqlite, tmp_path / "var" / "bot.db")
    return tmp_path


@pytest.fixture
async def scene(folder: Path, fake: FakeBotApi) -> AsyncIterator[Scene]:
    made = make_scene(folder, fake)
    async with made.program:
        yield made


@pytest.fixture
async def webhook_scene(folder: Path, fake: FakeBotApi) -> AsyncIterator[Scene]:
    made = make_scene(folder, fake, BOT_TELEGRAM_MODE="webhook")
    made.program.set("BOT_PUBLIC_URL", made.program.url)
    async with made.program:
        yield made


@pytest.fixture
async def real(tmp_path: Path, fake: FakeBotApi) -> AsyncIterator[Scene]:
    """The program as it is, flows and all; it begins with nothing."""
    async with Program(tmp_path, fake.url) as program:
        yield Scene(fake, program)
