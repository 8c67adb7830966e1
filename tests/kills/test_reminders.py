"""Reminders while the program is killed, and while two programs send at once."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from bot.reminders import NewReminder, Once
from storage import Database, Unit
from storage.messages import load_message
from storage.tables.delivery import OutboxRow
from tests.support.databases import *  # noqa: F403
from tests.support.forked import Forked

pytestmark = pytest.mark.kills
PEOPLE = 25


def set_up(url: str) -> None:
    """Give each of some people a reminder that has just become due."""
    due = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=1)
    before = due - timedelta(hours=1)
    database = Database.open(url, clock=lambda: before)

    def fill(unit: Unit) -> None:
        for number in range(PEOPLE):
            person = unit.people.ensure("telegram", "7", str(number), city="manchester")
            rule = Once(due.date(), time(due.hour, due.minute))
            unit.reminders.put(
                NewReminder(
                    person.id, "manchester", "own", rule, "UTC", "telegram",
                    words=f"thing {number}", is_set_by_person=True,
                )
            )  # fmt: skip

    database.write_now(fill)
    database.close()


def told(url: str) -> Counter[str]:
    """What is in the outbox, each with how often."""
    database = Database.open(url)

    def read(unit: Unit) -> Counter[str]:
        letters = [load_message(row.message) for row in unit.orm.exec(select(OutboxRow)).all()]
        return Counter("".join(span.text for span in one.text) for one in letters)

    found = database.read_now(read)
    database.close()
    return found


EXPECTED = Counter(f"You asked me to remind you: thing {number}" for number in range(PEOPLE))


async def send(folder: Path, url: str, fault: str = "") -> int:
    """Send in another process; return how it ended."""
    process = await Forked.start(
        "tests.support.remind_once", url,
        folder=folder, log=folder / "log.txt",
        environment={"BOT_FAULT": fault, "BOT_FAULTS_ALLOWED": "yes"},
    )  # fmt: skip
    return await process.wait()


@pytest.mark.parametrize("point", ["reminder.claimed", "reminder.in_unit"])
@pytest.mark.parametrize("passing", [1, 2])
async def test_a_kill_between_claim_and_commit_loses_and_doubles_none(
    tmp_path: Path, sqlite_url: str, point: str, passing: int
) -> None:
    set_up(sqlite_url)
    assert await send(tmp_path, sqlite_url, f"{point}:{passing}") == -9
    assert sum(told(sqlite_url).values()) == 10 * (passing - 1)
    assert await send(tmp_path, sqlite_url) == 0
    assert told(sqlite_url) == EXPECTED


@pytest.mark.postgres
async def test_two_replicas_and_a_killed_one_send_each_once(
    tmp_path: Path, postgres_url: str
) -> None:
    set_up(postgres_url)
    ends = await asyncio.gather(
        *(send(tmp_path, postgres_url, fault) for fault in ("", "", "reminder.in_unit:1"))
    )
    assert set(ends) <= {0, -9}
    await send(tmp_path, postgres_url)
    assert told(postgres_url) == EXPECTED
