"""What was said is counted by kind, and never so that fewer than five can be told apart."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from bot.codesign.records import Clear, Item, Kind, Matters, Suggestion, Tallied
from bot.codesign.results import (
    Tally,
    groups_of,
    kind_of,
    people_by_kind,
    reached,
    results_of,
)
from bot.insights.suppression import LEAST
from tests.support.databases import START

ITEM = Item("1.1.1a", "1", "1.1", 1)
R, E, P, O = Kind.RESIDENT, Kind.EMPLOYER, Kind.PROVIDER, Kind.OTHER  # noqa: E741
COUNTS = st.fixed_dictionaries({kind: st.integers(0, 12) for kind in Kind})


def said(kind: Kind, count: int, clear: Clear = Clear.YES) -> Tallied:
    return Tallied(ITEM.id, kind, clear, Matters.LOT, count)


def test_each_kind_of_five_stands_by_itself() -> None:
    assert groups_of({R: 9, E: 5, P: 0}) == ((R,), (E,))


def test_a_few_are_put_together_with_others() -> None:
    assert groups_of({R: 12, E: 6, O: 1}) == ((R,), (E, O))
    assert groups_of({R: 12, E: 3, P: 2}) == ((R,), (E, P))


def test_there_is_no_split_where_everybody_less_the_rest_would_be_a_few() -> None:
    assert groups_of({R: 6, E: 1}) == ()
    assert groups_of({R: 3, E: 1}) == ()
    assert groups_of({R: 30}) == ()


@given(COUNTS)
def test_no_sum_of_what_is_shown_tells_of_fewer_than_five(counts: dict[Kind, int]) -> None:
    shown = [sum(counts[kind] for kind in group) for group in groups_of(counts)]
    everybody = sum(counts.values())
    if shown:
        assert all(count >= LEAST for count in shown)
        some = (part for size in range(len(shown) + 1) for part in combinations(shown, size))
        rests = {everybody - sum(part) for part in some}
        assert all(rest == 0 or rest >= LEAST for rest in rests)


@given(COUNTS)
def test_nobody_is_left_out_of_the_groups_and_nobody_is_in_two(counts: dict[Kind, int]) -> None:
    found = [kind for group in groups_of(counts) for kind in group]

    assert len(found) == len(set(found))
    if found:
        assert set(found) == {kind for kind, count in counts.items() if count}


def test_what_was_said_of_a_descriptor_is_added_up() -> None:
    tallies = [said(R, 4), said(R, 2, Clear.NO), said(E, 5, Clear.PARTLY)]
    idea = Suggestion("s", ITEM.id, E, "Other words", START)
    (result,) = results_of([ITEM], tallies, [idea], {ITEM.id: 3})

    assert result.everybody == Tally(
        11, {Clear.YES: 4, Clear.NO: 2, Clear.PARTLY: 5}, {Matters.LOT: 11}
    )
    assert [(group, tally.people) for group, tally in result.groups] == [((R,), 6), ((E,), 5)]
    assert (result.suggestions, result.skipped) == (1, 3)
    assert result.everybody.share_clear() == 6.5 / 11
    assert result.everybody.share_matters() == 1


def test_what_nobody_judged_has_no_share() -> None:
    (result,) = results_of([ITEM], [])

    assert (result.everybody.share_clear(), result.everybody.share_matters()) == (None, None)


def test_comments_are_counted_by_competence_and_level() -> None:
    other = Item("1.1.1b", "1", "1.1", 1)
    alone = Item("1.2.3a", "1", "1.2", 3)
    tallies = [said(R, 4), Tallied(other.id, E, None, None, 2), Tallied("gone", E, None, None, 9)]

    assert reached([ITEM, other, alone], tallies) == {("1.1", 1): 6, ("1.2", 3): 0}


def test_as_whom_somebody_suggested_is_told_of_five_alone() -> None:
    idea = Suggestion("s", ITEM.id, E, "Other words", START)

    assert kind_of(idea, {R: 9, E: 5}) is E
    assert kind_of(idea, {R: 9, E: 4}) is None
    assert kind_of(idea, {R: 9, E: 4, P: 3}) is None
    assert people_by_kind({R: 9, E: 4, P: 3}) == (((R,), 9), ((E, P), 7))
