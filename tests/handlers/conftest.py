"""What the tests of the Telegram channel share."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.support.fake_bot_api import FakeBotApi


@pytest.fixture
async def fake() -> AsyncIterator[FakeBotApi]:
    """A Bot API server that behaves, until a test tells it not to."""
    async with FakeBotApi() as server:
        yield server
