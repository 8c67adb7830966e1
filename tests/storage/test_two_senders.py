"""Two programs that send at once on PostgreSQL: neither undoes or doubles what the other did."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot.errors import Conflict
from storage import Database, Unit
from storage.repositories.deliveries import Settled
from tests.storage.factories import outgoing
from tests.support.databases import MovedClock
from tests.support.run_campaigns import CITY, begin, freeze, plan, run_for, settle

pytestmark = pytest.mark.postgres

Work = Callable[[Unit], Any]


@pytest.fixture
def pair(postgres_url: str, clock: MovedClock) -> Iterator[tuple[Database, Database]]:
    opened = [Database.open(postgres_url, clock=clock) for _ in range(2)]
    yield opened[0], opened[1]
    for one in opened:
        one.close()


def at_once(pair: tuple[Database, Database], first: Work, second: Work) -> tuple[Any, Any]:
    """Run a unit whole while another stands before its commit; return what both gave."""
    ends: list[Any] = []

    def run_second() -> None:
        try:
            ends.append(pair[1].write_now(second))
        except Exception as error:  # noqa: BLE001  # what it ends with is looked at
            ends.append(error)

    thread = threading.Thread(target=run_second)

    def held(unit: Unit) -> Any:
        result = first(unit)
        thread.start()
        while thread.is_alive() and not _waits(unit):
            thread.join(0.002)
        return result

    result = pair[0].write_now(held)
    thread.join()
    return result, ends[0]


def _waits(unit: Unit) -> bool:
    query = text("SELECT COUNT(*) FROM pg_locks WHERE NOT granted")
    return bool(unit.connection.execute(query).scalar())


def set_state(run: str, state: Any, *was: Any) -> Work:
    return lambda unit: unit.broadcasts.set_state(run, state, was=was).state


def test_who_resumes_does_not_undo_a_cancel(pair: tuple[Database, Database]) -> None:
    run = run_for(pair[0], 1)
    pair[0].write_now(set_state(run.id, "paused", "running"))

    first, second = at_once(
        pair, set_state(run.id, "cancelled", "paused"), set_state(run.id, "running", "paused")
    )

    assert first == "cancelled"
    assert isinstance(second, Conflict)
    assert pair[0].read_now(lambda unit: unit.broadcasts.get(run.id).state) == "cancelled"


def test_a_schedule_that_is_switched_off_stays_off(pair: tuple[Database, Database]) -> None:
    def schedule(unit: Unit) -> str:
        made = unit.campaigns.add(CITY, "Open day", plan(), "author").id
        unit.campaigns.set_state(made, "scheduled", was=["draft"], next_at=unit.now)
        return made

    campaign = pair[0].write_now(schedule)

    def begun(unit: Unit) -> str:
        state = unit.campaigns.take(campaign).state
        if state == "scheduled":
            unit.campaigns.set_state(campaign, "done", was=["scheduled"])
        return state

    _, second = at_once(
        pair, lambda unit: unit.campaigns.set_state(campaign, "draft", was=["scheduled"]), begun
    )

    assert second == "draft"
    assert pair[0].read_now(lambda unit: unit.campaigns.get(campaign).state) == "draft"


def test_what_is_sent_again_keeps_its_run_going(pair: tuple[Database, Database]) -> None:
    run = run_for(pair[0], 1)

    def lose(unit: Unit) -> None:
        unit.deliveries.claim(run, 1, "dead", unit.now + timedelta(seconds=60))
        unit.deliveries.release_all()

    pair[0].write_now(lose)

    def finish(unit: Unit) -> bool:
        taken = unit.broadcasts.take(run.id)
        if taken.state != "running" or unit.deliveries.is_open(run.id):
            return False
        unit.broadcasts.set_state(run.id, "finished", was=["running"])
        return True

    decided, is_finished = at_once(
        pair, lambda unit: unit.deliveries.decide_doubt(run.id, [1], is_resent=True), finish
    )

    assert (decided, is_finished) == (1, False)


def test_two_runs_at_once_keep_to_the_cap(pair: tuple[Database, Database]) -> None:
    def make(unit: Unit) -> tuple[str, str]:
        settle(unit, 1)
        return freeze(unit, begin(unit)).id, freeze(unit, begin(unit)).id

    one, two = pair[0].write_now(make)

    def claim(run: str) -> Work:
        def work(unit: Unit) -> int:
            until, since = unit.now + timedelta(seconds=60), unit.now - timedelta(days=7)
            broadcast = unit.broadcasts.get(run)
            batch = unit.deliveries.claim(broadcast, 9, run, until, cap=1, cap_since=since)
            return len(batch.to)

        return work

    assert at_once(pair, claim(one), claim(two)) == (1, 0)
    reasons = pair[0].read_now(lambda unit: unit.broadcasts.reasons(two, "skipped"))
    assert reasons == {"often": 1}


def test_both_use_the_same_short_address(pair: tuple[Database, Database]) -> None:
    run = run_for(pair[0], 1)

    def link(unit: Unit) -> str:
        return unit.campaign_acts.link(CITY, run.id, "more", "https://example.org").token

    first, second = at_once(pair, link, link)
    assert first == second


def test_who_lost_a_row_meanwhile_stores_nothing_for_it(pair: tuple[Database, Database]) -> None:
    run = run_for(pair[0], 1)
    until = timedelta(seconds=60)
    pair[0].write_now(lambda unit: unit.deliveries.claim(run, 1, "slow", unit.now + until))
    pair[0].write_now(lambda unit: unit.deliveries.release_all())
    pair[0].write_now(lambda unit: unit.deliveries.decide_doubt(run.id, [1], is_resent=True))

    late = Settled(1, "sent", channel="web", outgoing=outgoing(channel="web"))
    stored = pair[1].write_now(lambda unit: unit.deliveries.settle(run.id, "slow", [late]))

    assert stored == []
    row = pair[0].read_now(lambda unit: unit.broadcasts.delivery(run.id, 1))
    assert row is not None
    assert row.state == "queued"
