"""An audience in numbers: adding up, with reasons, and with nobody to be recognised."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta

import pytest

from bot.campaigns.audience import Problem, Rule
from bot.campaigns.records import Plan
from bot.campaigns.schedule import Schedule
from bot.campaigns.staffing import Masked, Outlook
from bot.people import AgeBand, Purpose
from bot.reminders import Lead, Relative
from bot.work.campaigns.numbers import outlook, reach_of
from content.campaigns import SendingRules
from storage import Database, Unit
from tests.support.databases import START, MovedClock
from tests.support.run_campaigns import BOT, begin, freeze, plan, sent, settle
from tests.work.campaigns.grounds import CITY, ZONE, desk, ground

RULES = SendingRules(cap=1, cap_days=7)


def everyone(text: str = "everyone") -> Rule:
    found = desk().rule(text)
    assert not isinstance(found, Problem)
    return found


async def seen(
    database: Database, made: Plan | None = None, rule: str = "everyone", campaign: str = ""
) -> Outlook:
    reach = reach_of(
        made or plan(), everyone(rule), ground(), RULES, city=CITY, zone=ZONE,
        now=database.now(), campaign=campaign,
    )  # fmt: skip
    return await outlook(database, reach)


def people(unit: Unit) -> list[str]:
    """Nine people: five who agreed and can be reached, and one for each of the other reasons."""
    found = [settle(unit, number) for number in range(1, 7)]
    unit.contacts.set_reachable("telegram", BOT, "6", False)
    silent = unit.people.ensure("telegram", BOT, "7", city=CITY).id
    unit.people.accept_notice(silent, "v1", "telegram")
    stranger = unit.people.ensure("telegram", BOT, "8", city=CITY).id
    gone = settle(unit, 9)
    unit.privacy.schedule_erasure(gone)
    return [*found, silent, stranger, gone]


async def test_everybody_is_counted_once_with_a_reason(sqlite_database: Database) -> None:
    sqlite_database.write_now(people)

    found = await seen(sqlite_database)

    # Whoever has not read the notice is nobody's audience.
    assert found.reached.matching == 8
    assert found.reached.excluded == {"unreachable": 1, "no_consent": 1, "erased": 1}
    assert found.reached.size == 5


async def test_a_sample_shows_five_people_and_says_nothing_of_who_they_are(
    sqlite_database: Database, clock: MovedClock
) -> None:
    held = sqlite_database.write_now(people)
    clock.at = START + timedelta(days=20)

    found = await seen(sqlite_database)

    assert found.sample == (Masked("en", 31),) * 5
    assert [one.name for one in fields(Masked)] == ["language", "seen_within"]
    assert not any(person in str(found) for person in held)


async def test_who_had_enough_or_got_it_already_is_left_out(
    sqlite_database: Database, clock: MovedClock
) -> None:
    def send(unit: Unit) -> str:
        people(unit)
        run = freeze(unit, begin(unit))
        claimed = unit.deliveries.claim(run, 2, "holder", unit.now + timedelta(minutes=1))
        unit.deliveries.settle(run.id, "holder", [sent(one.number) for one in claimed.to])
        return run.campaign

    campaign = sqlite_database.write_now(send)

    assert (await seen(sqlite_database)).reached.excluded["often"] == 2
    again = await seen(sqlite_database, campaign=campaign)
    # Three more wait to be sent to.
    assert again.reached.excluded["already"] == 5
    clock.move(days=8)
    assert "often" not in (await seen(sqlite_database)).reached.excluded


async def test_a_rule_narrows_it(sqlite_database: Database) -> None:
    def work(unit: Unit) -> None:
        first = people(unit)[0]
        unit.people.set_language(first, "ur")

    sqlite_database.write_now(work)

    assert (await seen(sqlite_database, rule="language is ur")).reached.size == 1
    assert (await seen(sqlite_database, rule="not language is ur")).reached.size == 4


async def test_invitations_reach_adults_alone(sqlite_database: Database) -> None:
    def work(unit: Unit) -> None:
        for person in people(unit)[:3]:
            unit.people.record_consent(person, Purpose.INVITATIONS, True, "telegram", "v1")
            unit.people.set_age_band(person, AgeBand.FROM_13_TO_17)

    sqlite_database.write_now(work)

    found = await seen(sqlite_database, plan(topic=Purpose.INVITATIONS))
    assert found.reached.excluded == {"under_18": 3, "no_consent": 5}
    assert found.reached.size == 0


async def test_a_relative_plan_is_for_whom_it_happened_to_on_that_day(
    sqlite_database: Database, clock: MovedClock
) -> None:
    clock.at = START - timedelta(days=3)
    sqlite_database.write_now(people)
    clock.at = START
    for days, reached in ((3, 5), (2, 0)):
        rule = Relative((Lead(days, "days", is_after=True),))
        made = plan(schedule=Schedule(rule, "joined"))
        assert (await seen(sqlite_database, made)).reached.size == reached


@pytest.mark.parametrize("topic", [None, Purpose.NEWS])
async def test_an_empty_city_has_an_empty_audience(
    sqlite_database: Database, topic: Purpose | None
) -> None:
    kind = "campaign" if topic else "service"
    found = await seen(sqlite_database, plan(topic=topic, kind=kind))
    assert (found.reached.matching, found.reached.size, found.sample) == (0, 0, ())
