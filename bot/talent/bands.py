"""How many people could be invited, told so that nobody can be singled out by asking often.

Once a day people are counted skill by skill, each by itself, and only the bands of these counts are
kept. What an employer is told of a profile is the band of its rarest skill: "no more than these".
So a profile of several skills tells nothing that its single skills do not, and however often it is
changed there is nothing to subtract.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from bot.talent.records import Kind, Wanted

FEWEST: Final = 5
"""Fewer people than that are never told of as a number."""


class Band(StrEnum):
    """How many people, as far as it is told."""

    FEW = "few"
    FROM_5 = "5"
    FROM_10 = "10"
    FROM_20 = "20"
    FROM_50 = "50"


_BEGINS: Final = (
    (Band.FROM_50, 50),
    (Band.FROM_20, 20),
    (Band.FROM_10, 10),
    (Band.FROM_5, FEWEST),
)
_ORDER: Final = tuple(Band)


def band_of(count: int) -> Band:
    """Return the band of a count."""
    return next((band for band, least in _BEGINS if count >= least), Band.FEW)


class Counts:
    """People counted by kind, skill and level; only the bands leave it."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def add(self, kinds: Iterable[Kind], levels: Mapping[str, int]) -> None:
        """Count one person.

        Args:
            kinds: What they may be invited to.
            levels: Their level by the code of a skill, of those that they let themselves be
                found by.
        """
        every = [(code, least) for code, level in levels.items() for least in range(1, level + 1)]
        self._counts.update(_cell(kind, code, least) for kind in kinds for code, least in every)

    def bands(self) -> dict[str, str]:
        """Return the bands of all that at least `FEWEST` people have; nothing else is told."""
        found = {cell: band_of(count) for cell, count in sorted(self._counts.items())}
        return {cell: band.value for cell, band in found.items() if band is not Band.FEW}

    def dump(self) -> bytes:
        """Return the bands for storing."""
        return json.dumps(self.bands()).encode()


def load_bands(stored: bytes) -> dict[str, str]:
    """Return what `Counts.dump` gave."""
    found: dict[str, str] = json.loads(stored)
    return found


def estimate(bands: Mapping[str, str], kind: Kind, wanted: Iterable[Wanted]) -> Band:
    """Return how many people have the rarest of these skills, so that no more can have them all."""
    cells = (_cell(kind, one.competence, one.level) for one in wanted)
    found = [Band(bands.get(cell, Band.FEW)) for cell in cells]
    return min(found, key=_ORDER.index, default=Band.FEW)


def _cell(kind: Kind, code: str, least: int) -> str:
    return f"{kind.value}|{code}|{least}"
