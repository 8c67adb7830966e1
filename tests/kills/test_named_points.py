"""The program kills itself at each named point in turn (F1, F2, F3, F4)."""

from __future__ import annotations

import asyncio

import pytest

from tests.support.scene import Scene

pytestmark = pytest.mark.kills
CHATS = (1, 2, 3)
PASSINGS = 5
MOST_WORDS = 200


@pytest.mark.parametrize(
    "point",
    [
        "intake.before", "intake.after", "turn.claimed", "turn.played", "turn.in_unit",
        "turn.committed", "send.before", "send.after", "send.marked",
    ],
)  # fmt: skip
async def test_a_kill_at_a_named_point_loses_nothing(scene: Scene, point: str) -> None:
    await scene.program.start(f"{point}:{PASSINGS}", is_awaited=False)
    scene.begin(*CHATS)
    while scene.program.is_alive and len(scene.said[1]) < MOST_WORDS:
        for chat in CHATS:
            scene.say(chat)
        await asyncio.sleep(0.05)
    assert await scene.program.died() == -9
    for chat in CHATS:
        scene.say(chat)

    await scene.program.start()
    await scene.settled()
    scene.judge()
