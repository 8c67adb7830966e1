"""Campaigns: freezing an audience, sending it, being killed at it, and what the chat feels."""

from __future__ import annotations

import uvloop

from bench.campaigns.beside import run_beside
from bench.campaigns.freezing import run_freezing
from bench.campaigns.kills import run_kills
from bench.campaigns.throughput import run_throughput
from bench.rows import Row
from bench.turns.ours import CROWD_CORE, stay_on_core


def run() -> list[Row]:
    """Measure all four; about ten minutes."""
    rows = run_freezing()
    stay_on_core(CROWD_CORE)
    rows += uvloop.run(run_throughput())
    rows += uvloop.run(run_beside())
    return rows + uvloop.run(run_kills())
