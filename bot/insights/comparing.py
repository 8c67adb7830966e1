"""An employer beside its sector and its city, never beside so few that one could guess who."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.insights.cohorts import Cohort
from bot.insights.provision import Skill


@dataclass(frozen=True, slots=True)
class Own:
    """Where one organisation's people are in a competence, and where they should be.

    Attributes:
        now, should: Levels, 0 to 4; means over teams.
    """

    sector: str
    skill: Skill
    now: float
    should: float


@dataclass(frozen=True, slots=True)
class Means:
    """Means over organisations, rounded to tenths; `others` is over how many."""

    now: float
    should: float
    others: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """One competence of one organisation beside others.

    Attributes:
        sector, city: Means over all cohorts of the sector, of the city; None where there is none.
    """

    skill: Skill
    now: float
    should: float
    sector: Means | None
    city: Means | None


def compare(own: Iterable[Own], cohorts: Iterable[Cohort]) -> tuple[Comparison, ...]:
    """Return an organisation's competences beside its sector's and its city's.

    Everybody is shown the same figures, each over whole cohorts: whatever one subtracts from
    another, what is left is whole cohorts again. So the organisation itself may be among them;
    with its own taken away five others are left at least.

    Args:
        own: One organisation's; competences that no figure is told of are left out.
        cohorts: All of its city.
    """
    by_skill: dict[Skill, list[Cohort]] = defaultdict(list)
    for cohort in cohorts:
        by_skill[cohort.skill].append(cohort)
    return tuple(
        Comparison(
            one.skill,
            one.now,
            one.should,
            _means([each for each in by_skill[one.skill] if each.sector == one.sector]),
            _means(by_skill[one.skill]),
        )
        for one in own
        if by_skill.get(one.skill)
    )


def _means(cohorts: Sequence[Cohort]) -> Means | None:
    count = sum(one.organisations for one in cohorts)
    if not count:
        return None
    return Means(
        round(sum(one.now for one in cohorts) / count, 1),
        round(sum(one.should for one in cohorts) / count, 1),
        count,
    )
