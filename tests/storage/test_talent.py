"""Opportunities, invitations, shares and reports as they are kept, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import NotFound, Refused
from bot.people import AgeBand, Purpose
from bot.talent.records import Answer, Opportunity, Shared
from bot.talent.reports import Outcome
from storage import Database, Unit
from tests.support.databases import MovedClock
from tests.support.invited_people import SHOP

CITY = "manchester"
UNTIL = datetime(2027, 1, 20, 23, 59, tzinfo=UTC)


def person(database: Database, chat: str) -> str:
    def make(unit: Unit) -> str:
        who = unit.people.ensure("telegram", "7", chat, city=CITY).id
        unit.people.accept_notice(who, "1", "telegram")
        unit.people.set_age_band(who, AgeBand.ADULT)
        return who

    return database.write_now(make)


def sent(database: Database, by: str = "boss") -> Opportunity:
    def make(unit: Unit) -> Opportunity:
        made = unit.opportunities.begin(by, CITY, "org", "The Shop", SHOP)
        return unit.opportunities.send(made.id, by)

    return database.write_now(make)


def running(database: Database) -> str:
    one = sent(database)
    database.write_now(
        lambda unit: unit.opportunities.approve(one.id, one.number, one.change, "staff")
    )
    return one.id


def invite(database: Database, opportunity: str, who: str) -> str:
    return database.write_now(lambda unit: unit.invited.invite(opportunity, CITY, who, "[]", UNTIL))


def share(database: Database, invitation: str, who: str, *parts: str) -> str:
    shared = Shared("", parts, "Amira")
    return database.write_now(lambda unit: unit.invited.share(invitation, who, shared)).token


def test_staff_decide_on_what_they_saw_and_never_on_their_own(database: Database) -> None:
    one = sent(database, "boss")

    def approve(by: str, change: int) -> None:
        database.write_now(lambda unit: unit.opportunities.approve(one.id, 1, change, by))

    with pytest.raises(Refused, match="own"):
        approve("boss", one.change)
    with pytest.raises(Refused, match="not_waiting"):
        approve("staff", one.change - 1)
    approve("staff", one.change)
    with pytest.raises(Refused, match="not_waiting"):
        approve("staff", one.change)


def test_what_changes_waits_for_staff_again_and_what_is_over_stays_so(database: Database) -> None:
    key = running(database)
    changed = replace(SHOP, title="Shop manager")
    written = database.write_now(
        lambda unit: unit.opportunities.write(key, changed, "boss", "The Shop")
    )
    assert (written.state, written.live) == ("draft", SHOP)
    assert database.read_now(lambda unit: unit.opportunities.list_due()) == []
    database.write_now(lambda unit: unit.opportunities.stop(key, "No", "staff"))
    for act in ("send", "take_back", "drop", "close"):
        with pytest.raises(Refused, match="over"):
            database.write_now(lambda unit, it=act: getattr(unit.opportunities, it)(key, "boss"))  # type: ignore[misc]


def test_only_so_many_are_open_at_once(database: Database) -> None:
    for _ in range(10):
        sent(database)
    with pytest.raises(Refused, match="too_many"):
        sent(database)


def test_a_person_is_invited_once_even_by_two_at_once(database: Database) -> None:
    key, anna = running(database), person(database, "anna")

    assert invite(database, key, anna)
    assert invite(database, key, anna) == ""
    assert database.read_now(lambda unit: unit.invited.count_invited(key)) == 1


def test_each_share_has_an_address_of_its_own_that_closes(database: Database) -> None:
    one, other, anna = running(database), running(database), person(database, "anna")
    first, second = invite(database, one, anna), invite(database, other, anna)
    tokens = [share(database, first, anna, "cv"), share(database, second, anna, "badges")]

    def shown(token: str) -> str | None:
        found = database.read_now(lambda unit: unit.invited.material_at(token))
        return found.cv.name if found else None

    assert len({*tokens}) == 2
    assert [shown(token) for token in tokens] == ["Amira", "Amira"]
    database.write_now(lambda unit: unit.invited.take_back(first, anna))
    assert [shown(token) for token in tokens] == [None, "Amira"]
    database.write_now(lambda unit: unit.opportunities.stop(other, "No", "staff"))
    assert shown(tokens[1]) is None
    assert shown("x" * 22) is None


def test_badges_alone_show_no_stories_and_no_interests(database: Database) -> None:
    key, anna = running(database), person(database, "anna")
    database.write_now(lambda unit: unit.cvs.say(anna, CITY, "interests", "Birds"))
    token = share(database, invite(database, key, anna), anna, "badges")

    found = database.read_now(lambda unit: unit.invited.material_at(token))
    assert found is not None
    assert (found.cv.interests, found.experiences, found.told) == ("", (), ())
    nothing = share(database, invite(database, running(database), anna), anna)
    assert database.read_now(lambda unit: unit.invited.material_at(nothing)) is None


def test_nobody_answers_for_somebody_else(database: Database) -> None:
    key, anna = running(database), person(database, "anna")
    hers = invite(database, key, anna)

    assert database.read_now(lambda unit: unit.invited.find(hers, "mallory")) is None
    with pytest.raises(NotFound):
        share(database, hers, "mallory", "cv")
    with pytest.raises(NotFound):
        database.write_now(lambda unit: unit.invited.answer(hers, "mallory", Answer.NO))
    with pytest.raises(NotFound):
        database.write_now(lambda unit: unit.invited.take_back(hers, "mallory"))


def test_an_employer_writes_once_and_only_to_its_own(database: Database) -> None:
    key, anna = running(database), person(database, "anna")
    token = share(database, invite(database, key, anna), anna, "cv")

    with pytest.raises(NotFound):
        database.write_now(lambda unit: unit.invited.write_to("another", token, "Hello"))
    database.write_now(lambda unit: unit.invited.write_to(key, token, "Hello"))
    with pytest.raises(Refused, match="written"):
        database.write_now(lambda unit: unit.invited.write_to(key, token, "Hello again"))


def test_one_person_of_two_chats_is_invited_once_and_agrees_to_no_more(
    database: Database,
) -> None:
    key, older, younger = running(database), person(database, "a"), person(database, "b")
    hers = invite(database, key, older)
    token = share(database, invite(database, key, younger), younger, "cv")
    for who in (older, younger):
        database.write_now(lambda unit, it=who: unit.invited.choose(it, CITY, ["1.3"]))  # type: ignore[misc]
    database.write_now(
        lambda unit: unit.people.record_consent(younger, Purpose.WORK_JOB, True, "web", "1")
    )
    database.write_now(
        lambda unit: unit.people.record_consent(older, Purpose.WORK_JOB, False, "telegram", "1")
    )

    def join(unit: Unit) -> str:
        return unit.joins.join(unit.joins.offer(older, "telegram", "7", "a"), younger).kept.id

    kept = database.write_now(join)
    assert [one.id for one in database.read_now(lambda unit: unit.invited.list_of(kept))] == [hers]
    assert database.read_now(lambda unit: unit.invited.material_at(token)) is None
    stands = database.read_now(lambda unit: unit.people.consents(kept)).values()
    assert not any(one.is_given for one in stands if one.purpose is Purpose.WORK_JOB)


def test_invitations_go_a_month_after_the_last_day(database: Database, clock: MovedClock) -> None:
    key, anna = running(database), person(database, "anna")
    hers = invite(database, key, anna)
    clock.at = UNTIL + timedelta(days=29)
    database.write_now(lambda unit: unit.privacy.sweep())
    assert database.read_now(lambda unit: unit.invited.find(hers, anna)) is not None
    clock.move(days=2)
    database.write_now(lambda unit: unit.privacy.sweep())
    assert database.read_now(lambda unit: unit.invited.find(hers, anna)) is None


def test_a_report_is_decided_once_by_its_own_city(database: Database) -> None:
    made = database.write_now(lambda unit: unit.misuse.open("anna", CITY, "one", "money", " £50 "))
    assert (made.words, made.why) == ("£50", "money")
    with pytest.raises(NotFound):
        database.write_now(
            lambda unit: unit.misuse.decide(made.reference, ("derby",), Outcome.FINE)
        )
    done = database.write_now(
        lambda unit: unit.misuse.decide(made.reference, (CITY,), Outcome.STOPPED)
    )
    assert done.outcome is Outcome.STOPPED
    with pytest.raises(NotFound):
        database.write_now(lambda unit: unit.misuse.decide(made.reference, (CITY,), Outcome.FINE))


def test_the_clock_of_a_report_runs_for_two_days(database: Database, clock: MovedClock) -> None:
    made = database.write_now(lambda unit: unit.misuse.open("anna", CITY, "one", "x", ""))
    assert made.why == "other"
    assert [made.clock(clock.at + timedelta(hours=hours)) for hours in (0, 30, 49)] == [
        "due",
        "soon",
        "late",
    ]


def test_so_many_reports_are_open_at_once(database: Database) -> None:
    for _ in range(3):
        database.write_now(lambda unit: unit.misuse.open("anna", CITY, "one", "money", ""))
    with pytest.raises(Refused, match="full"):
        database.write_now(lambda unit: unit.misuse.open("anna", CITY, "one", "money", ""))


def test_a_report_outlives_the_words_of_whoever_made_it(database: Database) -> None:
    anna = person(database, "anna")
    made = database.write_now(lambda unit: unit.misuse.open(anna, CITY, "one", "money", "£50"))
    while not database.write_now(lambda unit: unit.privacy.erase(anna)):
        pass

    [left] = database.read_now(lambda unit: unit.misuse.list_open((CITY,)))
    assert (left.reference, left.words) == (made.reference, "")
    assert left.person != anna


def test_each_step_is_in_the_audit_log(database: Database) -> None:
    key = running(database)
    database.write_now(lambda unit: unit.opportunities.stop(key, "No", "staff"))

    actions = database.read_now(lambda unit: unit.audit.actions((CITY,)))
    assert {"opportunity.begun", "opportunity.sent", "opportunity.approved",
            "opportunity.stopped"} <= set(actions)  # fmt: skip
    assert database.read_now(lambda unit: unit.audit.verify()).is_whole
