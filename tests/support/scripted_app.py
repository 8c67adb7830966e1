"""The program with scripted flows instead of its own; everything else is what `run` starts."""

from __future__ import annotations

import asyncio
import os
import signal
import sys

import uvloop

from bot.app import build_app
from bot.serving import reload_content
from bot.settings import load_settings
from bot.work.collector import set_apart_modules, settle_collector
from bot.work.logs import configure_logging
from storage import Unit
from tests.support import scripted

PEOPLE = int(os.environ.get("SCRIPTED_PEOPLE", "50"))


def make_people(unit: Unit, bot: str) -> None:
    """Make people who have read the privacy notice."""
    for number in range(1, PEOPLE + 1):
        person = unit.people.ensure("telegram", bot, str(number), city="manchester")
        if not person.has_accepted:
            unit.people.accept_notice(person.id, "1", "telegram")


async def main() -> None:
    configure_logging("json")
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    app = build_app(load_settings(), flows=scripted)
    loop.add_signal_handler(signal.SIGHUP, reload_content, app)
    assert app.telegram is not None
    bot = app.telegram.bot_id
    await app.database.write(lambda unit: make_people(unit, bot))
    await app.start()
    settle_collector()
    print("ready", flush=True)
    if os.environ.get("SCRIPTED_PROFILE"):
        await _profiled(stop)
    else:
        await stop.wait()
    await app.stop()


async def _profiled(stop: asyncio.Event) -> None:
    import cProfile

    profile = cProfile.Profile()
    profile.enable()
    await stop.wait()
    profile.disable()
    profile.dump_stats(os.environ["SCRIPTED_PROFILE"])


def run() -> None:
    """Run until SIGTERM, as `bot.serving` does."""
    set_apart_modules()
    if sys.platform == "win32":
        asyncio.run(main())
    else:
        uvloop.run(main())
