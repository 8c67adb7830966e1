"""The sender is killed at 200 random points of runs with 1,000 recipients."""

from __future__ import annotations

import asyncio
import os
import random
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from bench.campaigns.town import daytime
from bench.rows import Row, at_most
from storage import Database
from tests.support.fake_bot_api import FakeBotApi
from tests.support.run_campaigns import run_for

PART = "campaigns"
KILLS, KILLS_A_RUN, RECIPIENTS = 200, 20, 1_000
POINTS = ("broadcast.claimed", "broadcast.before", "broadcast.after", "broadcast.marked")
SEED = 20271122


async def run_kills() -> list[Row]:
    """Kill it 20 times in each of ten runs, then let it finish; four minutes."""
    chance = random.Random(SEED)
    found: Counter[str] = Counter()
    for _ in range(KILLS // KILLS_A_RUN):
        with tempfile.TemporaryDirectory() as name:
            found += await _one_run(Path(name), chance)
    note = f"{found['killed']} kills, {found['recipients']:,} recipients"
    in_doubt = f"{found['in_doubt'] / max(1, found['killed']):.1f} a kill; staff decide"
    return [
        at_most(PART, "lost under kills", found["lost"], "", 0, note),
        at_most(PART, "sent twice under kills", found["twice"], "", 0, note),
        at_most(PART, "states that do not add up", found["unsound"], "", 0, note),
        Row(PART, "in doubt under kills", found["in_doubt"], "", note=in_doubt),
    ]


async def _one_run(folder: Path, chance: random.Random) -> Counter[str]:
    url = f"sqlite:///{folder / 'run.db'}"
    Database.migrate(url)
    database = Database.open(url, clock=lambda: daytime(datetime.now(UTC)))
    run = run_for(database, RECIPIENTS).id
    database.close()
    found: Counter[str] = Counter(recipients=RECIPIENTS)
    async with FakeBotApi() as fake:
        for chat in range(1, RECIPIENTS + 1):
            fake.person(chat).chat.is_started = True
        for _ in range(KILLS_A_RUN):
            point = chance.choice(POINTS)
            passing = chance.randint(1, 3 if point in POINTS[::3] else 40)
            found["killed"] += await _send(url, fake, f"{point}:{passing}") == -9
        await _send(url, fake, "")
        told = Counter(one.chat for one in fake.calls if one.method == "sendMessage" and one.done)
    database = Database.open(url)
    ends = Counter(database.read_now(lambda unit: unit.broadcasts.counts(run)))
    database.close()
    found["in_doubt"] = ends["in_doubt"]
    found["twice"] = sum(times > 1 for times in told.values())
    found["lost"] = max(0, ends["sent"] - len(told)) + (RECIPIENTS - sum(ends.values()))
    adds_up = ends["sent"] <= len(told) <= ends["sent"] + ends["in_doubt"]
    found["unsound"] = int(not adds_up or set(ends) - {"sent", "in_doubt"} != set())
    return found


async def _send(url: str, fake: FakeBotApi, fault: str) -> int:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.support.send_campaign", url, fake.url,
        env={**os.environ, "BOT_FAULT": fault, "BOT_FAULTS_ALLOWED": "yes"},
    )  # fmt: skip
    async with asyncio.timeout(120):
        return await process.wait()
