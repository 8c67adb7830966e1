"""Rounds of comments: given out, kept, counted, decided upon, joined, and forgotten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

import pytest

from bot.codesign.records import (
    HELD_FOR,
    MOST_MISSING,
    Act,
    Change,
    Clear,
    Comment,
    Kind,
    Matters,
    NewRound,
    Part,
    Round,
    Stage,
    Tallied,
    Verdict,
)
from bot.errors import NotFound, Refused
from storage import Database, Unit
from tests.support.databases import MovedClock

T = TypeVar("T")
NEW = NewRound(
    "manchester", "Digital skills", "digcomp3", "1.0", ("1", "2"), date(2027, 1, 1),
    date(2027, 1, 31), 3,
)  # fmt: skip


def do(database: Database, act: Callable[[Unit], T]) -> T:
    return database.write_now(act)


def made(database: Database, new: NewRound = NEW) -> Round:
    return do(database, lambda unit: unit.rounds.add(new))


def joined(
    database: Database, found: Round, who: str, kind: Kind = Kind.RESIDENT, *, keeps: bool = False
) -> Part:
    return do(database, lambda unit: unit.comments.join(found.id, who, kind, keeps=keeps))


def said(item: str, words: str = "", **answers: object) -> Comment:
    told = {"clear": Clear.YES, "matters": Matters.LOT, **answers}
    return Comment(item, NEW_AT, words=words, **told)  # type: ignore[arg-type]  # as named


NEW_AT = MovedClock().at


def comment(database: Database, part: Part, *comments: Comment) -> None:
    def act(unit: Unit) -> None:
        unit.comments.give(part, [one.item for one in comments])
        for one in comments:
            unit.comments.put(part, one)

    do(database, act)


def test_a_round_is_found_by_its_link_and_in_its_city(database: Database) -> None:
    found = made(database)

    def read(unit: Unit) -> tuple[object, ...]:
        return (
            unit.rounds.find_by_token(found.token),
            unit.rounds.find(found.id, ("manchester",)),
            unit.rounds.find(found.id, ("derby",)),
            unit.rounds.find_by_token("none"),
            unit.rounds.list_of(("manchester",)),
            unit.rounds.list_of(("derby",)),
        )

    assert database.read_now(read) == (found, found, None, None, [found], [])
    assert found.new == NEW


def test_it_is_closed_early_and_opened_again(database: Database, clock: MovedClock) -> None:
    found = made(database)
    today = clock.at.date()
    assert found.stage(today) is Stage.OPEN
    do(database, lambda unit: unit.rounds.end(found.id))
    ended = database.read_now(lambda unit: unit.rounds.find(found.id))
    assert ended is not None
    assert ended.stage(today) is Stage.OVER
    later = today + timedelta(days=9)
    do(database, lambda unit: unit.rounds.set_days(found.id, today, later))
    again = database.read_now(lambda unit: unit.rounds.find(found.id))
    assert again is not None
    assert (again.stage(today), again.new.closes_on) == (Stage.OPEN, later)
    with pytest.raises(NotFound):
        do(database, lambda unit: unit.rounds.end("none"))


def test_comments_are_counted_by_kind_and_answer(database: Database) -> None:
    found = made(database)
    for who, kind in (("anna", Kind.RESIDENT), ("ben", Kind.RESIDENT), ("eve", Kind.EMPLOYER)):
        comment(database, joined(database, found, who, kind), said("1.1.1a"))
    part = joined(database, found, "zoe", Kind.PROVIDER)
    comment(database, part, said("1.1.1a", clear=Clear.NO, matters=None))
    comment(database, part, Comment("1.1.2a", NEW_AT, is_skipped=True))
    sheet = database.read_now(lambda unit: unit.rounds.sheet(found))

    assert set(sheet.tallies) == {
        Tallied("1.1.1a", Kind.RESIDENT, Clear.YES, Matters.LOT, 2),
        Tallied("1.1.1a", Kind.EMPLOYER, Clear.YES, Matters.LOT, 1),
        Tallied("1.1.1a", Kind.PROVIDER, Clear.NO, None, 1),
    }
    assert sheet.joined == {Kind.RESIDENT: 2, Kind.EMPLOYER: 1, Kind.PROVIDER: 1}
    assert sheet.skipped == {"1.1.2a": 1}
    lines = database.read_now(lambda unit: unit.rounds.list_lines(("manchester",)))
    assert [(one.people, one.comments) for one in lines] == [(4, 4)]


def test_what_was_given_and_not_answered_counts_for_two_days(
    database: Database, clock: MovedClock
) -> None:
    found = made(database)
    part = joined(database, found, "anna")
    do(database, lambda unit: unit.comments.give(part, ["1.1.1a"]))
    heard = {("1.1.1a", Kind.RESIDENT): 1}
    assert database.read_now(lambda unit: unit.comments.heard(found.id)) == heard
    assert database.read_now(lambda unit: unit.rounds.sheet(found)).waiting == 1
    clock.at += HELD_FOR
    assert database.read_now(lambda unit: unit.comments.heard(found.id)) == {}
    assert database.read_now(lambda unit: unit.rounds.sheet(found)).waiting == 0
    do(database, lambda unit: unit.comments.put(part, said("1.1.1a")))
    assert database.read_now(lambda unit: unit.comments.heard(found.id)) == heard


def test_nobody_comments_on_what_they_were_not_given(database: Database) -> None:
    found = made(database)
    part = joined(database, found, "anna")
    with pytest.raises(NotFound):
        do(database, lambda unit: unit.comments.put(part, said("1.1.1a")))


def test_a_changed_answer_takes_the_place_of_the_first(database: Database) -> None:
    found = made(database)
    part = joined(database, found, "anna", keeps=True)
    comment(database, part, said("1.1.1a", "Look things up"))
    first = database.read_now(lambda unit: unit.rounds.list_suggestions(found.id))[0]
    do(
        database,
        lambda unit: unit.rounds.mark(found.id, first.id, Verdict.NO, "Too short", is_open=True),
    )
    do(database, lambda unit: unit.comments.put(part, said("1.1.1a", "Look things up")))
    kept = database.read_now(lambda unit: unit.rounds.list_suggestions(found.id))
    assert [one.verdict for one in kept] == [Verdict.NO]

    do(database, lambda unit: unit.comments.put(part, said("1.1.1a", "Find facts")))
    (now,) = database.read_now(lambda unit: unit.rounds.list_suggestions(found.id))
    assert (now.words, now.verdict, now.is_open, now.may_stay) == ("Find facts", None, False, True)
    (mine,) = database.read_now(lambda unit: unit.comments.list_of(found.id, "anna"))
    assert (mine.words, mine.clear) == ("Find facts", Clear.YES)
    do(database, lambda unit: unit.comments.put(part, said("1.1.1a")))
    assert database.read_now(lambda unit: unit.rounds.list_suggestions(found.id)) == []


def test_whoever_takes_part_as_somebody_else_takes_their_comments_along(
    database: Database,
) -> None:
    found = made(database)
    comment(database, joined(database, found, "anna", keeps=True), said("1.1.1a", "Find facts"))
    joined(database, found, "anna", Kind.EMPLOYER)
    sheet = database.read_now(lambda unit: unit.rounds.sheet(found))

    assert [one.kind for one in sheet.tallies] == [Kind.EMPLOYER]
    assert [(one.kind, one.may_stay) for one in sheet.suggestions] == [(Kind.EMPLOYER, False)]


def test_what_is_missing_is_kept_once_and_up_to_a_bound(database: Database) -> None:
    found = made(database)
    part = joined(database, found, "anna")
    for number in range(MOST_MISSING):
        do(database, lambda unit, n=number: unit.comments.say_missing(part, f"Word {n % 19}"))  # type: ignore[misc]
    assert len(database.read_now(lambda unit: unit.rounds.list_suggestions(found.id))) == 19
    do(database, lambda unit: unit.comments.say_missing(part, "One more"))
    with pytest.raises(Refused, match="full"):
        do(database, lambda unit: unit.comments.say_missing(part, "Too many"))


def test_hidden_words_are_gone_and_never_open(database: Database) -> None:
    found = made(database)
    comment(database, joined(database, found, "anna"), said("1.1.1a", "Ask Bob Smith"))
    (one,) = database.read_now(lambda unit: unit.rounds.list_suggestions(found.id))
    do(
        database,
        lambda unit: unit.rounds.mark(found.id, one.id, Verdict.HIDDEN, "", is_open=True),
    )
    (now,) = database.read_now(lambda unit: unit.rounds.list_suggestions(found.id))

    assert (now.words, now.is_open) == ("", False)
    other = made(database)
    with pytest.raises(NotFound):
        do(
            database,
            lambda unit: unit.rounds.mark(other.id, one.id, Verdict.TAKEN, "", is_open=True),
        )


def test_a_decision_takes_the_place_of_the_one_before(database: Database) -> None:
    found = made(database)
    first = Change("1.1.1a", Act.REWORD, "1.1", 1, "Find facts", "Shorter", ("a", "b"))
    second = Change("1.1.1a", Act.DROP, "1.1", 1, "", "Nobody needs it")
    for change in (first, second):
        do(database, lambda unit, it=change: unit.rounds.put_change(found.id, it))  # type: ignore[misc]
    assert database.read_now(lambda unit: unit.rounds.list_changes(found.id)) == [second]
    assert do(database, lambda unit: unit.rounds.drop_change(found.id, "1.1.1a"))
    assert not do(database, lambda unit: unit.rounds.drop_change(found.id, "1.1.1a"))
    do(database, lambda unit: unit.rounds.put_change(found.id, first))
    assert database.read_now(lambda unit: unit.rounds.list_changes(found.id)) == [first]


def test_everybody_is_told_once(database: Database) -> None:
    found = made(database)
    for number in range(5):
        joined(database, found, f"person{number}")
    told = [do(database, lambda unit: unit.rounds.take_untold(found.id, 3)) for _ in range(3)]

    assert [len(one) for one in told] == [3, 2, 0]
    assert len({person for some in told for person in some}) == 5


def test_whoever_leaves_takes_everything_along(database: Database) -> None:
    found, other = made(database), made(database)
    for one in (found, other):
        comment(database, joined(database, one, "anna", keeps=True), said("1.1.1a", "Find facts"))
    assert do(database, lambda unit: unit.comments.leave(found.id, "anna"))
    assert not do(database, lambda unit: unit.comments.leave(found.id, "anna"))
    left = [database.read_now(lambda unit, it=one: unit.rounds.sheet(it)) for one in (found, other)]  # type: ignore[misc]
    assert [len(one.tallies) + len(one.suggestions) for one in left] == [0, 2]


def test_erasure_keeps_only_what_may_stay_and_cuts_the_link(database: Database) -> None:
    stays, goes = made(database), made(database)
    person = do(database, lambda unit: unit.people.ensure("web", "web", "a")).id
    for found, keeps in ((stays, True), (goes, False)):
        part = joined(database, found, person, keeps=keeps)
        comment(database, part, said("1.1.1a", "Find facts"))
    while not do(database, lambda unit: unit.privacy.erase(person)):
        pass
    left = [database.read_now(lambda unit, it=one: unit.rounds.sheet(it)) for one in (stays, goes)]  # type: ignore[misc]

    assert [len(one.tallies) for one in left] == [1, 0]
    assert [len(one.suggestions) for one in left] == [1, 0]
    assert [one.joined for one in left] == [{}, {}]
    assert database.read_now(lambda unit: unit.comments.list_of(stays.id, person)) == []
    assert database.read_now(lambda unit: unit.comments.list_parts(person)) == []


def test_joined_chats_are_one_voice(database: Database) -> None:
    found, only = made(database), made(database)
    older = do(database, lambda unit: unit.people.ensure("telegram", "b", "1")).id
    newer = do(database, lambda unit: unit.people.ensure("web", "web", "2")).id
    mine = joined(database, found, older, Kind.RESIDENT, keeps=True)
    comment(database, mine, said("1.1.1a", "Find facts"))
    do(database, lambda unit: unit.comments.give(mine, ["1.1.2a"]))
    theirs = joined(database, found, newer, Kind.EMPLOYER)
    comment(database, theirs, said("1.1.1a", "Look up facts"), said("1.1.2a", clear=Clear.NO))
    comment(database, joined(database, only, newer), said("1.2.1a"))
    token = do(database, lambda unit: unit.joins.offer(older, "telegram", "b", "1"))
    kept = do(database, lambda unit: unit.joins.join(token, newer)).kept.id
    comments = database.read_now(lambda unit: unit.comments.list_of(found.id, kept))
    sheet = database.read_now(lambda unit: unit.rounds.sheet(found))

    assert {one.item: (one.clear, one.words) for one in comments} == {
        "1.1.1a": (Clear.YES, "Find facts"),
        "1.1.2a": (Clear.NO, ""),
    }
    assert sheet.joined == {Kind.RESIDENT: 1}
    assert {one.kind for one in sheet.tallies} == {Kind.RESIDENT}
    assert [(one.words, one.may_stay) for one in sheet.suggestions] == [("Find facts", False)]
    part = database.read_now(lambda unit: unit.comments.find_part(found.id, kept))
    assert part is not None
    assert not part.keeps
    assert len(database.read_now(lambda unit: unit.comments.list_parts(kept))) == 2


def test_all_goes_after_two_years_but_the_round(database: Database, clock: MovedClock) -> None:
    found = made(database)
    comment(database, joined(database, found, "anna"), said("1.1.1a", "Find facts"))
    clock.move(days=731)
    while any(do(database, lambda unit: unit.privacy.sweep()).values()):
        pass
    sheet = database.read_now(lambda unit: unit.rounds.sheet(found))

    assert (sheet.tallies, sheet.suggestions, sheet.joined) == ((), (), {})
    assert database.read_now(lambda unit: unit.rounds.find(found.id)) == found
