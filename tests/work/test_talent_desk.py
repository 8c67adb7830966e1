"""What staff decide about opportunities: approved, sent back, stopped; reports answered."""

from __future__ import annotations

import pytest

from bot.errors import Refused
from bot.talent.reports import Outcome
from bot.talent.staffing import Decision, Waiting
from bot.work.talent.desk import TalentDesk
from content.load import Content, load
from storage import Database, Unit
from tests.support.databases import (
    MovedClock,
    clock,
    migrated_sqlite,
    sqlite_database,
    sqlite_url,
)
from tests.support.talent_town import CITY, TalentTown

__all__ = ["clock", "migrated_sqlite", "sqlite_database", "sqlite_url"]

CITIES = (CITY,)


@pytest.fixture(scope="module")
def content() -> Content:
    return load(cities=[CITY])


@pytest.fixture
def town(sqlite_database: Database, clock: MovedClock, content: Content) -> TalentTown:
    return TalentTown(sqlite_database, clock, content)


@pytest.fixture
def desk(town: TalentTown) -> TalentDesk:
    return TalentDesk(town.database, lambda: town.around, town.told.extend)


def approval(town: TalentTown, key: str) -> Decision:
    found = town.found(key)
    return Decision("approve", found.number, found.change)


def actions(town: TalentTown) -> list[str]:
    return town.database.read_now(lambda unit: list(unit.audit.actions(CITIES)))


async def test_it_runs_once_somebody_else_approved_it(desk: TalentDesk, town: TalentTown) -> None:
    key = town.offer(is_approved=False)
    with pytest.raises(Refused, match="own"):
        await desk.decide(key, CITIES, approval(town, key), town.boss)

    assert await desk.decide(key, CITIES, approval(town, key), town.staff)
    assert town.found(key).state == "running"
    assert "opportunity.approved" in actions(town)
    with pytest.raises(Refused, match="not_waiting"):
        await desk.decide(key, CITIES, approval(town, key), town.staff)


async def test_another_citys_staff_find_nothing(desk: TalentDesk, town: TalentTown) -> None:
    key = town.offer(is_approved=False)

    assert not await desk.decide(key, ("derby",), approval(town, key), town.staff)
    assert await desk.examine(key, ("derby",), town.staff) is None
    assert await desk.examine("x", CITIES, town.staff) is None
    assert await desk.waiting(("derby",)) == Waiting()
    assert (await desk.board(("derby",))).waiting == ()


async def test_a_draft_is_the_employers_own(desk: TalentDesk, town: TalentTown) -> None:
    key = town.offer(is_approved=False)
    town.database.write_now(lambda unit: unit.opportunities.take_back(key, town.boss))

    assert await desk.examine(key, CITIES, town.staff) is None
    assert not await desk.decide(key, CITIES, Decision("stop", reason="x"), town.staff)


async def test_sending_back_and_stopping_need_a_reason(desk: TalentDesk, town: TalentTown) -> None:
    key = town.offer(is_approved=False)
    found = town.found(key)
    for act in ("decline", "stop"):
        with pytest.raises(Refused, match="reason"):
            await desk.decide(
                key, CITIES, Decision(act, found.number, found.change, " \u202e "), town.staff
            )  # fmt: skip
    decision = Decision("decline", found.number, found.change, "Say how many hours")
    assert await desk.decide(key, CITIES, decision, town.staff)

    assert town.found(key).state == "declined"
    await town.news.send_due()
    assert "Say how many hours" in town.heard(town.boss)


async def reported(town: TalentTown) -> tuple[str, str, str]:
    """Return an opportunity, who reported it, and the report's reference."""
    amira = town.seeker("amira")
    key = town.offer()
    await town.inviting.invite_due()
    made = town.database.write_now(
        lambda unit: unit.misuse.open(amira, CITY, key, "money", "They want £50")
    )
    return key, amira, made.reference


async def test_a_report_is_looked_at_and_answered(desk: TalentDesk, town: TalentTown) -> None:
    key, amira, reference = await reported(town)
    examined = await desk.examine(key, CITIES, town.staff)
    assert examined is not None
    assert (examined.invited, examined.said_yes) == (1, 0)
    assert [one.words for one in examined.reports] == ["They want £50"]
    assert "misuse.read" in actions(town)
    ended = Decision("report", reference=reference, outcome=Outcome.STOPPED)
    with pytest.raises(Refused, match="stop_first"):
        await desk.decide(key, CITIES, ended, town.staff)
    await desk.decide(key, CITIES, Decision("stop", reason="Fraud"), town.staff)

    assert await desk.decide(key, CITIES, ended, town.staff)
    assert f"your report {reference} and stopped it" in town.heard(amira)
    assert "misuse.decided" in actions(town)
    assert not await desk.decide(key, CITIES, ended, town.staff)


async def test_a_report_is_not_ended_from_something_else(
    desk: TalentDesk, town: TalentTown
) -> None:
    _, _, reference = await reported(town)
    other = town.offer()
    ended = Decision("report", reference=reference, outcome=Outcome.FINE)

    assert not await desk.decide(other, CITIES, ended, town.staff)
    assert town.database.read_now(lambda unit: unit.misuse.count_open(CITIES)) == 1


async def test_what_waits_is_counted_with_its_clock(
    desk: TalentDesk, town: TalentTown, clock: MovedClock
) -> None:
    await reported(town)
    town.offer(is_approved=False)
    assert await desk.waiting(CITIES) == Waiting(1, 1, 0)
    clock.move(days=3)
    assert await desk.waiting(CITIES) == Waiting(1, 1, 1)
    board = await desk.board(CITIES)
    assert (len(board.waiting), len(board.running), len(board.reports)) == (1, 1, 1)


async def test_the_employers_page_shows_those_alone_who_said_yes(
    desk: TalentDesk, town: TalentTown
) -> None:
    amira, _ = town.seeker("amira"), town.seeker("rosa")
    key = town.offer()
    await town.inviting.invite_due()

    def open_page(unit: Unit) -> str:
        return unit.opportunities.open_page(key, town.boss)

    token = town.database.write_now(open_page)
    before = await desk.yes_page(token)
    assert before is not None
    assert before.people == ()
    town.share(key, amira)
    after = await desk.yes_page(token)
    assert after is not None
    assert [one.name for one in after.people] == ["Amira"]
    town.stop(key)
    assert await desk.yes_page(token) is None


async def test_a_page_goes_with_its_organisation(desk: TalentDesk, town: TalentTown) -> None:
    key = town.offer()
    token = town.database.write_now(lambda unit: unit.opportunities.open_page(key, town.boss))
    town.database.write_now(lambda unit: unit.employers.leave(town.boss, town.shop))

    assert await desk.yes_page(token) is None
