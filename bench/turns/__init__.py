"""How many turns a second, how fast one person is answered, and what a kill costs."""

from __future__ import annotations

import os

import uvloop

from bench.rows import Row, at_least, at_most
from bench.turns.ours import CROWD_CORE, measure

PART = "turns"
SLOW_API = 0.05


def run() -> list[Row]:
    """Measure everything; about five minutes."""
    if hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(0, {int(CROWD_CORE)})
    return uvloop.run(_run())


async def _run() -> list[Row]:
    return [*await _ours()]


async def _ours() -> list[Row]:
    rows = []
    for kind, fast, slow in (("typed", 1200, 600), ("pressed", 800, 600)):
        for latency, goal in ((0.0, fast), (SLOW_API, slow)):
            found = await measure(kind, latency=latency)  # type: ignore[arg-type]
            name = f"{kind} turns, 50 people, Bot API {latency * 1000:.0f} ms"
            note = f"p50 {found.quantile(0.5):.1f} ms, p95 {found.quantile(0.95):.1f} ms"
            rows.append(at_least(PART, name, found.per_second, "/s", goal, note))
    alone = await measure("typed", people=1, seconds=4)
    rows.append(at_most(PART, "one person alone, p95", alone.quantile(0.95), "ms", 10))
    return rows
