"""What the register says is over goes when its time is over, and not before."""

from datetime import timedelta
from functools import partial

import pytest
from sqlmodel import SQLModel

import storage.tables  # noqa: F401  # fills the metadata
from storage import Database, Unit
from storage.records import SendResult, SessionState
from tests.storage.canaries import row
from tests.storage.factories import incoming, outgoing
from tests.storage.test_privacy import PERSON, everything, holding, plant_row
from tests.support.databases import START, MovedClock

NAMES = sorted(SQLModel.metadata.tables)


def save(state: SessionState, unit: Unit) -> None:
    unit.sessions.save(state)


def sweep(database: Database) -> dict[str, int]:
    total: dict[str, int] = {}
    while swept := database.write_now(lambda unit: unit.privacy.sweep(limit=3)):
        for name, count in swept.items():
            total[name] = total.get(name, 0) + count
    return total


RULES = [(name, number) for name in NAMES for number in range(len(holding(name).retention))]


class TestRetention:
    @pytest.mark.parametrize(("name", "number"), RULES)
    def test_a_row_goes_when_its_time_is_over_and_not_before(
        self, database: Database, clock: MovedClock, name: str, number: int
    ) -> None:
        rule = holding(name).retention[number]
        values = row(name, PERSON, 1) | {rule.column: START}
        values |= {column: allowed[0] for column, allowed in rule.only.items()}
        database.write_now(lambda unit: plant_row(unit, name, values))
        earlier = [r.after for r in holding(name).retention[:number]]
        clock.at = START + rule.after - timedelta(seconds=1)
        if not earlier:
            assert sweep(database) == {}
        else:
            sweep(database)
        clock.at = START + rule.after
        assert sweep(database) == {name: 1}
        assert sweep(database) == {}

    def test_a_sweep_runs_in_slices(self, database: Database, clock: MovedClock) -> None:
        updates = [incoming(chat=str(number)) for number in range(10)]
        database.write_now(lambda unit: unit.inbox.add_many(updates))
        clock.move(days=8)
        assert database.write_now(lambda unit: unit.privacy.sweep(limit=4)) == {"inbox": 4}
        assert sweep(database) == {"inbox": 6}

    def test_a_message_loses_its_words_first_and_then_goes(
        self, database: Database, clock: MovedClock
    ) -> None:
        database.write_now(lambda unit: unit.outbox.add_many([outgoing(text="private")]))
        [first] = database.write_now(
            lambda unit: unit.outbox.claim(2, [0], "s", unit.now + timedelta(seconds=30))
        )
        database.write_now(lambda unit: unit.outbox.mark_many([SendResult(first.id, "sent", "5")]))
        clock.move(days=7)
        assert sweep(database) == {"outbox": 1}
        assert "private" not in everything(database)
        clock.move(days=83)
        assert sweep(database) == {"outbox": 1}
        assert "city_bot" not in everything(database)

    @pytest.mark.parametrize("status", ["live", "parked"])
    def test_a_talk_that_was_left_goes_with_its_log(
        self, database: Database, clock: MovedClock, status: str
    ) -> None:
        state = SessionState("s", PERSON, "discover", {"wish": "private"}, ("a", "private"))
        database.write_now(lambda unit: unit.sessions.save(state))
        if status == "parked":
            until = clock() + timedelta(days=30)
            database.write_now(lambda unit: unit.sessions.park("s", until))
        clock.move(days=29)
        assert sweep(database) == {}
        clock.move(days=1)
        assert sweep(database) == {"session": 1}
        assert "private" not in everything(database)

    def test_a_talk_that_goes_on_stays(self, database: Database, clock: MovedClock) -> None:
        for day in range(3):
            state = SessionState("s", PERSON, "discover", {}, tuple("abc"[: day + 1]), kept=day)
            database.write_now(partial(save, state))
            clock.move(days=20)
        assert sweep(database) == {}

    def test_who_never_accepted_the_notice_is_forgotten_after_a_day(
        self, database: Database, clock: MovedClock
    ) -> None:
        stranger = database.write_now(lambda unit: unit.people.ensure("telegram", "b", "1")).id
        guest = database.write_now(lambda unit: unit.people.ensure("telegram", "b", "2")).id
        database.write_now(lambda unit: unit.people.accept_notice(guest, "v1", "telegram"))
        clock.move(hours=23)
        assert database.read_now(lambda unit: unit.privacy.list_lapsed()) == []
        clock.move(hours=1)
        assert database.read_now(lambda unit: unit.privacy.list_lapsed()) == [stranger]
        clock.move(days=730)
        assert set(database.read_now(lambda unit: unit.privacy.list_lapsed())) == {stranger, guest}
