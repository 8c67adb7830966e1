"""The program with a clock that is ahead, so that a test at night may write to people.

`AHEAD_SECONDS` says by how much; everything else is what `run` starts.
"""

from __future__ import annotations

import asyncio
import os
import signal
from datetime import UTC, datetime, timedelta

AHEAD = "AHEAD_SECONDS"


def to_midday() -> int:
    """Return by how many seconds a clock must be ahead for it to be midday."""
    now = datetime.now(UTC)
    return int((now.replace(hour=12, minute=0) - now).total_seconds())


def ahead() -> datetime:
    """Return the time of that clock."""
    return datetime.now(UTC) + timedelta(seconds=int(os.environ[AHEAD]))


async def main() -> None:
    from bot.app import build_app
    from bot.settings import load_settings
    from bot.work.logs import configure_logging

    configure_logging("json")
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    app = build_app(load_settings(), clock=ahead)
    await app.start()
    await stop.wait()
    await app.stop()


if __name__ == "__main__":
    asyncio.run(main())
