"""Runs that begin by the clock, and what is frozen for them."""

from __future__ import annotations

from datetime import time, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import text

from bot.campaigns.records import Broadcast, Campaign
from bot.campaigns.schedule import Schedule
from bot.campaigns.timing import next_at
from bot.reminders import Daily, Once
from bot.work.campaigns.launching import Launching, begin_test
from bot.work.campaigns.mail import Mail
from storage import Database, Unit
from storage.repositories.deliveries import Claimed
from tests.support.databases import START, MovedClock
from tests.support.run_campaigns import plan, settle
from tests.support.told_skills import shipped
from tests.work.campaigns.grounds import CITY, EDITOR, ZONE, desk


class Office:
    """Launching over a database, with a desk of its own."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.desk = desk()
        around: Any = SimpleNamespace(content=shipped(), public_url="https://bot.example")
        self.launching = Launching(database, lambda: around)
        self.launching.desk = lambda city: self.desk  # type: ignore[method-assign]
        self.mail = Mail(database, lambda: around)

    def people(self, number: int) -> None:
        self.database.write_now(lambda unit: [settle(unit, one) for one in range(1, number + 1)])

    def schedule(self, schedule: Schedule, audience: str = "everyone") -> Campaign:
        def work(unit: Unit) -> Campaign:
            planned = plan(schedule=schedule, audience=audience)
            made = self.desk.add(unit, EDITOR, "Open day", planned)
            first = next_at(schedule, ZONE, unit.now)
            return unit.campaigns.set_state(made.id, "scheduled", was=["draft"], next_at=first)

        return self.database.write_now(work)

    def runs(self, campaign: Campaign) -> list[Broadcast]:
        return self.database.read_now(lambda unit: unit.broadcasts.list_of(campaign.id))

    def state(self, campaign: Campaign) -> str:
        return self.database.read_now(lambda unit: unit.campaigns.get(campaign.id)).state


@pytest.fixture
def office(sqlite_database: Database) -> Office:
    return Office(sqlite_database)


async def test_what_is_due_begins_once_and_is_frozen(office: Office, clock: MovedClock) -> None:
    office.people(3)
    campaign = office.schedule(Schedule(Once(START.date(), time(11))))
    await office.launching.look()
    assert office.runs(campaign) == []

    clock.at = START.replace(hour=11, minute=1)
    await office.launching.look()
    await office.launching.look()

    (run,) = office.runs(campaign)
    assert (run.state, run.size, run.occasion) == ("running", 3, "2027-01-11T11:00")
    assert run.not_after == START.replace(hour=23)
    assert office.state(campaign) == "done"


async def test_a_repeated_schedule_goes_on(office: Office, clock: MovedClock) -> None:
    office.people(1)
    campaign = office.schedule(Schedule(Daily(time(11), START.date())))
    for day in range(3):
        clock.at = START.replace(hour=11, minute=5) + timedelta(days=day)
        await office.launching.look()

    assert office.state(campaign) == "scheduled"
    runs = office.runs(campaign)
    assert len(runs) == 3
    # Whoever got it once does not get it again, unless the plan says after how many days.
    assert sorted(run.size for run in runs) == [0, 0, 1]


async def test_a_run_that_nobody_began_in_time_is_left_out_and_noted(
    office: Office, clock: MovedClock
) -> None:
    office.people(1)
    campaign = office.schedule(Schedule(Once(START.date(), time(11)), late_after=2))
    clock.at = START.replace(hour=14)
    await office.launching.look()

    assert office.runs(campaign) == []
    assert office.state(campaign) == "done"
    noted = office.database.read_now(lambda unit: unit.audit.list_latest(CITY))
    assert "campaign.left_out_as_late" in {one.action for one in noted}


async def test_a_schedule_whose_audience_is_gone_goes_back_to_its_desk_and_is_noted(
    office: Office, clock: MovedClock
) -> None:
    gone = office.schedule(Schedule(Once(START.date(), time(11))), audience='ward is "Atlantis"')
    fine = office.schedule(Schedule(Once(START.date(), time(11))))
    clock.at = START.replace(hour=11, minute=1)
    await office.launching.look()

    assert (office.state(gone), office.runs(gone)) == ("draft", [])
    assert len(office.runs(fine)) == 1
    noted = office.database.read_now(lambda unit: unit.audit.list_latest(CITY))
    assert "campaign.not_begun" in {one.action for one in noted}


async def test_a_run_that_reached_more_than_one_may_decide_waits(office: Office) -> None:
    office.people(shipped().sending.approval_above + 1)

    def begin(unit: Unit) -> Broadcast:
        made = office.desk.add(unit, EDITOR, "Open day", plan())
        begun = office.desk.launch(unit, EDITOR, made.id, size=1)
        assert isinstance(begun, Broadcast)
        return begun

    frozen = await office.launching.freeze(office.database.write_now(begin))

    assert frozen is not None
    assert (frozen.state, frozen.reason) == ("paused", "approval")


async def test_a_freezing_that_was_cut_off_goes_on_where_it_was(office: Office) -> None:
    office.people(5)

    def begin(unit: Unit) -> Broadcast:
        made = office.desk.add(unit, EDITOR, "Open day", plan())
        begun = office.desk.launch(unit, EDITOR, made.id, size=5)
        assert isinstance(begun, Broadcast)
        return begun

    begun = office.database.write_now(begin)
    desk, version = office.desk, office.database.read_now(
        lambda unit: unit.campaigns.current(begun.campaign)
    )  # fmt: skip
    reach = office.launching._reach(desk, begun, version)
    office.database.write_now(lambda unit: unit.deliveries.freeze_slice(begun, reach, START, 2))

    await office.launching.look()

    run = office.database.read_now(lambda unit: unit.broadcasts.get(begun.id))
    assert (run.state, run.size) == ("running", 5)


async def test_a_test_goes_to_who_asked_for_it(office: Office) -> None:
    def work(unit: Unit) -> tuple[Broadcast, str]:
        made = office.desk.add(unit, EDITOR, "Open day", plan())
        person = unit.people.ensure("telegram", "7", "1", city=CITY).id
        return begin_test(unit, made, unit.campaigns.current(made.id), [person], "editor"), person

    run, person = office.database.write_now(work)

    assert (run.is_test, run.state, run.size) == (True, "running", 1)
    row = office.database.read_now(lambda unit: unit.broadcasts.delivery(run.id, 1))
    assert row is not None
    assert row.person == person


async def test_everybody_reads_it_in_their_language_with_a_number_of_their_own(
    office: Office,
) -> None:
    def work(unit: Unit) -> Broadcast:
        made = office.desk.add(unit, EDITOR, "Open day", plan("Come **soon**."))
        begun = office.desk.launch(unit, EDITOR, made.id, size=0)
        assert isinstance(begun, Broadcast)
        return begun

    run = office.database.write_now(work)
    one = Claimed(1, "person-1", "en", CITY, "telegram", "7", "1")
    two = Claimed(2, "person-2", "cy", CITY, "telegram", "7", "2")
    first, second = await office.mail.letter(run, one), await office.mail.letter(run, two)

    assert "Come soon." in "".join(span.text for span in first.text)
    assert first.nonce.endswith(".1")
    assert second.nonce.endswith(".2")
    assert {choice.id for choice in first.choices} >= {"off"}
    assert first.choices[-1].label != second.choices[-1].label


async def test_a_broken_campaign_holds_up_no_other(office: Office, clock: MovedClock) -> None:
    office.people(1)
    broken = office.schedule(Schedule(Once(START.date(), time(11))))
    sound = office.schedule(Schedule(Once(START.date(), time(11))))
    spoil = text("DELETE FROM campaign_version WHERE campaign = :campaign")
    office.database.write_now(
        lambda unit: unit.connection.execute(spoil, {"campaign": broken.id}).rowcount
    )
    clock.at = START.replace(hour=11, minute=1)
    await office.launching.look()

    assert [one.state for one in office.runs(sound)] == ["running"]
