"""How many turns a second, how fast one person is answered, and what a kill costs."""

from __future__ import annotations

import importlib.util

import uvloop

from bench.rows import Row, at_least, at_most
from bench.turns.crowd import Kind
from bench.turns.footprint import run_footprint
from bench.turns.kills import run_kills
from bench.turns.ours import CROWD_CORE, measure, measure_peer, stay_on_core
from bench.turns.postgres import run_on_postgres

PART = "turns"
SLOW_API = 0.05
GOALS: tuple[tuple[Kind, float, float], ...] = (
    ("typed", 0.0, 1200),
    ("typed", SLOW_API, 600),
    ("pressed", 0.0, 800),
    ("pressed", SLOW_API, 600),
)
PEERS = {
    "bench.turns.peers.echo": "python-telegram-bot, echo with its defaults",
    "bench.turns.peers.rows": "the same, a row an update with async SQLAlchemy",
}


def run() -> list[Row]:
    """Measure everything; about five minutes."""
    stay_on_core(CROWD_CORE)
    return uvloop.run(_run())


async def _run() -> list[Row]:
    return [
        *await _ours(),
        *await run_on_postgres(),
        *await _peers(),
        *await run_kills(),
        *await run_footprint(),
    ]


async def _ours() -> list[Row]:
    rows = []
    for kind, latency, goal in GOALS:
        found = await measure(kind, latency=latency)
        name = f"{kind} turns, 50 people, Bot API {latency * 1000:.0f} ms"
        rows.append(at_least(PART, name, found.per_second, "/s", goal, found.note()))
    alone = await measure("typed", people=1, seconds=4)
    rows.append(at_most(PART, "one person alone, p95", alone.quantile(0.95), "ms", 10))
    return rows


async def _peers() -> list[Row]:
    rows = []
    for module, name in PEERS.items():
        if module.endswith("rows") and importlib.util.find_spec("aiosqlite") is None:
            rows.append(Row(PART, f"peer: {name}", 0, "/s", note="needs aiosqlite: not installed"))
            continue
        for latency in (0.0, SLOW_API):
            found = await measure_peer(module, latency=latency)
            title = f"peer: {name}, Bot API {latency * 1000:.0f} ms"
            rows.append(Row(PART, title, found.per_second, "/s", note=found.note()))
    return rows
