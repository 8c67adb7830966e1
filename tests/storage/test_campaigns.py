"""Campaigns in the database: versions that never change, decisions, people's acts and promises."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.campaigns.digest import digest
from bot.campaigns.records import CampaignState
from bot.campaigns.schedule import Schedule
from bot.errors import Conflict, NotFound
from bot.people import Purpose
from storage import Database, Unit
from storage.tables.audience import StandingConsentRow
from tests.storage.factories import outgoing
from tests.support.databases import MovedClock
from tests.support.run_campaigns import begin, freeze, plan, sent, settle

DRAFT: tuple[CampaignState, ...] = ("draft",)


def add(database: Database, text: str = "Come.") -> str:
    return database.write_now(
        lambda unit: unit.campaigns.add("manchester", "Open day", plan(text), "editor").id
    )


class TestVersions:
    def test_an_edit_makes_another_version_and_keeps_the_first(self, database: Database) -> None:
        campaign = add(database)
        other = plan("Come at nine.", schedule=Schedule(late_after=2))
        made = database.write_now(
            lambda unit: unit.campaigns.edit(campaign, other, "second", seen=1, title="New name")
        )
        assert (made.number, made.made_by, made.digest) == (2, "second", digest(other))
        versions = database.read_now(lambda unit: unit.campaigns.list_versions(campaign))
        assert [one.plan for one in versions] == [other, plan("Come.")]
        found = database.read_now(lambda unit: unit.campaigns.get(campaign))
        assert (found.title, found.version, found.author) == ("New name", 2, "editor")

    def test_two_edits_of_the_same_version_do_not_both_count(
        self, sqlite_database: Database
    ) -> None:
        campaign = add(sqlite_database)
        sqlite_database.write_now(
            lambda unit: unit.campaigns.edit(campaign, plan("A"), "a", seen=1)
        )
        with pytest.raises(Conflict):
            sqlite_database.write_now(
                lambda unit: unit.campaigns.edit(campaign, plan("B"), "b", seen=1)
            )

    def test_a_state_moves_only_from_where_it_was(self, sqlite_database: Database) -> None:
        campaign = add(sqlite_database)
        sqlite_database.write_now(
            lambda unit: unit.campaigns.set_state(campaign, "waiting", was=DRAFT)
        )
        with pytest.raises(Conflict):
            sqlite_database.write_now(
                lambda unit: unit.campaigns.set_state(campaign, "waiting", was=DRAFT)
            )

    def test_what_is_due_is_listed(self, database: Database, clock: MovedClock) -> None:
        campaign = add(database)
        at = clock.at + timedelta(hours=1)
        database.write_now(
            lambda unit: unit.campaigns.set_state(campaign, "scheduled", was=DRAFT, next_at=at)
        )
        assert database.read_now(lambda unit: unit.campaigns.list_due()) == []
        clock.move(hours=1)
        (due,) = database.read_now(lambda unit: unit.campaigns.list_due())
        assert (due.id, due.next_at) == (campaign, at)

    def test_what_is_not_there_is_not_found(self, sqlite_database: Database) -> None:
        with pytest.raises(NotFound):
            sqlite_database.read_now(lambda unit: unit.campaigns.get("nothing"))
        with pytest.raises(NotFound):
            sqlite_database.read_now(lambda unit: unit.campaigns.version("nothing", 1))
        with pytest.raises(NotFound):
            sqlite_database.read_now(lambda unit: unit.broadcasts.get("nothing"))

    def test_lists_are_of_one_city_newest_first(self, sqlite_database: Database) -> None:
        campaigns = [add(sqlite_database), add(sqlite_database)]
        listed = sqlite_database.read_now(lambda unit: unit.campaigns.list_in_city("manchester"))
        assert [one.id for one in listed] == campaigns[::-1]
        rest = sqlite_database.read_now(
            lambda unit: unit.campaigns.list_in_city("manchester", before=campaigns[1])
        )
        assert [one.id for one in rest] == campaigns[:1]
        assert sqlite_database.read_now(lambda unit: unit.campaigns.list_in_city("derby")) == []


class TestActs:
    def test_people_are_counted_and_only_those_who_were_sent_it(self, database: Database) -> None:
        def work(unit: Unit) -> str:
            ada, ben = settle(unit, 1), settle(unit, 2)
            run = freeze(unit, begin(unit))
            acts = unit.campaign_acts
            assert acts.record(run.id, ada, "click", "site")
            assert acts.record(run.id, ada, "click", "site")
            assert acts.record(run.id, ben, "poll", said="yes")
            assert acts.record(run.id, ada, "poll", said="yes")
            assert acts.record(run.id, ada, "poll", said="no")
            stranger = unit.people.ensure("telegram", "b", "9").id
            assert not acts.record(run.id, stranger, "click", "site")
            return run.id

        run = database.write_now(work)
        acts = database.read_now(
            lambda unit: (
                unit.campaign_acts.people(run),
                unit.campaign_acts.by_part(run),
                unit.campaign_acts.answers(run),
            )
        )
        assert acts == (
            {"click": 1, "poll": 2},
            {("click", "site"): 1, ("poll", ""): 2},
            {"no": 1, "yes": 1},
        )

    def test_a_promise_is_kept_and_taken_back(self, sqlite_database: Database) -> None:
        def work(unit: Unit) -> None:
            acts = unit.campaign_acts
            acts.pledge("ada", "manchester", "to swim")
            acts.pledge("ada", "manchester", "to dive")
            found = acts.pledge_of("ada")
            assert found is not None
            assert found.words == "to dive"
            assert acts.take_back_pledge("ada")
            assert not acts.take_back_pledge("ada")
            assert acts.pledge_of("ada") is None

        sqlite_database.write_now(work)


class TestStandingConsent:
    def standing(self, database: Database, person: str) -> list[tuple[str, str, bool]]:
        def read(unit: Unit) -> list[tuple[str, str, bool]]:
            query = select(StandingConsentRow).where(StandingConsentRow.person == person)
            rows = unit.orm.exec(query).all()
            return sorted((one.purpose, one.channel, bool(one.is_given)) for one in rows)

        return database.read_now(read)

    def test_the_newest_decision_stands(self, database: Database) -> None:
        def work(unit: Unit) -> str:
            person = settle(unit, 1)
            unit.people.record_consent(person, Purpose.NEWS, False, "telegram", "v1")
            return person

        person = database.write_now(work)
        assert ("news", "telegram", False) in self.standing(database, person)

    def test_joining_two_chats_keeps_the_narrower(self, database: Database) -> None:
        def work(unit: Unit) -> tuple[str, str]:
            ada, web = settle(unit, 1), settle(unit, 1, channel="web")
            unit.people.record_consent(web, Purpose.NEWS, False, "web", "v1")
            token = unit.joins.offer(ada, "telegram", "b", "1")
            joined = unit.joins.join(token, web)
            return joined.kept.id, joined.dropped

        kept, dropped = database.write_now(work)
        stands = self.standing(database, kept)
        assert ("news", "telegram", False) in stands
        assert ("news", "web", False) in stands
        assert self.standing(database, dropped) == []


def test_what_was_sent_last_is_known_until_something_else_is_said(
    database: Database, clock: MovedClock
) -> None:
    def work(unit: Unit) -> tuple[str, str]:
        person = settle(unit, 1)
        run = freeze(unit, begin(unit))
        batch = unit.deliveries.claim(run, 5, "holder", unit.now + timedelta(minutes=1))
        unit.deliveries.settle(run.id, "holder", [sent(one.number) for one in batch.to])
        return person, run.id

    person, run = database.write_now(work)
    assert database.read_now(lambda unit: unit.broadcasts.newest_said(person)) == run
    latest = database.read_now(lambda unit: unit.broadcasts.latest_of(person))
    assert [one.broadcast for one in latest] == [run]
    clock.move(minutes=1)
    database.write_now(lambda unit: unit.outbox.add_many([outgoing(person, "1")]))
    assert database.read_now(lambda unit: unit.broadcasts.newest_said(person)) == ""
    assert database.read_now(lambda unit: unit.broadcasts.newest_said("nobody")) == ""


def test_an_erasure_leaves_the_sums_of_a_run_as_they_were(database: Database) -> None:
    def work(unit: Unit) -> tuple[str, str]:
        person = settle(unit, 1)
        settle(unit, 2)
        return person, freeze(unit, begin(unit)).id

    person, run = database.write_now(work)

    def erase(unit: Unit) -> None:
        while not unit.privacy.erase(person):
            pass

    database.write_now(erase)
    counts = database.read_now(lambda unit: unit.broadcasts.counts(run))
    assert counts == {"queued": 1, "skipped": 1}
    reasons = database.read_now(lambda unit: unit.broadcasts.reasons(run, "skipped"))
    assert reasons == {"erased": 1}
