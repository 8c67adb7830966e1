"""Going out faster for Stars: switched on, agreed to by a second person, and never beyond that."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from bot.campaigns import paying
from bot.campaigns.records import Broadcast
from bot.work.campaigns.launching import Launching
from bot.work.delivery import Lane
from storage import Database, Unit
from tests.support.databases import MovedClock
from tests.support.run_campaigns import begin, freeze, plan, run_for, sent, settle
from tests.support.told_skills import shipped
from tests.work.campaigns.grounds import APPROVER, EDITOR, desk
from tests.work.campaigns.test_broadcasting import FakeChannel, Stage
from tests.work.campaigns.test_desk import Office, refusal

PAYING = replace(desk(), may_pay=True)


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paying, "WORTH_ABOVE", 10)


def test_it_cannot_go_out_while_it_is_switched_off(sqlite_database: Database) -> None:
    office = Office(sqlite_database, plan(stars=5))
    assert [one.text for one in desk().faults(plan(stars=5))] == ["campaigns.fault.stars"]
    assert refusal(lambda: office.act("launch", size=1)) == "faulty"
    assert PAYING.faults(plan(stars=5)) == []


def test_stars_need_a_second_person_however_few_they_are_for(sqlite_database: Database) -> None:
    office = Office(sqlite_database, plan(stars=5))

    def launch(unit: Unit, size: int) -> Any:
        return PAYING.launch(unit, EDITOR, office.campaign.id, size)

    assert refusal(lambda: office.do(lambda unit: launch(unit, 1))) == "needs_approval"
    office.do(lambda unit: PAYING.submit(unit, EDITOR, office.campaign.id))
    office.do(
        lambda unit: PAYING.decide(
            unit, APPROVER, office.campaign.id, is_given=True, seen=1, size=20
        )
    )
    assert refusal(lambda: office.do(lambda unit: launch(unit, 51))) == "too_dear"
    assert isinstance(office.do(lambda unit: launch(unit, 50)), Broadcast)


@pytest.mark.parametrize(
    ("people", "stars", "may_pay", "charged"),
    [(12, 2, True, 2), (12, 2, False, 0), (12, 1, True, 0), (10, 2, True, 0)],
)
async def test_what_it_costs_is_fixed_with_the_recipients(
    sqlite_database: Database, people: int, stars: int, may_pay: bool, charged: int
) -> None:
    around: Any = SimpleNamespace(content=shipped())
    launching = Launching(sqlite_database, lambda: around)
    launching.desk = lambda city: replace(desk(), may_pay=may_pay)  # type: ignore[method-assign]

    def work(unit: Unit) -> Broadcast:
        for number in range(1, people + 1):
            settle(unit, number)
        run = begin(unit, plan(stars=stars))
        version = unit.campaigns.current(run.campaign)
        unit.campaigns.decide(version, "another", is_given=True, size=people)
        return run

    frozen = await launching.freeze(sqlite_database.write_now(work))
    assert frozen is not None
    assert (frozen.state, frozen.size, frozen.stars) == ("running", people, charged)


class Lanes(FakeChannel):
    """Telegram, which notes in which lane something came."""

    def __init__(self) -> None:
        super().__init__()
        self.lanes: set[int] = set()

    async def send(self, address: str, message: Any, *, lane: int, is_plain: bool) -> Any:
        self.lanes.add(lane)
        return await super().send(address, message, lane=int(Lane.CAMPAIGN), is_plain=is_plain)


@pytest.mark.parametrize(("stars", "lane"), [(7, Lane.PAID), (0, Lane.CAMPAIGN)])
async def test_only_what_was_charged_goes_out_in_the_lane_that_is_paid(
    sqlite_database: Database, clock: MovedClock, stars: int, lane: Lane
) -> None:
    stage, channel = Stage(sqlite_database, clock), Lanes()
    stage.broadcasting = stage.with_channel(channel)
    run = run_for(sqlite_database, 5)
    sqlite_database.write_now(lambda unit: unit.broadcasts.set_stars(run.id, stars))
    async with stage.going():
        assert await stage.finished(run) == {"sent": 5}
    assert channel.lanes == {lane}


def test_only_messages_on_telegram_are_counted_as_paid(sqlite_database: Database) -> None:
    def work(unit: Unit) -> int:
        for number in range(1, 4):
            settle(unit, number)
        run = freeze(unit, begin(unit))
        unit.deliveries.claim(run, 9, "me", unit.now)
        unit.deliveries.settle(run.id, "me", [sent(1), sent(2), replace(sent(3), channel="web")])
        return unit.broadcasts.sent_on(run.id, "telegram")

    assert sqlite_database.write_now(work) == 2
