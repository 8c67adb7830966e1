"""How long it takes to freeze an audience of 100,000 out of 1,000,000 people."""

from __future__ import annotations

import tempfile
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import quantiles

from bench.campaigns.town import daytime, settle_town
from bench.rows import Row, at_most
from bot.campaigns.audience import Rule, Term
from bot.campaigns.reaching import Reach
from bot.campaigns.records import Broadcast
from bot.people import Purpose
from bot.work.campaigns.launching import SLICE
from storage import Database, Unit
from tests.support.run_campaigns import CITY, begin

PART = "campaigns"
PEOPLE, AGREED, URDU = 1_000_000, 4, 2
"""Every fourth agreed to news; every second of those, 125,000 people, reads Urdu and is meant."""
GOAL_SECONDS, LONGEST_UNIT = 5.0, 50.0


def run_freezing() -> list[Row]:
    """Measure on SQLite; building the town takes a minute."""
    with tempfile.TemporaryDirectory() as name:
        url = f"sqlite:///{Path(name) / 'town.db'}"
        Database.migrate(url)
        database = Database.open(url, clock=lambda: daytime(datetime.now(UTC)))
        settle_town(database, PEOPLE, agreed=AGREED, urdu=URDU)
        rows = _freeze(database)
        database.close()
    return rows


def _freeze(database: Database) -> list[Row]:
    rule: Rule = Term("language", "ur")
    run = database.write_now(begin)
    now = database.read_now(lambda unit: unit.now)
    reach = Reach(CITY, rule, Purpose.NEWS, now, campaign=run.campaign, cap=2, cap_since=now)
    units: list[float] = []
    state: Broadcast | None = run
    began = time.perf_counter()
    while state is not None and state.state == "freezing":
        before = time.perf_counter()
        state = database.write_now(partial(_slice, state, reach))
        units.append(1000 * (time.perf_counter() - before))
    seconds = time.perf_counter() - began
    assert state is not None
    note = f"{state.size:,} rows cut out of {PEOPLE:,} people, {PEOPLE // AGREED:,} agreed"
    slowest = quantiles(units, n=100)[98]
    return [
        at_most(PART, "freezing an audience", seconds, "s", GOAL_SECONDS, note),
        at_most(PART, "one slice of it, p99", slowest, "ms", LONGEST_UNIT, f"{SLICE} people each"),
    ]


def _slice(run: Broadcast, reach: Reach, unit: Unit) -> Broadcast | None:
    return unit.deliveries.freeze_slice(run, reach, unit.now, SLICE)
