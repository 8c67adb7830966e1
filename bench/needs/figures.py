"""How long a city's figures take: everybody of a generated city of 20,000 people, from storage."""

from __future__ import annotations

import asyncio
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bench.rows import Row, at_most
from bot.insights.provision import figures
from bot.work.catalogue import Catalogue, indexer
from bot.work.context import Surroundings
from bot.work.insight import Insight
from bot.work.places import Places
from content.load import Content, load
from storage import Database
from tests.support.employing_city import settle
from tests.support.generated_city import PEOPLE, generated_city

CITY, SLOWEST_SECONDS = "manchester", 60.0


def figures_speed(part: str) -> list[Row]:
    """Roll the city up once, and count the same figures alone."""
    city = generated_city(7)
    asked = city.asked()
    began = time.process_time()
    found = figures(asked)
    counted = time.process_time() - began
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bot.db'}"
        Database.migrate(url)
        database = Database.open(url)
        settle(database, city)
        taken = asyncio.run(_rolled_up(database))
        database.close()
    organisations = len(city.wanted)
    return [
        at_most(
            part, f"figures of a city of {PEOPLE:,} people", taken, "s", SLOWEST_SECONDS,
            f"wall clock, once a day beside the chat; {organisations} organisations",
        ),
        Row(part, "of these, counting and hiding what tells of few", counted, "s",
            note=f"{len(found)} figures"),
    ]  # fmt: skip


async def _rolled_up(database: Database) -> float:
    content = load(cities=frozenset({CITY}))
    catalogue = Catalogue(database, {CITY: content.cities[CITY].zone}, indexer(lambda: content))
    await catalogue.refresh(datetime.now(UTC))
    insight = Insight(database, lambda: _around(content, catalogue), lambda: datetime.now(UTC))
    began = time.perf_counter()
    await insight.roll_up_due()
    return time.perf_counter() - began


def _around(content: Content, catalogue: Catalogue) -> Surroundings:
    return Surroundings(content, catalogue, Places(content.cities))
