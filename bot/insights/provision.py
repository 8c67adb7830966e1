"""Needs against provision: what employers ask for, what is on offer, and where they do not meet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bot.insights.suppression import TOTAL, Spot, hidden

Skill: TypeAlias = tuple[str, str]
"""A framework's id and a competence's code."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One organisation's need in one competence.

    Attributes:
        organisation: A random reference.
        level: Where its people should be, 1 to 4.
        people: How many of them.
    """

    organisation: str
    sector: str
    skill: Skill
    level: int
    people: int


@dataclass(frozen=True, slots=True)
class Offered:
    """One course in one competence: public, so never suppressed.

    Attributes:
        level: Where it leads, 1 to 4.
        places: How many can still come; None where its provider does not say.
    """

    course: str
    skill: Skill
    level: int
    places: int | None = None


@dataclass(frozen=True, slots=True)
class Promised:
    """What a provider says that it could offer in one competence: at which levels, for how many."""

    provider: str
    skill: Skill
    lowest: int
    highest: int
    places: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the figures.

    Attributes:
        level, sector: None stands for all levels, all sectors.
        organisations, people: None where there are too few to be told, or where they would tell of
            too few by subtraction.
        courses, places: What is on offer, whatever the sector; places count what is known.
        could: How many providers say that they could offer it.
    """

    skill: Skill
    level: int | None
    sector: str | None
    organisations: int | None
    people: int | None
    courses: int
    places: int
    could: int

    @property
    def is_gap(self) -> bool:
        """Whether organisations ask for it and nothing is on offer."""
        return bool(self.organisations) and not self.courses

    @property
    def is_strength(self) -> bool:
        """Whether organisations ask for it and places are known for all of their people."""
        return bool(self.people) and self.courses > 0 and self.places >= (self.people or 0)


Place: TypeAlias = tuple[int | None, str | None]
"""A level and a sector; None stands for all of them."""

Table: TypeAlias = Mapping[Place, tuple[int, int] | None]
"""Of one competence, by place: how many organisations ask for it, for how many people.

None where there are too few to be told; what is missing is nobody.
"""


def figures(
    asked: Iterable[Asked],
    offered: Iterable[Offered] = (),
    promised: Iterable[Promised] = (),
) -> tuple[Figure, ...]:
    """Return all figures by competence, level and sector, with totals of each competence.

    An organisation counts once in a competence, at the highest level that it asks for, with the
    most people that it names there. Totals over competences are not given: an organisation that
    asks for two would count twice.
    """
    return against_provision(
        {skill: table_of(found.values()) for skill, found in by_skill(asked).items()},
        offered,
        promised,
    )


def against_provision(
    tables: Mapping[Skill, Table],
    offered: Iterable[Offered],
    promised: Iterable[Promised],
) -> tuple[Figure, ...]:
    """Return needs, counted before, beside what is on offer and could be."""
    courses, places = _supply(offered)
    could = _promises(promised)
    supplied: dict[Skill, set[int]] = defaultdict(set)
    for skill, level in (*courses, *could):
        if level is not TOTAL:
            supplied[skill].add(level)
    return tuple(
        figure
        for skill in sorted({*tables, *supplied})
        for figure in _figures(
            skill, tables.get(skill, {}), supplied[skill], (courses, places, could)
        )
    )


def by_skill(asked: Iterable[Asked]) -> dict[Skill, dict[str, Asked]]:
    """Return one need for each organisation and competence."""
    found: dict[Skill, dict[str, Asked]] = defaultdict(dict)
    for one in asked:
        known = found[one.skill].get(one.organisation)
        mine = (one.level, one.people, one.sector)
        if known is None or mine > (known.level, known.people, known.sector):
            found[one.skill][one.organisation] = one
    return dict(found)


def table_of(asked: Iterable[Asked]) -> Table:
    """Count the needs of one competence, one of each organisation; hide what tells of few."""
    counts: dict[Place, int] = {}
    heads: dict[Place, int] = {}
    cells: dict[Spot, int] = {}
    for one in asked:
        cells[one.level, one.sector] = cells.get((one.level, one.sector), 0) + 1
        for level in (one.level, TOTAL):
            for sector in (one.sector, TOTAL):
                counts[level, sector] = counts.get((level, sector), 0) + 1
                heads[level, sector] = heads.get((level, sector), 0) + one.people
    away = hidden(cells)
    return {
        place: None if place in away else (count, heads[place]) for place, count in counts.items()
    }


Count: TypeAlias = dict[tuple[Skill, int | None], int]


def _supply(offered: Iterable[Offered]) -> tuple[Count, Count]:
    courses: dict[tuple[Skill, int | None], set[str]] = defaultdict(set)
    room: dict[tuple[Skill, int | None], dict[str, int]] = defaultdict(dict)
    for one in offered:
        for level in (one.level, TOTAL):
            courses[one.skill, level].add(one.course)
            room[one.skill, level][one.course] = one.places or 0
    return (
        {key: len(names) for key, names in courses.items()},
        {key: sum(each.values()) for key, each in room.items()},
    )


def _promises(promised: Iterable[Promised]) -> Count:
    found: dict[tuple[Skill, int | None], set[str]] = defaultdict(set)
    for one in promised:
        for level in (*range(one.lowest, one.highest + 1), TOTAL):
            found[one.skill, level].add(one.provider)
    return {key: len(names) for key, names in found.items()}


def _figures(
    skill: Skill, table: Table, supplied: Iterable[int], supply: tuple[Count, Count, Count]
) -> Iterator[Figure]:
    courses, places, could = supply
    sectors = sorted({sector for _, sector in table if sector is not TOTAL})
    levels = sorted({*supplied, *(level for level, _ in table if level is not TOTAL)})
    for level in (*levels, TOTAL):
        for sector in (*sectors, TOTAL):
            told = table.get((level, sector), (0, 0))
            organisations, people = told or (None, None)
            yield Figure(
                skill,
                level,
                sector,
                organisations,
                people,
                courses.get((skill, level), 0),
                places.get((skill, level), 0),
                could.get((skill, level), 0),
            )
