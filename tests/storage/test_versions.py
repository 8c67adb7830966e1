"""Two versions of a campaign in the database: drawn at the freezing, sent as drawn, counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.campaigns.audience import EVERYONE
from bot.campaigns.content import Button, Wording
from bot.campaigns.reaching import Reach
from bot.campaigns.records import Broadcast, Plan
from bot.campaigns.variants import Rival, drawn
from storage import Database, Unit
from tests.support.databases import MovedClock
from tests.support.run_campaigns import CITY, begin, plan, sent, settle

PEOPLE = 40


def two_versions(share: int = 50) -> Plan:
    made = plan("Come.", Button("go", "open", "find"))
    rival = Rival({"en": Wording("Come now.", {"go": "Go now"})}, share=share, days=7)
    return replace(made, rival=rival)


def frozen(unit: Unit, share: int = 50) -> Broadcast:
    for number in range(1, PEOPLE + 1):
        settle(unit, number)
    state: Broadcast | None = begin(unit, two_versions(share))
    while state is not None and state.state == "freezing":
        topic = two_versions().topic
        reach = Reach(CITY, EVERYONE, topic, unit.now, state.campaign, rival_share=share)
        state = unit.deliveries.freeze_slice(state, reach, unit.now, 7)
    assert state is not None
    return state


def test_a_plan_is_kept_with_its_second_version_and_its_cost(database: Database) -> None:
    def work(unit: Unit) -> Plan:
        made = replace(two_versions(20), stars=900)
        campaign = unit.campaigns.add(CITY, "Open day", made, "author")
        assert unit.campaigns.current(campaign.id).plan == made
        return unit.campaigns.edit(campaign.id, plan(), "author", seen=1).plan

    assert database.write_now(work).rival is None


def test_each_row_keeps_the_version_that_was_drawn_for_it(database: Database) -> None:
    run = database.write_now(frozen)

    def look(unit: Unit) -> list[tuple[str, str]]:
        rows = unit.broadcasts.list_deliveries(run.id, "queued")
        return [(one.variant, drawn(run.id, one.person, 50)) for one in rows]

    rows = database.read_now(look)
    assert len(rows) == PEOPLE
    assert all(kept == again for kept, again in rows)
    assert {kept for kept, _ in rows} == {"a", "b"}
    claimed = database.write_now(
        lambda unit: unit.deliveries.claim(run, 9, "me", unit.now + timedelta(seconds=60))
    )
    assert [(one.number, one.variant) for one in claimed.to] == [
        (number, rows[number - 1][0]) for number in range(1, 10)
    ]


def test_a_test_brings_both(database: Database) -> None:
    def work(unit: Unit) -> list[str]:
        person = settle(unit, 1)
        run = begin(unit, two_versions(), is_test=True)
        unit.deliveries.cut_test(run, [person], ("a", "b"))
        assert unit.broadcasts.get(run.id).size == 2
        until = unit.now + timedelta(seconds=60)
        return [one.variant for one in unit.deliveries.claim(run, 9, "me", until).to]

    assert database.write_now(work) == ["a", "b"]


def test_what_came_of_each_is_counted_in_people_up_to_the_day(
    database: Database, clock: MovedClock
) -> None:
    run = database.write_now(frozen)

    def act(unit: Unit) -> None:
        rows = unit.broadcasts.list_deliveries(run.id, "queued")
        unit.deliveries.claim(run, PEOPLE, "me", unit.now + timedelta(seconds=60))
        unit.deliveries.settle(run.id, "me", [sent(one.number) for one in rows])
        mine = {v: [one.person for one in rows if one.variant == v] for v in ("a", "b")}
        for person in mine["b"][:3]:
            unit.campaign_acts.record(run.id, person, "click", "x")
            unit.campaign_acts.record(run.id, person, "click", "y")
            unit.campaign_acts.record(run.id, person, "open", "go")
        unit.campaign_acts.record(run.id, mine["a"][0], "opt_out", "off")

    database.write_now(act)
    counts = database.read_now(
        lambda unit: {variant: _of(unit, run, variant) for variant in ("a", "b")}
    )
    until = clock.at + timedelta(days=7)
    found = database.read_now(lambda unit: unit.campaign_acts.by_variant(run.id, until))
    assert found == {
        "a": {"accepted": counts["a"], "opt_out": 1},
        "b": {"accepted": counts["b"], "click": 3, "open": 3, "acted": 3},
    }
    before = database.read_now(lambda unit: unit.campaign_acts.by_variant(run.id, clock.at))
    assert before == {one: {"accepted": counts[one]} for one in ("a", "b")}


def _of(unit: Unit, run: Broadcast, variant: str) -> int:
    rows = unit.broadcasts.list_deliveries(run.id, "sent")
    return sum(one.variant == variant for one in rows)
