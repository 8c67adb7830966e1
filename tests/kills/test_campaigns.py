"""A run of a campaign while its sender is killed, and while two of them send at once."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage import Database
from tests.support.databases import *  # noqa: F403
from tests.support.fake_bot_api import FakeBotApi
from tests.support.forked import Forked
from tests.support.run_campaigns import run_for

pytestmark = pytest.mark.kills
PEOPLE = 1000
KILLS = 20
POINTS = ("broadcast.claimed", "broadcast.before", "broadcast.after", "broadcast.marked")


def set_up(url: str, fake: FakeBotApi, people: int) -> str:
    database = Database.open(url, clock=lambda: datetime.now(UTC).replace(hour=12))
    run = run_for(database, people)
    database.close()
    for chat in range(1, people + 1):
        fake.person(chat).start()
    return run.id


def counts(url: str, run: str) -> Counter[str]:
    database = Database.open(url)
    found = database.read_now(lambda unit: unit.broadcasts.counts(run))
    database.close()
    return Counter(found)


async def send(folder: Path, url: str, fake: FakeBotApi, fault: str = "") -> int:
    """Send in another process until everything is at its end; return how it ended."""
    process = await Forked.start(
        "tests.support.send_campaign", url, fake.url,
        folder=folder, log=folder / "log.txt",
        environment={"BOT_FAULT": fault, "BOT_FAULTS_ALLOWED": "yes"},
    )  # fmt: skip
    async with asyncio.timeout(60):
        return await process.wait()


def received(fake: FakeBotApi) -> Counter[int]:
    """How many messages reached each chat."""
    return Counter(one.chat or 0 for one in fake.calls if one.method == "sendMessage" and one.done)


async def test_twenty_kills_lose_nobody_and_write_to_nobody_twice(
    tmp_path: Path, sqlite_url: str, fake: FakeBotApi
) -> None:
    run = set_up(sqlite_url, fake, PEOPLE)
    chance = random.Random(20271121)
    killed = 0
    for _ in range(KILLS):
        point = chance.choice(POINTS)
        passing = chance.randint(1, 3 if point in POINTS[::3] else 40)
        killed += await send(tmp_path, sqlite_url, fake, f"{point}:{passing}") == -9
    assert await send(tmp_path, sqlite_url, fake) == 0

    assert killed >= KILLS - 2
    told, ends = received(fake), counts(sqlite_url, run)
    assert set(told.values()) == {1}
    assert sum(ends.values()) == PEOPLE
    assert set(ends) <= {"sent", "in_doubt"}
    # Whoever is counted as written to was, and nobody was who is counted as neither.
    assert ends["sent"] <= len(told) <= ends["sent"] + ends["in_doubt"]


@pytest.mark.postgres
async def test_two_senders_and_a_killed_one_write_to_each_once(
    tmp_path: Path, postgres_url: str, fake: FakeBotApi
) -> None:
    run = set_up(postgres_url, fake, 300)
    sender = [send(tmp_path, postgres_url, fake) for _ in range(2)]
    killed = await send(tmp_path, postgres_url, fake, "broadcast.after:20")
    # What the killed one held is in doubt once its lease is over; here that is made to be now.
    database = Database.open(postgres_url, clock=lambda: datetime(2100, 1, 1, tzinfo=UTC))
    database.write_now(lambda unit: unit.deliveries.rescue())
    database.close()
    assert await asyncio.gather(*sender) == [0, 0]

    assert killed == -9
    told, ends = received(fake), counts(postgres_url, run)
    assert set(told.values()) == {1}
    assert sum(ends.values()) == 300
    assert ends["in_doubt"] > 0
    assert ends["sent"] <= len(told) <= ends["sent"] + ends["in_doubt"]
