"""Groups of organisations whose answers are told together, and never apart.

An organisation that answered waits until enough others did; then they become a cohort, whose sums
are kept and never change. All that is ever shown of how organisations compare is a sum of whole
cohorts: of a sector those of the sector, of the city all of them. So nothing can be worked out by
subtracting: not a sector from the city, not last month from this month, not one's own answer.

A cohort is over after a little more than a year, as a whole. An answer counts once: only who
answered again by then may be in the next one, or two cohorts with nearly the same organisations
would tell of the rest. Changed answers meanwhile change nothing that is shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.insights.provision import Skill
from bot.insights.suppression import LEAST

LEAST_TOGETHER = LEAST + 1
"""Whoever is in it knows its own answer, and five others are left."""
LASTS = timedelta(days=400)
PATIENCE = timedelta(days=90)
"""How long an organisation waits for others of its sector, once the city has figures."""
MIXED = ""
"""The sector of a cohort of several sectors: it counts for the city alone."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What one organisation says of a competence, while it is in no cohort and in none before.

    Attributes:
        people: Who answers for it: of organisations that share one, one counts.
        now, should: Levels, 0 to 4; means over teams.
        since: From when on it waits.
    """

    organisation: str
    people: frozenset[str]
    sector: str
    skill: Skill
    now: float
    should: float
    since: date


@dataclass(frozen=True, slots=True)
class Cohort:
    """Organisations told of together.

    Attributes:
        sector: MIXED where they are of several.
        now, should: Sums of their levels.
    """

    skill: Skill
    sector: str
    organisations: int
    now: float
    should: float
    formed_on: date

    @property
    def ends_on(self) -> date:
        """From when on it counts no longer."""
        return self.formed_on + LASTS


@dataclass(frozen=True, slots=True)
class Formed:
    """A new cohort with the organisations that are in it."""

    cohort: Cohort
    members: tuple[str, ...]


def form(
    waiting: Iterable[Waiting], has_figures: Collection[Skill], today: date
) -> tuple[Formed, ...]:
    """Return the cohorts that can be made of those who wait, in a fixed order.

    Enough of one sector become its cohort. Where the city has no figures of a competence yet, the
    rest become a mixed one as soon as they are enough; later only those do who waited long, so
    that sectors with few organisations come to figures of their own.

    Args:
        has_figures: Competences of which there are cohorts already.
    """
    by_skill: dict[Skill, list[Waiting]] = defaultdict(list)
    for one in waiting:
        by_skill[one.skill].append(one)
    return tuple(
        formed
        for skill in sorted(by_skill)
        for formed in _of_skill(by_skill[skill], skill in has_figures, today)
    )


def _of_skill(waiting: Iterable[Waiting], has_figures: bool, today: date) -> Iterator[Formed]:
    apart = _apart(waiting)
    sectors: dict[str, list[Waiting]] = defaultdict(list)
    for one in apart:
        sectors[one.sector].append(one)
    left: list[Waiting] = []
    for sector in sorted(sectors):
        if sector != MIXED and len(sectors[sector]) >= LEAST_TOGETHER:
            yield _formed(sectors[sector], sector, today)
            has_figures = True
        else:
            left.extend(sectors[sector])
    if has_figures:
        left = [one for one in left if one.since <= today - PATIENCE]
    if len(left) >= LEAST_TOGETHER:
        yield _formed(left, MIXED, today)


def _apart(waiting: Iterable[Waiting]) -> list[Waiting]:
    """Return one of all organisations that share a person, those who wait longest first."""
    seen: set[str] = set()
    found = []
    for one in sorted(waiting, key=lambda each: (each.since, each.organisation)):
        if not one.people & seen:
            found.append(one)
            seen |= one.people
    return found


def _formed(members: list[Waiting], sector: str, today: date) -> Formed:
    cohort = Cohort(
        members[0].skill,
        sector,
        len(members),
        round(sum(one.now for one in members), 6),
        round(sum(one.should for one in members), 6),
        today,
    )
    return Formed(cohort, tuple(sorted(one.organisation for one in members)))
