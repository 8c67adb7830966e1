"""Colleagues' answers become one, and what they do not agree about stays in sight."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from bot.needs import Target
from bot.needs.mapping import needs_map
from bot.needs.merging import Spread, Voice, merge


def voice(person: str, now: int, should: int, team: str = "Sales", people: int = 5) -> Voice:
    return Voice(person, team, Target("1.3", now, should), people)


def test_one_voice_is_taken_as_it_is() -> None:
    (merged,) = merge([voice("a", 1, 3)])
    assert (merged.target, merged.people, merged.voices) == (Target("1.3", 1, 3), 5, 1)
    assert not merged.is_disputed


def test_the_middle_counts_and_the_disagreement_is_shown() -> None:
    (merged,) = merge([voice("a", 0, 2), voice("b", 1, 2), voice("c", 3, 4, people=8)])
    assert merged.target == Target("1.3", 1, 2)
    assert merged.now == Spread(0, 3)
    assert merged.should == Spread(2, 4)
    assert merged.heads == Spread(5, 8)
    assert merged.people == 8
    assert merged.is_disputed


def test_of_two_the_longer_way_counts() -> None:
    (merged,) = merge([voice("a", 1, 2), voice("b", 2, 3)])
    assert merged.target == Target("1.3", 1, 3)


def test_a_changed_mind_counts_once() -> None:
    (merged,) = merge([voice("a", 0, 4), voice("a", 1, 2)])
    assert merged.target == Target("1.3", 1, 2)
    assert merged.voices == 1
    assert not merged.is_disputed


def test_teams_and_frameworks_are_kept_apart() -> None:
    other = Voice("a", "Sales", Target("1.3", 0, 1, "sectors-draft"))
    assert len(merge([voice("a", 1, 2), voice("a", 1, 2, team="Stores"), other])) == 3


def test_the_map_begins_with_what_is_missed_most() -> None:
    found = needs_map(
        merge(
            [
                voice("a", 1, 2, people=3),
                voice("a", 2, 2, team="Stores"),
                Voice("a", "Stores", Target("4.2", 0, 2), 10),
            ]
        )
    )
    assert found.teams == ("Sales", "Stores")
    assert found.rows == (("digcomp3", "4.2"), ("digcomp3", "1.3"))
    assert found.weight(("digcomp3", "4.2")) == 20
    assert found.weight(("digcomp3", "1.3")) == 3
    assert found.cells[("digcomp3", "1.3"), "Stores"].distance == 0
    assert (("digcomp3", "4.2"), "Sales") not in found.cells


voices = st.builds(
    Voice,
    st.sampled_from("abc"),
    st.sampled_from(["Sales", "Stores"]),
    st.builds(
        Target,
        st.sampled_from(["1.3", "4.2"]),
        st.integers(0, 4),
        st.integers(0, 4),
    ),
    st.integers(1, 50),
)


@given(st.lists(voices, max_size=12, unique_by=lambda v: (v.person, v.team, v.target.competence)))
def test_the_order_of_answers_does_not_matter(said: list[Voice]) -> None:
    shuffled = random.Random(1).sample(said, len(said))
    merged = merge(said)
    assert merge(shuffled) == merged
    for one in merged:
        nows = [v.target.now for v in said if (v.team, v.target.competence) == _key(one)]
        assert min(nows) <= one.target.now <= max(nows)


def _key(merged: object) -> tuple[str, str]:
    return merged.team, merged.target.competence  # type: ignore[attr-defined]
