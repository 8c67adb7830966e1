"""Campaigns: freezing an audience, sending, halting, being killed at it, and what people feel."""

from __future__ import annotations

import uvloop

from bench.campaigns.beside import run_beside
from bench.campaigns.freezing import run_freezing
from bench.campaigns.halting import run_halting
from bench.campaigns.kills import run_kills
from bench.campaigns.throughput import run_throughput
from bench.rows import Row
from bench.turns.ours import CROWD_CORE, stay_on_core


def run() -> list[Row]:
    """Measure all five; about twelve minutes."""
    rows = run_freezing()
    stay_on_core(CROWD_CORE)
    rows += uvloop.run(run_throughput())
    rows += uvloop.run(run_beside())
    rows += uvloop.run(run_halting())
    return rows + uvloop.run(run_kills())
