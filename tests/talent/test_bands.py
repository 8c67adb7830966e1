"""What an employer is told of numbers, and what somebody finds out who asks again and again."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable, Mapping

import pytest

from bot.talent import Band, Counts, Kind, Wanted, band_of, estimate
from bot.talent.bands import load_bands

CODES = ("1.1", "1.3", "2.1")
LEVELS = (1, 2, 3, 4)
People = list[tuple[frozenset[Kind], dict[str, int]]]
Profile = tuple[Kind, tuple[Wanted, ...]]


def profiles() -> list[Profile]:
    """Everything that can be asked: each kind with one to three skills at any level."""
    wanted = {code: [None, *(Wanted("digcomp3", code, level) for level in LEVELS)]
              for code in CODES}  # fmt: skip
    chosen = [
        tuple(one for one in several if one is not None)
        for several in itertools.product(*wanted.values())
    ]
    return [(kind, several) for kind in Kind for several in chosen if several]


def told(people: People) -> dict[Profile, Band]:
    """Return the answer to everything that can be asked on one day."""
    counts = Counts()
    for kinds, levels in people:
        counts.add(kinds, levels)
    bands = load_bands(counts.dump())
    return {profile: estimate(bands, *profile) for profile in profiles()}


def crowd(seed: int, size: int) -> People:
    rng = random.Random(seed)
    return [
        (
            frozenset(rng.sample(tuple(Kind), rng.randint(1, 4))),
            {code: rng.randint(1, 4) for code in rng.sample(CODES, rng.randint(1, 3))},
        )
        for _ in range(size)
    ]


def have(people: Iterable[tuple[frozenset[Kind], Mapping[str, int]]], profile: Profile) -> int:
    kind, wanted = profile
    return sum(
        kind in kinds and all(levels.get(one.competence, 0) >= one.level for one in wanted)
        for kinds, levels in people
    )


@pytest.mark.parametrize(
    ("count", "band"),
    [(0, "few"), (4, "few"), (5, "5"), (9, "5"), (10, "10"), (19, "10"), (20, "20"), (50, "50")],
)
def test_counts_are_told_in_bands(count: int, band: str) -> None:
    assert band_of(count).value == band


@pytest.mark.parametrize("seed", range(5))
def test_no_more_people_have_it_all_than_is_told(seed: int) -> None:
    people = crowd(seed, 40)
    answers = told(people)
    most = {Band.FEW: 4, Band.FROM_5: 9, Band.FROM_10: 19, Band.FROM_20: 49, Band.FROM_50: 999}
    for profile, band in answers.items():
        assert have(people, profile) <= most[band]


@pytest.mark.parametrize("seed", range(5))
def test_a_profile_of_several_skills_tells_nothing_that_its_skills_do_not(seed: int) -> None:
    answers = told(crowd(seed, 60))
    order = tuple(Band)
    for (kind, wanted), band in answers.items():
        alone = [answers[kind, (one,)] for one in wanted]
        assert band is min(alone, key=order.index)


def test_who_has_which_skills_together_cannot_be_told_apart() -> None:
    """Two cities that differ in nothing but who has both skills answer every question alike."""
    job = frozenset({Kind.JOB})
    apart: People = [(job, {"1.1": 3})] * 6 + [(job, {"1.3": 3})] * 6
    together: People = [(job, {"1.1": 3, "1.3": 3})] * 6
    both = (Kind.JOB, (Wanted("digcomp3", "1.1", 3), Wanted("digcomp3", "1.3", 3)))

    assert (have(apart, both), have(together, both)) == (0, 6)
    assert told(apart) == told(together)


@pytest.mark.parametrize("seed", range(20))
def test_a_person_in_a_band_leaves_it_without_a_trace(seed: int) -> None:
    """Whoever varies the profile in every way learns no more than bands of single skills.

    So a person whose going takes no single skill over the edge of a band is not missed, however
    rare what they can do together is.
    """
    people = crowd(seed, 30)
    before = told(people)
    for number in range(len(people)):
        others = people[:number] + people[number + 1 :]
        kinds, levels = people[number]
        cells = [(kind, (Wanted("digcomp3", code, least),))
                 for kind in kinds for code, level in levels.items()
                 for least in range(1, level + 1)]  # fmt: skip
        crosses = any(band_of(have(people, one)) is not band_of(have(others, one)) for one in cells)
        if not crosses:
            assert told(others) == before


def test_nothing_can_be_subtracted_to_fewer_than_five() -> None:
    """For every pair of nested profiles, the numbers that fit the answers leave the rest open."""
    edges = {Band.FEW: (0, 4), Band.FROM_5: (5, 9), Band.FROM_10: (10, 19), Band.FROM_20: (20, 49),
             Band.FROM_50: (50, 999)}  # fmt: skip
    answers = told(crowd(7, 80))
    for (kind, wanted), band in answers.items():
        for one in wanted:
            wider = answers[kind, (one,)]
            least = max(0, edges[wider][0] - edges[band][1])
            most = edges[wider][1] - edges[band][0]
            assert most - least >= 4


def test_only_bands_are_kept() -> None:
    counts = Counts()
    for kinds, levels in crowd(3, 12):
        counts.add(kinds, levels)
    kept = load_bands(counts.dump())

    assert set(kept.values()) <= {"5", "10", "20", "50"}
    rare = Counts()
    rare.add([Kind.JOB], {"1.1": 4})
    assert load_bands(rare.dump()) == {}


def test_nobody_is_found_for_nothing() -> None:
    assert estimate({}, Kind.JOB, ()) is Band.FEW
