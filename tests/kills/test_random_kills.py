"""The program is killed at random times under load, in both modes, with fixed seeds."""

from __future__ import annotations

import asyncio
import random

import pytest

from tests.kills.conftest import Scene

pytestmark = pytest.mark.kills
CHATS = tuple(range(1, 31))
PER_SECOND = 150
KILLS = 2


async def torment(scene: Scene, seed: int) -> None:
    """Write steadily and kill the program at random moments, then let it finish."""
    chance = random.Random(seed)
    await scene.program.start()
    scene.begin(*CHATS)
    for _ in range(KILLS):
        kill_after = chance.randint(20, PER_SECOND)
        for number in range(PER_SECOND):
            scene.say(chance.choice(CHATS))
            await asyncio.sleep(1 / PER_SECOND * chance.uniform(0.2, 1.8))
            if number == kill_after:
                await scene.program.kill()
                await scene.program.start()
    await scene.settled()


@pytest.mark.parametrize("seed", range(6))
async def test_kills_while_polling_lose_nothing(scene: Scene, seed: int) -> None:
    await torment(scene, seed)
    scene.judge()


@pytest.mark.parametrize("seed", range(6, 11))
async def test_kills_behind_a_webhook_lose_nothing(webhook_scene: Scene, seed: int) -> None:
    await torment(webhook_scene, seed)
    webhook_scene.judge()
