"""Badges in the database: asked for, signed, told, revoked, erased."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.badges.held import Endorser, NewAward, PublishedAchievement, SignedBadge
from bot.badges.indexes import ENTRIES
from bot.badges.planning import About
from bot.badges.records import Evidence, HashedEmail, Signed
from bot.errors import NotFound
from content.words import TextValue
from storage import Database, Unit
from storage.tables.badges import BadgeRow
from tests.support.databases import START, MovedClock

ABOUT = About("digcomp3.1.2", {"area": TextValue("framework.digcomp3.area.1.title")})
SIGNED = Signed(b'{"a":1}', "aa.bb.cc", "2027-1")


def person(database: Database, chat: str = "1") -> str:
    return database.write_now(
        lambda unit: unit.people.ensure("telegram", "b", chat, city="derby").id
    )


def new_award(who: str, about: About = ABOUT, **more: object) -> NewAward:
    values: dict[str, object] = {"months": 12, **more}
    return NewAward(who, "derby", "skills-check", about, **values)  # type: ignore[arg-type]


def award(database: Database, who: str, about: About = ABOUT, **more: object) -> str:
    wish = new_award(who, about, **more)
    token, is_new = database.write_now(lambda unit: unit.badges.award(wish))
    assert is_new
    return token


def sign(database: Database, signed: Signed = SIGNED) -> None:
    def run(unit: Unit) -> None:
        jobs = unit.badges.claim(50, unit.now + timedelta(minutes=5))
        unit.badges.store([SignedBadge(job.id, signed, "k", "1.a", "en", False) for job in jobs])

    database.write_now(run)


def revoked(database: Database) -> list[tuple[int, ...]]:
    return database.read_now(
        lambda unit: [job.revoked for job in unit.status_lists.list_due(unit.now)]
    )


def test_a_badge_is_asked_for_signed_and_found_by_its_address(database: Database) -> None:
    who = person(database)
    evidence = (Evidence("https://x.example/", "A page", "Mine"),)
    endorsers = (Endorser("token", "Library", "I saw it", START),)
    token = award(
        database, who, evidence=evidence, email=HashedEmail("sha256$a", "b"), endorsers=endorsers
    )
    waiting = database.read_now(lambda unit: unit.badges.get(who, token))
    assert (waiting.state, waiting.is_signed) == ("waiting", False)
    (job,) = database.write_now(lambda unit: unit.badges.claim(5, unit.now + timedelta(minutes=5)))
    assert (job.about, job.evidence, job.endorsers) == (ABOUT, evidence, endorsers)
    assert job.email == HashedEmail("sha256$a", "b")
    assert job.subject.startswith("urn:uuid:")
    assert 0 <= job.list_index < ENTRIES
    assert database.write_now(lambda unit: unit.badges.claim(5, unit.now)) == []
    database.write_now(
        lambda unit: unit.badges.store([SignedBadge(job.id, SIGNED, "k", "1.a", "cy", True)])
    )
    held = database.read_now(lambda unit: unit.badges.find(token))
    assert held is not None
    assert (held.document, held.jws, held.pair) == (b'{"a":1}', "aa.bb.cc", "2027-1")
    assert (held.state, held.language, held.is_sample) == ("ready", "cy", True)
    assert held.counts_at(START)
    assert held.valid_until == START + timedelta(days=365)
    assert not held.counts_at(held.valid_until)
    assert not held.is_shown


def test_the_same_badge_is_given_once_while_it_counts(
    database: Database, clock: MovedClock
) -> None:
    who = person(database)
    token = award(database, who)
    again = database.write_now(lambda unit: unit.badges.award(new_award(who)))
    assert again == (token, False)
    other, is_new = database.write_now(
        lambda unit: unit.badges.award(new_award(who, About("digcomp3.1.3")))
    )
    assert is_new
    assert other != token
    clock.move(days=400)
    assert database.write_now(lambda unit: unit.badges.award(new_award(who)))[1]


def test_a_lease_that_nobody_kept_is_given_to_the_next(
    database: Database, clock: MovedClock
) -> None:
    award(database, person(database))
    first = database.write_now(lambda unit: unit.badges.claim(5, unit.now + timedelta(minutes=5)))
    clock.move(minutes=6)
    again = database.write_now(lambda unit: unit.badges.claim(5, unit.now + timedelta(minutes=5)))
    assert [job.id for job in again] == [job.id for job in first]
    assert again[0].list_index == first[0].list_index


def test_what_cannot_be_signed_is_tried_five_times_and_set_aside(
    database: Database, clock: MovedClock
) -> None:
    who = person(database)
    token = award(database, who)
    tries = 0
    while jobs := database.write_now(
        lambda unit: unit.badges.claim(5, unit.now + timedelta(minutes=5))
    ):
        tries += 1
        for job in jobs:
            database.write_now(lambda unit, key=job.id: unit.badges.fail(key, "no keys"))  # type: ignore[misc]
        clock.move(minutes=10)
    assert tries == 5
    failed = database.read_now(lambda unit: unit.badges.get(who, token))
    assert failed.state == "failed"
    assert database.write_now(lambda unit: unit.badges.award(new_award(who)))[1]


def test_only_its_holder_opens_or_closes_its_page(database: Database) -> None:
    who, other = person(database), person(database, "2")
    token = award(database, who)
    with pytest.raises(NotFound):
        database.write_now(lambda unit: unit.badges.show(other, token, is_shown=True))
    database.write_now(lambda unit: unit.badges.show(who, token, is_shown=True, shown_as="Ada"))
    held = database.read_now(lambda unit: unit.badges.get(who, token))
    assert (held.is_shown, held.shown_as) == (True, "Ada")
    database.write_now(lambda unit: unit.badges.show(who, token, is_shown=False))
    held = database.read_now(lambda unit: unit.badges.get(who, token))
    assert (held.is_shown, held.shown_as) == (False, "")
    with pytest.raises(NotFound):
        database.read_now(lambda unit: unit.badges.get(other, token))


def test_a_revoked_badge_sets_its_bit_and_the_list_is_due(database: Database) -> None:
    who = person(database)
    token = award(database, who)
    sign(database)
    (due,) = database.read_now(lambda unit: unit.status_lists.list_due(unit.now))
    assert due.revoked == ()
    with pytest.raises(NotFound):
        database.write_now(lambda unit: unit.badges.revoke("swansea", token, "badges.mistake"))
    database.write_now(lambda unit: unit.badges.revoke("derby", token, "badges.mistake"))
    assert [len(bits) for bits in revoked(database)] == [1]
    held = database.read_now(lambda unit: unit.badges.get(who, token))
    assert held.reason == "badges.mistake"
    assert not held.counts_at(START)
    assert database.write_now(lambda unit: unit.badges.award(new_award(who)))[1]


def test_a_list_is_due_until_what_was_read_is_newer_than_the_change(
    database: Database, clock: MovedClock
) -> None:
    token = award(database, person(database))
    sign(database)
    read_at = clock.move(seconds=5)
    database.write_now(lambda unit: unit.status_lists.store("derby", 1, b"list", read_at))
    yesterday = START - timedelta(days=1)
    assert database.read_now(lambda unit: unit.status_lists.list_due(yesterday)) == []
    assert database.read_now(lambda unit: unit.status_lists.find("derby", 1)) == b"list"
    assert database.read_now(lambda unit: unit.status_lists.find("derby", 2)) is None
    clock.move(seconds=5)
    database.write_now(lambda unit: unit.badges.revoke("derby", token, "badges.mistake"))
    assert database.read_now(lambda unit: unit.status_lists.list_due(yesterday)) != []
    # Signed from what was read before the change: it stays due.
    database.write_now(lambda unit: unit.status_lists.store("derby", 1, b"old", read_at))
    assert database.read_now(lambda unit: unit.status_lists.list_due(yesterday)) != []


def test_bits_are_all_different_and_tell_no_order(database: Database) -> None:
    def take(unit: Unit) -> list[tuple[int, int]]:
        return [bit for _ in range(30) for bit in unit.status_lists.take("derby", 10)]

    taken = database.write_now(take)
    assert len(set(taken)) == 300
    indexes = [index for _, index in taken]
    assert indexes != sorted(indexes)
    assert {number for number, _ in taken} == {1}
    assert database.write_now(lambda unit: unit.status_lists.take("swansea", 1))[0][0] == 1


def test_erasure_takes_back_deletes_and_leaves_nothing_of_anybody(database: Database) -> None:
    who = person(database)
    tokens = [award(database, who, About(f"digcomp3.{n}.1")) for n in range(5)]
    sign(database)
    while not database.write_now(lambda unit: unit.privacy.erase(who, limit=2)):
        pass
    assert [len(bits) for bits in revoked(database)] == [5]
    for token in tokens:
        assert database.read_now(lambda unit, t=token: unit.badges.find(t)) is None  # type: ignore[misc]
        assert database.read_now(lambda unit, t=token: unit.badges.is_gone(t))  # type: ignore[misc]
    assert not database.read_now(lambda unit: unit.badges.is_gone("never there"))


def test_a_leaked_key_has_its_badges_signed_again_with_their_days(
    database: Database, clock: MovedClock
) -> None:
    who = person(database)
    token = award(database, who)
    sign(database)
    other = award(database, who, About("digcomp3.2.1"))
    sign(database, Signed(b"{}", "x", "2027-2"))
    before = database.read_now(lambda unit: unit.badges.get(who, token))
    clock.move(days=30)
    taken = award(database, who, About("digcomp3.3.1"))
    sign(database)
    database.write_now(lambda unit: unit.badges.revoke("derby", taken, "badge.mistake"))
    assert database.write_now(lambda unit: unit.badges.sign_again("swansea", "2027-1")) == 0
    assert database.write_now(lambda unit: unit.badges.sign_again("derby", "2027-1")) == 1
    still = database.read_now(lambda unit: unit.badges.get(who, token))
    assert still.is_signed
    (job,) = database.write_now(lambda unit: unit.badges.claim(5, unit.now + timedelta(minutes=1)))
    assert (job.token, job.awarded_at, job.valid_until) == (token, START, before.valid_until)
    assert job.token != other


def test_what_is_taken_back_while_it_is_signed_is_not_handed_out(database: Database) -> None:
    who = person(database)
    token = award(database, who)
    (job,) = database.write_now(lambda unit: unit.badges.claim(5, unit.now + timedelta(minutes=1)))
    database.write_now(lambda unit: unit.badges.revoke("derby", token, "badge.mistake"))
    late = SignedBadge(job.id, SIGNED, "k", "1.a", "en", False)
    database.write_now(lambda unit: unit.badges.store([late]))
    assert not database.read_now(lambda unit: unit.badges.get(who, token)).is_signed


def test_only_what_somebody_confirmed_is_signed_again_for_the_hosts_keys(
    database: Database,
) -> None:
    who, confirmed = person(database), {"endorsers": (Endorser("e", "Library", "Seen", START),)}
    tricky = (Evidence(narrative='I wrote "endorsers":[] in my book'),)
    tokens = [
        award(database, who, About("1"), **confirmed),
        award(database, who, About("2")),
        award(database, who, About("3"), evidence=tricky, **confirmed),
        award(database, who, About("4"), **confirmed),
    ]
    sign(database)
    database.write_now(lambda unit: unit.badges.revoke("derby", tokens[3], "badge.mistake"))
    waiting = award(database, who, About("5"), **confirmed)
    assert database.write_now(lambda unit: unit.badges.sign_confirmed_again()) == 2
    jobs = database.write_now(lambda unit: unit.badges.claim(9, unit.now + timedelta(minutes=1)))
    assert {job.token for job in jobs} == {tokens[0], tokens[2], waiting}


def test_who_is_told_is_told_once(database: Database) -> None:
    award(database, person(database))
    assert database.read_now(lambda unit: unit.badges.list_untold()) == []
    sign(database)
    (untold,) = database.read_now(lambda unit: unit.badges.list_untold())
    database.write_now(lambda unit: unit.badges.mark_told([untold.id]))
    assert database.read_now(lambda unit: unit.badges.list_untold()) == []


def test_who_was_told_of_a_badge_is_told_once_that_it_was_taken_back(database: Database) -> None:
    who = person(database)
    told, untold = award(database, who), award(database, who, About("digcomp3.2.1"))
    sign(database)
    kept = database.read_now(lambda unit: unit.badges.get(who, told)).id
    database.write_now(lambda unit: unit.badges.mark_told([kept]))
    assert database.read_now(lambda unit: unit.badges.list_taken_untold()) == []
    for token in (told, untold):
        database.write_now(lambda unit, one=token: unit.badges.revoke("derby", one, "x"))  # type: ignore[misc]
    (taken,) = database.read_now(lambda unit: unit.badges.list_taken_untold())
    assert taken.token == told
    database.write_now(lambda unit: unit.badges.mark_taken_told([taken.id]))
    assert database.read_now(lambda unit: unit.badges.list_taken_untold()) == []


def test_what_is_signed_anew_is_told_of_again(database: Database) -> None:
    who = person(database)
    token, new = award(database, who), award(database, who, About("digcomp3.2.1"))
    sign(database)
    told = database.read_now(lambda unit: unit.badges.get(who, token)).id
    database.write_now(lambda unit: unit.badges.mark_told([told]))
    pair = database.read_now(lambda unit: unit.badges.get(who, token)).pair
    assert database.write_now(lambda unit: unit.badges.sign_again("derby", pair)) == 2
    sign(database)
    untold = database.read_now(lambda unit: unit.badges.list_untold())
    assert {one.token: one.renewed_at is not None for one in untold} == {token: True, new: False}
    database.write_now(lambda unit: unit.badges.sign_again("derby", pair))
    database.write_now(lambda unit: unit.badges.revoke("derby", token, "x"))
    (taken,) = database.read_now(lambda unit: unit.badges.list_taken_untold())
    assert taken.token == token, "they know it, whatever was under way"


def test_an_achievement_never_changes_at_its_address(database: Database) -> None:
    first = PublishedAchievement("derby", "k", "1.a", "en", "p", {"name": "A"}, {"title": "A"})
    changed = PublishedAchievement("derby", "k", "1.a", "en", "p", {"name": "B"}, {})
    for one in (first, changed):
        database.write_now(lambda unit, one=one: unit.achievements.publish(one))  # type: ignore[misc]
    found = database.read_now(lambda unit: unit.achievements.find("derby", "k", "1.a", "en"))
    assert found == first
    assert database.read_now(lambda unit: unit.achievements.find("derby", "k", "2", "en")) is None


def test_no_row_says_who_holds_a_bit(database: Database) -> None:
    """The lists are public, so nothing in them may lead to anybody."""
    award(database, person(database))
    sign(database)
    columns = {column.name for column in BadgeRow.__table__.columns}  # type: ignore[attr-defined]
    assert {"list_number", "list_index"} <= columns
    from storage.tables.badges import StatusEntryRow

    entry = {column.name for column in StatusEntryRow.__table__.columns}  # type: ignore[attr-defined]
    assert entry == {"city", "number", "entry", "revoked_at"}
