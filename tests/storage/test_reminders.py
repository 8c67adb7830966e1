"""Reminders in the database: claimed once, moved on with what they send."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.reminders import Daily, Lead, NewReminder, Once, Relative, Reminder, Weekly
from storage import Database, Unit
from tests.storage.factories import outgoing
from tests.support.databases import START, MovedClock

DAILY = Daily(time(9), date(2027, 1, 1))


def new(person: str = "anna", **fields: Any) -> NewReminder:
    values: dict[str, Any] = {
        "kind": "own",
        "rule": DAILY,
        "words": "breathe",
        "zone": "Europe/London",
        "channel": "telegram",
        "city": "manchester",
        "is_set_by_person": True,
    }
    return NewReminder(person=person, **(values | fields))


def put(database: Database, person: str = "anna", **fields: Any) -> Reminder:
    return database.write_now(lambda unit: unit.reminders.put(new(person, **fields)))


def held(database: Database, person: str = "anna") -> list[Reminder]:
    return database.read_now(lambda unit: unit.reminders.list_of(person))


def claimed(database: Database, limit: int = 10) -> list[str]:
    """Claim, and move on what was claimed; return the words."""

    def claim(unit: Unit) -> list[str]:
        due = unit.reminders.claim_due(limit)
        for one in due:
            unit.reminders.fired(one)
        return [one.words for one in due]

    return database.write_now(claim)


def until(clock: MovedClock, moment: datetime) -> None:
    """Let time pass until then."""
    clock.move(seconds=(moment - clock()).total_seconds())


def next_nine(after: datetime) -> datetime:
    nine = after.replace(hour=9, minute=0, second=0, microsecond=0)
    return nine if nine > after else nine + timedelta(days=1)


def test_a_reminder_is_kept_as_it_was_asked_for(database: Database) -> None:
    rule = Weekly((1, 3), time(18, 30), date(2027, 1, 4))
    stored = put(database, rule=rule, subject="c1", part="1", words="x" * 300)
    [found] = held(database)
    assert found == stored
    assert found.rule == rule
    assert len(found.words) == 200
    assert found.state == "active"
    assert found.next_at is not None
    assert found.next_at > START


def test_one_that_never_comes_is_not_kept(database: Database) -> None:
    gone = put(database, rule=Once(date(2020, 1, 1), time(9)))
    assert gone.next_at is None
    assert held(database) == []


def test_one_about_the_same_thing_takes_its_place(database: Database) -> None:
    first = put(database, kind="recheck")
    again = put(database, kind="recheck", rule=Daily(time(10), date(2027, 1, 1)))
    assert again.id == first.id
    assert len(held(database)) == 1
    put(database, kind="recheck", subject="other")
    put(database, kind="own")
    put(database, kind="own")
    assert len(held(database)) == 4


def test_one_that_never_comes_takes_nobodys_place(database: Database) -> None:
    first = put(database, kind="recheck")
    assert put(database, kind="recheck", rule=Once(date(2020, 1, 1), time(9))).next_at is None
    assert held(database) == [first]


def test_what_is_due_is_claimed_once_and_comes_again(database: Database, clock: MovedClock) -> None:
    stored = put(database)
    assert claimed(database) == []
    assert stored.next_at is not None
    until(clock, stored.next_at)
    assert claimed(database) == ["breathe"]
    assert claimed(database) == []
    [found] = held(database)
    assert found.next_at == stored.next_at + timedelta(days=1)
    assert found.last_on == stored.next_at.date()


def test_after_the_last_time_it_is_over(database: Database, clock: MovedClock) -> None:
    at = next_nine(START)
    stored = put(database, rule=Once(at.date(), time(9)))
    until(clock, at)
    assert claimed(database) == ["breathe"]
    assert held(database) == []
    found = database.read_now(lambda unit: unit.reminders.find("anna", stored.id))
    assert found is not None
    assert found.state == "ended"


def test_a_snoozed_one_comes_once_more_and_keeps_its_rule(
    database: Database, clock: MovedClock
) -> None:
    stored = put(database)
    assert stored.next_at is not None
    until(clock, stored.next_at)
    claimed(database)
    later = clock() + timedelta(hours=1)
    assert database.write_now(lambda unit: unit.reminders.snooze("anna", stored.id, later))
    until(clock, later)
    assert claimed(database) == ["breathe"]
    [found] = held(database)
    assert (found.next_at, found.is_snoozed) == (stored.next_at + timedelta(days=1), False)


def test_only_its_person_can_do_anything_with_it(database: Database) -> None:
    stored = put(database)

    def others(unit: Unit) -> list[object]:
        reminders = unit.reminders
        return [
            reminders.find("mallory", stored.id),
            reminders.change("mallory", stored.id, DAILY),
            reminders.snooze("mallory", stored.id, unit.now),
            reminders.resume("mallory", stored.id),
            reminders.stop("mallory", stored.id),
            reminders.take_back("mallory", stored.id),
        ]

    assert not any(database.write_now(others))
    assert held(database) == [stored]


def test_stopped_and_brought_back(database: Database, clock: MovedClock) -> None:
    stored = put(database)
    assert database.write_now(lambda unit: unit.reminders.stop("anna", stored.id))
    assert held(database) == []
    clock.move(days=3)
    assert claimed(database) == []
    back = database.write_now(lambda unit: unit.reminders.resume("anna", stored.id))
    assert back is not None
    assert back.next_at is not None
    assert back.next_at > clock()


def test_what_was_stopped_is_forgotten_after_30_days(database: Database, clock: MovedClock) -> None:
    stored = put(database)
    kept = put(database, words="stay")
    database.write_now(lambda unit: unit.reminders.stop("anna", stored.id))
    clock.move(days=31)
    assert database.write_now(lambda unit: unit.privacy.sweep()).get("reminder") == 1
    assert [one.id for one in held(database)] == [kept.id]


def test_reminders_about_a_thing_are_stopped_together(database: Database) -> None:
    for part in ("1", "2"):
        put(database, kind="badge_expiry", subject="badge", part=part)
    put(database, kind="own", subject="badge")
    stop = database.write_now(
        lambda unit: unit.reminders.stop_about("anna", "badge_expiry", "badge")
    )
    assert stop == 2
    assert [one.kind for one in held(database)] == ["own"]


def test_a_changed_rule_keeps_what_is_said(database: Database) -> None:
    stored = put(database, is_set_by_person=False)
    rule = Daily(time(22), date(2027, 1, 1))
    changed = database.write_now(lambda unit: unit.reminders.change("anna", stored.id, rule))
    assert changed is not None
    assert (changed.rule, changed.words, changed.is_set_by_person) == (rule, "breathe", True)


def test_muted_ones_wait_until_they_are_wanted_again(database: Database, clock: MovedClock) -> None:
    stored = put(database)
    assert database.write_now(lambda unit: unit.reminders.mute("anna")) == 1
    clock.move(days=2)
    assert claimed(database) == []
    assert [one.state for one in held(database)] == ["muted"]
    database.write_now(lambda unit: unit.reminders.resume("anna", stored.id))
    assert [one.state for one in held(database)] == ["active"]


def test_parked_ones_come_back_with_their_person(database: Database, clock: MovedClock) -> None:
    chat = ("telegram", "city_bot", "1")
    anna = database.write_now(lambda unit: unit.people.ensure(*chat)).id
    put(database, anna)
    clock.move(days=1)

    def park(unit: Unit) -> None:
        unit.contacts.set_reachable(*chat, False)
        for one in unit.reminders.claim_due(10):
            unit.reminders.park(one)

    def back() -> int:
        return len(database.read_now(lambda unit: unit.reminders.list_back(10)))

    database.write_now(park)
    assert [one.state for one in held(database, anna)] == ["parked"]
    assert back() == 0
    database.write_now(lambda unit: unit.contacts.set_reachable(*chat, True))
    assert back() == 1


def test_relative_ones_are_reckoned_from_their_dates(database: Database) -> None:
    start = datetime(2027, 3, 2, 18, 30, tzinfo=UTC)
    wanted = new(kind="course_start", rule=Relative((Lead(2, "hours"),)), subject="c1")
    stored = database.write_now(lambda unit: unit.reminders.put(wanted, [start]))
    assert stored.next_at == start - timedelta(hours=2)


def test_a_citys_reminders_are_read_in_slices(database: Database) -> None:
    ids = [put(database, f"p{n}", kind="session", subject="c1").id for n in range(5)]
    put(database, "other", kind="session", city="derby")
    put(database, "own")

    def part(after: str) -> list[str]:
        found = database.read_now(
            lambda unit: unit.reminders.list_in_city("manchester", ["session"], after, 2)
        )
        return [one.id for one in found]

    assert part("") == ids[:2]
    assert part(ids[1]) == ids[2:4]
    assert part(ids[3]) == ids[4:]
    assert part(ids[4]) == []


def test_a_transaction_that_fails_after_the_claim_loses_nothing(
    database: Database, clock: MovedClock
) -> None:
    stored = put(database)
    assert stored.next_at is not None
    until(clock, stored.next_at)

    def dies(unit: Unit) -> None:
        for one in unit.reminders.claim_due(10):
            unit.outbox.add_many([outgoing("anna", dedupe_key="reminder.1")])
            unit.reminders.fired(one)
        raise RuntimeError("killed between the claim and the commit")

    with pytest.raises(RuntimeError):
        database.write_now(dies)
    assert database.read_now(lambda unit: unit.outbox.counts()) == {}
    assert claimed(database) == ["breathe"]


def test_two_claimers_never_get_the_same(database: Database, clock: MovedClock) -> None:
    for number in range(60):
        put(database, words=f"{number}")
    clock.move(days=2)
    got: list[str] = []
    lock = threading.Lock()

    def drain() -> None:
        while found := claimed(database, 3):
            with lock:
                got.extend(found)

    threads = [threading.Thread(target=drain) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(got, key=int) == [str(number) for number in range(60)]


def test_joined_people_keep_each_reminder_once(database: Database) -> None:
    older = database.write_now(lambda unit: unit.people.ensure("telegram", "city_bot", "1"))
    newer = database.write_now(lambda unit: unit.people.ensure("web", "web", "2"))
    for person in (older.id, newer.id):
        put(database, person, kind="course_start", subject="c1")
        put(database, person, kind="own", words=person)
    token = database.write_now(lambda unit: unit.joins.offer(older.id, "telegram", "city_bot", "1"))
    joined = database.write_now(lambda unit: unit.joins.join(token, newer.id))
    kinds = sorted(one.kind for one in held(database, joined.kept.id))
    assert kinds == ["course_start", "own", "own"]


def test_one_that_was_stopped_keeps_nobody_elses_away(database: Database) -> None:
    older = database.write_now(lambda unit: unit.people.ensure("telegram", "city_bot", "1"))
    newer = database.write_now(lambda unit: unit.people.ensure("web", "web", "2"))
    stopped = put(database, older.id, kind="course_start", subject="c1")
    database.write_now(lambda unit: unit.reminders.stop(older.id, stopped.id))
    active = put(database, newer.id, kind="course_start", subject="c1")
    token = database.write_now(lambda unit: unit.joins.offer(older.id, "telegram", "city_bot", "1"))
    joined = database.write_now(lambda unit: unit.joins.join(token, newer.id))
    assert [one.id for one in held(database, joined.kept.id)] == [active.id]


def test_what_was_stopped_is_listed_the_last_first(database: Database, clock: MovedClock) -> None:
    first, second, unmeant = put(database), put(database), put(database)
    database.write_now(lambda unit: unit.reminders.stop("anna", first.id))
    clock.at += timedelta(minutes=1)
    database.write_now(lambda unit: unit.reminders.stop("anna", second.id))
    assert database.write_now(lambda unit: unit.reminders.take_back("anna", unmeant.id))

    def listed(unit: Unit) -> list[str]:
        return [one.id for one in unit.reminders.list_stopped("anna")]

    assert database.read_now(listed) == [second.id, first.id]
    assert database.read_now(lambda unit: unit.reminders.list_stopped("mallory")) == []
    assert held(database) == []
    database.write_now(lambda unit: unit.reminders.resume("anna", first.id))
    assert database.read_now(listed) == [second.id]
