"""Sends what is due, once: `python -m tests.support.remind_once DATABASE_URL`.

A process of its own, so that a test can kill it at a named point, or run two of them at once.
"""

from __future__ import annotations

import asyncio
import sys

import bot.work.reminders.own  # noqa: F401 - declares how reminders are told
from bot.work.catalogue import Catalogue
from bot.work.context import Surroundings
from bot.work.places import Places
from bot.work.reminders import REMINDERS
from bot.work.reminding import Reminding
from content.load import load
from storage import Database


async def send(url: str) -> int:
    """Send all that is due; return how many."""
    database = Database.open(url)
    content = load(cities={"manchester"})
    catalogue = Catalogue(database, {}, lambda *_: None)  # type: ignore[arg-type]
    around = Surroundings(content, catalogue, Places(content.cities))
    try:
        return await Reminding(database, lambda: around, REMINDERS, lambda _: None).send_due()
    finally:
        await database.aclose()


if __name__ == "__main__":
    sys.stdout.write(f"{asyncio.run(send(sys.argv[1]))}\n")
