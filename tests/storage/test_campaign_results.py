"""What people did after a message: counted once each, and only for a while."""

from __future__ import annotations

from datetime import timedelta

from storage import Database, Unit
from storage.repositories.deliveries import Settled
from tests.storage.factories import stored_course
from tests.support.databases import MovedClock
from tests.support.run_campaigns import CITY, run_for, sent

WEEK = timedelta(days=7)


def test_courses_saved_soon_after_a_message_are_counted_by_person(
    database: Database, clock: MovedClock
) -> None:
    run = run_for(database, 4)

    def send(unit: Unit) -> list[str]:
        unit.deliveries.claim(run, 4, "me", unit.now)
        ends = [sent(1), sent(2), sent(3), Settled(4, "blocked")]
        unit.deliveries.settle(run.id, "me", ends)
        rows = unit.broadcasts.list_deliveries(run.id, "sent")
        rows += unit.broadcasts.list_deliveries(run.id, "blocked")
        courses = [stored_course(one, one, city=CITY) for one in ("c1", "c2")]
        unit.catalogue.put(CITY, "ours", courses)
        return [row.person for row in rows]

    def did_after() -> dict[str, int]:
        return database.read_now(lambda unit: unit.campaign_acts.did_after(run.id, WEEK))

    first, second, third, blocked = database.write_now(send)
    assert did_after() == {"saved": 0, "badges": 0}
    clock.move(hours=1)
    database.write_now(lambda unit: [unit.saved.add(first, one) for one in ("c1", "c2")])
    database.write_now(lambda unit: unit.saved.add(blocked, "c1"))
    clock.move(days=3)
    database.write_now(lambda unit: unit.saved.add(second, "c1"))
    clock.move(days=4)
    database.write_now(lambda unit: unit.saved.add(third, "c1"))
    assert did_after() == {"saved": 2, "badges": 0}
