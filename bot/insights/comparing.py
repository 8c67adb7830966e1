"""An employer beside its sector and its city, never beside so few that one could guess who."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from bot.insights.provision import Skill
from bot.insights.suppression import LEAST


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one organisation's people are in a competence, and where they should be.

    Attributes:
        now, should: Levels, 0 to 4.
        organisation: A random reference.
    """

    organisation: str
    sector: str
    skill: Skill
    now: float
    should: float


@dataclass(frozen=True, slots=True)
class Means:
    """Means over other organisations, rounded to tenths; `others` is how many."""

    now: float
    should: float
    others: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """One competence of one organisation beside others.

    Attributes:
        sector, city: Means over the others; None where too few answered, or where one could work
            out too few from both.
    """

    skill: Skill
    now: float
    should: float
    sector: Means | None
    city: Means | None


def compare(own: Iterable[Standing], every: Iterable[Standing]) -> tuple[Comparison, ...]:
    """Return an organisation's competences beside its sector's and its city's.

    The organisation itself is never among those that it is compared with: it knows its own
    figures, so that with itself among five there would be only four others. The city's means are
    left out where they and the sector's would tell of fewer than five outside of the sector.

    Args:
        own: One organisation's.
        every: All organisations' of the city, its own among them or not. An organisation that
            answered again counts with what it said last.
    """
    mine = tuple(own)
    names = {one.organisation for one in mine}
    last = {(one.organisation, one.skill): one for one in every}
    others = [one for one in last.values() if one.organisation not in names]
    return tuple(_comparison(one, [o for o in others if o.skill == one.skill]) for one in mine)


def _comparison(own: Standing, others: Sequence[Standing]) -> Comparison:
    near = [one for one in others if one.sector == own.sector]
    far = len(others) - len(near)
    sector = _means(near)
    is_telling = sector is not None and 0 < far < LEAST
    city = None if is_telling else _means(others)
    return Comparison(own.skill, own.now, own.should, sector, city)


def _means(others: Sequence[Standing]) -> Means | None:
    if len(others) < LEAST:
        return None
    return Means(
        round(fmean(one.now for one in others), 1),
        round(fmean(one.should for one in others), 1),
        len(others),
    )
