"""The program is killed at random times under load, in both modes, with fixed seeds."""

from __future__ import annotations

import pytest

from tests.support.scene import Scene
from tests.support.torment import torment

pytestmark = pytest.mark.kills
KILLS = 2


@pytest.mark.parametrize("seed", range(6))
async def test_kills_while_polling_lose_nothing(scene: Scene, seed: int) -> None:
    await torment(scene, seed, KILLS)
    scene.judge()


@pytest.mark.parametrize("seed", range(6, 11))
async def test_kills_behind_a_webhook_lose_nothing(webhook_scene: Scene, seed: int) -> None:
    await torment(webhook_scene, seed, KILLS)
    webhook_scene.judge()
