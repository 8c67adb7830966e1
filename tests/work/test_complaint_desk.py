"""A complaint on the database: read and answered by staff, told to its person, counted."""

from __future__ import annotations

from collections.abc import Collection

from bot.people.complaints import Complaint, Outcome
from bot.work.complaint_desk import ComplaintDesk
from bot.work.context import Surroundings
from bot.work.health import Health
from bot.work.metrics import Metrics
from content.load import Content
from storage import Database, Unit
from tests.support.databases import (
    MovedClock,
    clock,
    migrated_sqlite,
    sqlite_database,
    sqlite_url,
)

__all__ = ["clock", "migrated_sqlite", "sqlite_database", "sqlite_url"]

CITIES = ("manchester",)


def _made(unit: Unit) -> Complaint:
    person = unit.people.ensure("telegram", "1", "7", city="manchester")
    return unit.complaints.open(person.id, "manchester", "Nobody answers")


def _words(database: Database, person: str) -> list[str]:
    rows = database.read_now(lambda unit: unit.transcripts.read(person))
    return ["".join(span.text for span in row.message.text) for row in rows if row.message]


async def test_an_answer_and_the_outcome_reach_the_person(
    sqlite_database: Database, content: Content
) -> None:
    told: list[tuple[str, str]] = []

    def tell(chats: Collection[tuple[str, str]]) -> None:
        told.extend(chats)

    around = Surroundings(content, None, None)  # type: ignore[arg-type]  # words alone are needed
    desk = ComplaintDesk(sqlite_database, lambda: around, tell)
    made = sqlite_database.write_now(_made)

    assert (await desk.listed(CITIES)).waiting == (made,)
    assert await desk.find(made.reference, ("derby",), "sam") is None
    assert await desk.find(made.reference, CITIES, "sam") == made
    assert await desk.answer(made.reference, CITIES, "We look into it", None, "sam")
    assert await desk.answer(made.reference, CITIES, "We are sorry", Outcome.PUT_RIGHT, "sam")
    assert not await desk.answer(made.reference, CITIES, "Again", None, "sam")

    answer, outcome = _words(sqlite_database, made.person)
    assert "We look into it" in answer
    assert f"{made.reference}: agreed and put right" in outcome
    assert "We are sorry" in outcome
    assert told == [("telegram", "7")] * 2
    actions = [
        one.action for one in sqlite_database.read_now(lambda unit: unit.audit.list_latest())
    ]
    assert actions == ["complaint.decided", "complaint.answered", "complaint.read"]
    assert "We are sorry" not in str(
        sqlite_database.read_now(lambda unit: unit.audit.list_latest())
    )
    assert (await desk.listed(CITIES)).waiting == ()


async def test_what_is_overdue_is_in_the_metrics(
    sqlite_database: Database, clock: MovedClock
) -> None:
    metrics = Metrics()
    health = Health(sqlite_database, metrics, clock, tuple)
    sqlite_database.write_now(_made)
    await health.ages()
    assert b"bot_complaints_open 1.0\n" in metrics.render()
    assert b"bot_complaints_overdue 0.0\n" in metrics.render()
    clock.move(days=31)
    await health.ages()
    assert b"bot_complaints_overdue 1.0\n" in metrics.render()
