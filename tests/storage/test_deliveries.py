"""Deliveries of campaigns, on both engines."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.campaigns.audience import EVERYONE
from bot.campaigns.reaching import Reach
from bot.campaigns.records import Broadcast
from bot.people import AgeBand, Purpose
from storage import Database, Unit
from storage.repositories.deliveries import Claimed, Settled
from tests.support.databases import START, MovedClock
from tests.support.run_campaigns import BOT, CITY, begin, freeze, plan, run_for, sent, settle

LEASE = START + timedelta(seconds=60)


def claim(database: Database, run: Broadcast, limit: int = 10, holder: str = "me") -> list[Claimed]:
    batch = database.write_now(
        lambda unit: unit.deliveries.claim(
            unit.broadcasts.get(run.id),
            limit,
            holder,
            unit.now + timedelta(seconds=60),
            cap=2,
            cap_since=unit.now - timedelta(days=7),
        )
    )
    return list(batch.to)


def settle_one(database: Database, run: Broadcast, number: int) -> None:
    database.write_now(lambda unit: unit.deliveries.settle(run.id, "me", [sent(number)]))


def counts(database: Database, run: Broadcast) -> dict[str, int]:
    return database.read_now(lambda unit: unit.broadcasts.counts(run.id))


class TestFreezing:
    def test_slices_cut_one_row_a_recipient_without_gaps(self, database: Database) -> None:
        def work(unit: Unit) -> list[int]:
            for number in range(1, 8):
                settle(unit, number)
            run = freeze(unit, begin(unit), limit=2)
            assert (run.state, run.size) == ("running", 7)
            assert run.frozen_at == unit.now
            return [one.number for one in unit.broadcasts.list_deliveries(run.id, "queued")]

        assert database.write_now(work) == [1, 2, 3, 4, 5, 6, 7]

    def test_who_is_left_out_is_counted_by_reason(self, database: Database) -> None:
        def work(unit: Unit) -> dict[str, int]:
            for number in range(1, 5):
                settle(unit, number)
            unit.contacts.set_reachable("telegram", BOT, "3", False)
            run = freeze(unit, begin(unit), limit=2)
            return {"size": run.size, **run.excluded}

        assert database.write_now(work) == {"size": 3, "unreachable": 1}

    def test_only_one_of_two_programs_cuts_a_slice(self, database: Database) -> None:
        def work(unit: Unit) -> tuple[object, object]:
            settle(unit, 1)
            settle(unit, 2)
            run = begin(unit)
            reach = Reach(CITY, EVERYONE, Purpose.NEWS, unit.now, campaign=run.campaign)
            first = unit.deliveries.freeze_slice(run, reach, unit.now, 1)
            return first, unit.deliveries.freeze_slice(run, reach, unit.now, 1)

        first, second = database.write_now(work)
        assert first is not None
        assert second is None

    def test_each_row_names_the_consent_that_it_rests_on(self, database: Database) -> None:
        run = run_for(database, 2)

        def look(unit: Unit) -> list[bool]:
            rows = unit.broadcasts.list_deliveries(run.id, "queued")
            return [bool(one.consent) for one in rows]

        assert database.read_now(look) == [True, True]


class TestClaiming:
    def test_each_row_is_claimed_once(self, database: Database) -> None:
        run = run_for(database, 5)
        first = claim(database, run, 3, "one")
        second = claim(database, run, 3, "two")

        assert [one.number for one in (*first, *second)] == [1, 2, 3, 4, 5]
        assert {(one.channel, one.bot) for one in first} == {("telegram", BOT)}
        assert claim(database, run) == []

    @pytest.mark.parametrize("state", ["paused", "cancelled"])
    def test_a_run_that_does_not_run_gives_nobody(self, database: Database, state: str) -> None:
        run = run_for(database, 2)
        database.write_now(
            lambda unit: unit.broadcasts.set_state(run.id, state, was=["running"])  # type: ignore[arg-type]
        )
        assert claim(database, run) == []

    def test_nothing_is_claimed_while_everything_is_stopped(self, database: Database) -> None:
        run = run_for(database, 2)
        database.write_now(lambda unit: unit.campaigns.stop_everything("admin", "a mistake"))
        assert claim(database, run) == []
        database.write_now(lambda unit: unit.campaigns.end_stop())
        assert len(claim(database, run)) == 2

    def test_who_withdrew_since_is_skipped(self, database: Database) -> None:
        run = run_for(database, 2)

        def withdraw(unit: Unit) -> None:
            person = unit.people.ensure("telegram", BOT, "1", city=CITY).id
            unit.people.record_consent(person, Purpose.NEWS, False, "telegram", "v1")

        database.write_now(withdraw)

        assert [one.chat for one in claim(database, run)] == ["2"]
        assert counts(database, run) == {"skipped": 1, "claimed": 1}
        reasons = database.read_now(lambda unit: unit.broadcasts.reasons(run.id, "skipped"))
        assert reasons == {"no_consent": 1}

    @pytest.mark.parametrize(
        ("topic", "band", "is_left_out"),
        [
            (Purpose.NEWS, AgeBand.UNDER_13, True),
            (Purpose.NEWS, AgeBand.FROM_13_TO_17, False),
            (Purpose.INVITATIONS, AgeBand.FROM_13_TO_17, True),
            (Purpose.INVITATIONS, AgeBand.ADULT, False),
            (None, AgeBand.FROM_13_TO_17, True),
            (None, AgeBand.ADULT, False),
        ],
    )
    def test_who_said_another_age_since_is_judged_by_that(
        self, database: Database, topic: Purpose | None, band: AgeBand, is_left_out: bool
    ) -> None:
        kind = "campaign" if topic else "service"

        def work(unit: Unit) -> Broadcast:
            person = settle(unit, 1)
            unit.people.set_age_band(person, AgeBand.ADULT)
            unit.people.record_consent(person, Purpose.NEWS, topic is not None, "telegram", "v1")
            unit.people.record_consent(person, Purpose.INVITATIONS, bool(topic), "telegram", "v1")
            run = freeze(unit, begin(unit, plan(kind=kind, topic=topic)))
            assert run.size == 1
            unit.people.set_age_band(person, band)
            return run

        run = database.write_now(work)
        assert len(claim(database, run)) == (not is_left_out)
        reasons = database.read_now(lambda unit: unit.broadcasts.reasons(run.id, "skipped"))
        assert reasons == ({"under_18": 1} if is_left_out else {})

    def test_who_moved_since_still_gets_what_they_agreed_to(self, database: Database) -> None:
        """The audience is frozen as it was at the launch; consent and age are those of now."""
        run = run_for(database, 1)

        def move(unit: Unit) -> None:
            person = unit.people.ensure("telegram", BOT, "1", city=CITY).id
            unit.people.set_city(person, "belfast")

        database.write_now(move)
        assert len(claim(database, run)) == 1

    def test_who_blocked_the_bot_since_is_skipped(self, database: Database) -> None:
        run = run_for(database, 1)
        database.write_now(lambda unit: unit.contacts.set_reachable("telegram", BOT, "1", False))
        assert claim(database, run) == []
        assert counts(database, run) == {"skipped": 1}

    def test_nobody_gets_more_than_the_cap(self, database: Database, clock: MovedClock) -> None:
        runs = [run_for(database, 1) for _ in range(3)]
        for run in runs[:2]:
            found = claim(database, run)
            settle_one(database, run, found[0].number)
        assert claim(database, runs[2]) == []
        reasons = database.read_now(lambda unit: unit.broadcasts.reasons(runs[2].id, "skipped"))
        assert reasons == {"often": 1}

        clock.move(days=8)
        assert len(claim(database, run_for(database, 1))) == 1

    def test_invitations_to_work_count_against_the_cap(self, database: Database) -> None:
        run = run_for(database, 1)

        def invited(unit: Unit) -> None:
            person = unit.people.at("telegram", BOT, "1")
            assert person is not None
            for opportunity in ("one", "two"):
                until = unit.now + timedelta(days=9)
                unit.invited.invite(opportunity, CITY, person.id, "[]", until)

        database.write_now(invited)
        assert claim(database, run) == []
        reasons = database.read_now(lambda unit: unit.broadcasts.reasons(run.id, "skipped"))
        assert reasons == {"often": 1}
        since = database.now() - timedelta(days=7)
        reach = Reach(CITY, EVERYONE, Purpose.NEWS, database.now(), cap=2, cap_since=since)
        part = database.read_now(lambda unit: unit.audiences.slice(reach))
        assert [one.reason for one in part.candidates] == ["often"]

    def test_a_test_reaches_whoever_asked_for_it(self, database: Database) -> None:
        def work(unit: Unit) -> Broadcast:
            person = unit.people.ensure("telegram", BOT, "1", city=CITY).id
            run = begin(unit, is_test=True)
            unit.deliveries.cut_test(run, [person])
            return run

        assert [one.chat for one in claim(database, database.write_now(work))] == ["1"]


class TestEnds:
    def test_every_end_adds_up(self, database: Database) -> None:
        run = run_for(database, 5)
        claim(database, run)
        ends = [
            sent(1),
            Settled(2, "blocked", "left"),
            Settled(3, "failed", "refused"),
            Settled(4, "in_doubt", "no answer"),
            Settled(5, "queued", not_before=START + timedelta(seconds=9)),
        ]
        database.write_now(lambda unit: unit.deliveries.settle(run.id, "me", ends))

        assert counts(database, run) == {
            "sent": 1, "blocked": 1, "failed": 1, "in_doubt": 1, "queued": 1,
        }  # fmt: skip
        at = database.read_now(lambda unit: unit.deliveries.next_at(run.id))
        assert at == START + timedelta(seconds=9)

    def test_a_lapsed_claim_is_in_doubt_and_never_sent_again(
        self, database: Database, clock: MovedClock
    ) -> None:
        run = run_for(database, 2)
        claim(database, run, 1)
        clock.move(seconds=61)
        assert database.write_now(lambda unit: unit.deliveries.rescue()) == 1
        assert [one.number for one in claim(database, run, holder="other")] == [2]
        assert counts(database, run) == {"in_doubt": 1, "claimed": 1}

    def test_an_answer_that_came_late_settles_a_doubt(
        self, database: Database, clock: MovedClock
    ) -> None:
        run = run_for(database, 1)
        claim(database, run)
        clock.move(seconds=61)
        database.write_now(lambda unit: unit.deliveries.rescue())
        database.write_now(lambda unit: unit.deliveries.settle(run.id, "me", [sent(1)]))
        assert counts(database, run) == {"sent": 1}

    def test_one_in_doubt_is_sent_again_only_if_staff_say_so(
        self, database: Database, clock: MovedClock
    ) -> None:
        run = run_for(database, 2)
        claim(database, run)
        database.write_now(lambda unit: unit.deliveries.release_all())
        database.write_now(
            lambda unit: unit.broadcasts.set_state(run.id, "finished", was=["running"])
        )

        def decide(unit: Unit) -> tuple[int, int, int]:
            decide = unit.deliveries.decide_doubt
            left = decide(run.id, [1], is_resent=False)
            resent = decide(run.id, [2], is_resent=True)
            return left, resent, decide(run.id, [1], is_resent=True)

        assert database.write_now(decide) == (1, 1, 0)
        assert [one.number for one in claim(database, run, holder="new")] == [2]
        database.write_now(lambda unit: unit.deliveries.settle(run.id, "me", [sent(2)]))
        assert counts(database, run) == {"in_doubt": 1, "claimed": 1}

    def test_what_is_given_back_after_a_cancel_is_cancelled(self, database: Database) -> None:
        run = run_for(database, 3)
        claim(database, run, 1)

        def cancel(unit: Unit) -> list[str]:
            unit.broadcasts.set_state(run.id, "cancelled", was=["running"])
            unit.deliveries.settle(run.id, "me", [Settled(1, "queued")])
            left = unit.deliveries.list_cancelled()
            assert unit.deliveries.end_some(run.id, "cancelled", "", 1) == 1
            assert unit.deliveries.end_some(run.id, "cancelled", "", 9) == 1
            return left

        assert database.write_now(cancel) == [run.id]
        assert counts(database, run) == {"cancelled": 3}
        database.write_now(lambda unit: unit.broadcasts.keep_totals(run.id, {"cancelled": 3}))
        assert database.read_now(lambda unit: unit.deliveries.list_cancelled()) == []
        assert not database.read_now(lambda unit: unit.deliveries.is_open(run.id))
