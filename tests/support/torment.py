"""Killing the program at random moments while people write to it."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from dataclasses import dataclass

from tests.support.scene import Scene

CHATS = tuple(range(1, 31))
PER_SECOND = 150


async def torment(scene: Scene, seed: int, kills: int) -> None:
    """Write at a steady rate, kill the program once each second, then let it finish."""
    chance = random.Random(seed)
    await scene.program.start()
    scene.begin(*CHATS)
    for _ in range(kills):
        kill_at = chance.randint(20, PER_SECOND - 1)
        for number in range(PER_SECOND):
            scene.say(chance.choice(CHATS))
            await asyncio.sleep(1 / PER_SECOND * chance.uniform(0.2, 1.8))
            if number == kill_at:
                await scene.program.kill()
                await scene.program.start()
    await scene.settled()


@dataclass(frozen=True, slots=True)
class Toll:
    """What kills cost.

    Attributes:
        messages: What people wrote.
        lost: Replies that never came.
        twice: Replies that came twice.
        more: Replies that came more than twice.
        disordered: Chats whose replies came in another order.
    """

    messages: int
    lost: int
    twice: int
    more: int
    disordered: int


def toll(scene: Scene) -> Toll:
    """Count what was lost, repeated and out of order."""
    messages = lost = twice = more = disordered = 0
    for chat in scene.said:
        expected, sent = scene.expected(chat), scene.sent(chat)
        counts = Counter(sent)
        messages += len(expected)
        lost += sum(words not in counts for words in expected)
        twice += sum(copies == 2 for copies in counts.values())
        more += sum(copies > 2 for copies in counts.values())
        arrived = [words for words in expected if words in counts]
        disordered += list(dict.fromkeys(sent)) != arrived
    return Toll(messages, lost, twice, more, disordered)
