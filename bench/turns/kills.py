"""What SIGKILL under load costs: 150 messages a second, both modes."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench.rows import Row, at_most
from tests.support.fake_bot_api import FakeBotApi
from tests.support.scene import make_scene
from tests.support.torment import CHATS, Toll, toll, torment

PART = "kills"
RUNS = 10


async def run_kills() -> list[Row]:
    """Kill the program ten times in each mode."""
    rows = []
    for mode in ("polling", "webhook"):
        tolls = [await _one(mode, seed) for seed in range(RUNS)]
        messages = sum(one.messages for one in tolls)
        note = f"{RUNS} kills, {messages} messages at 150/s, {mode}"
        lost = sum(one.lost for one in tolls)
        twice = sum(one.twice for one in tolls)
        rows += [
            at_most(PART, f"{mode}: replies lost", lost, "", 0, note),
            at_most(PART, f"{mode}: answered twice, all in doubt", twice, "", RUNS * len(CHATS)),
            at_most(PART, f"{mode}: more than twice", sum(one.more for one in tolls), "", 0),
            at_most(PART, f"{mode}: out of order", sum(one.disordered for one in tolls), "", 0),
        ]
    return rows


async def _one(mode: str, seed: int) -> Toll:
    with tempfile.TemporaryDirectory() as name:
        async with FakeBotApi(is_strict=False) as fake:
            scene = make_scene(Path(name), fake, BOT_TELEGRAM_MODE=mode)
            if mode == "webhook":
                scene.program.set("BOT_PUBLIC_URL", scene.program.url)
            async with scene.program:
                await torment(scene, seed, kills=1)
                return toll(scene)
