"""What a person's answers, taken together, say about every competence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import exp, log
from operator import mul, truediv
from typing import Literal, NamedTuple

from bot.skills.model import Evidence, Message, Model, Vector, combine

RIGHT_OVER_TOLD = 3.0
"""How much more being right counts than being surer; chosen by simulation (decision 5)."""


_TINY = 1e-300
"""Keeps the logarithm of nothing from being asked for."""


class Gain(NamedTuple):
    """What one more answer is expected to bring.

    Attributes:
        told: About the level, in nats.
        right: How much likelier the likeliest level will be the right one.
    """

    told: float
    right: float

    @property
    def worth(self) -> float:
        """By which questions are compared."""
        return self.told + RIGHT_OVER_TOLD * self.right


@dataclass(frozen=True, slots=True)
class Belief:
    """The joint posterior of one person, as far as anybody asks for it.

    Attributes:
        model: The tables.
        areas: The competences of each area.
        evidence: What is known about a competence; nothing where it is not there.
    """

    model: Model
    areas: Mapping[str, tuple[str, ...]]
    evidence: Mapping[str, Evidence]

    def places(self, area: str) -> dict[str, list[float]]:
        """Return, for each competence of an area, the chance of each cell of the grid.

        Cells go by place, and by shift within a place.
        """
        codes = self.areas[area]
        by_shift = [self._of_shift(area, shift) for shift in range(len(self.model.shifts))]
        top = max(scale for _, scale in by_shift)
        weights = [
            prior * exp(scale - top)
            for prior, (_, scale) in zip(self.model.shift_prior, by_shift, strict=True)
        ]
        found = {}
        for at, code in enumerate(codes):
            columns = [
                [weight * value for value in own[at]]
                for weight, (own, _) in zip(weights, by_shift, strict=True)
            ]
            cells = list(chain.from_iterable(zip(*columns, strict=True)))
            total = sum(cells)
            found[code] = [cell / total for cell in cells]
        return found

    def _of_shift(self, area: str, shift: int) -> tuple[list[list[float]], float]:
        """Return the cells of an area's competences if people's shift is this one, unscaled."""
        model, codes = self.model, self.areas[area]
        general = self._general_without(area, shift)
        from_general = Message(
            tuple(sum(map(mul, general.values, row)) for row in model.general_given_area),
            general.scale,
        )
        own = [model.to_area(self.evidence.get(code, ()), shift) for code in codes]
        together = combine([from_general, *own])
        found = []
        for code, message in zip(codes, own, strict=True):
            others = list(map(truediv, together.values, message.values))
            fits = model.fit(self.evidence.get(code, ()), shift)
            scale = exp(-message.scale)
            found.append(
                [
                    fit * scale * sum(map(mul, others, row))
                    for fit, row in zip(fits, model.area_given_own, strict=True)
                ]
            )
        return found, together.scale

    def _general_without(self, area: str, shift: int) -> Message:
        said = [
            self.model.to_general(tuple(self.evidence.get(code, ()) for code in codes), shift)
            for other, codes in self.areas.items()
            if other != area and any(code in self.evidence for code in codes)
        ]
        return combine([Message(self.model.general_prior, 0.0), *said])

    def levels(self, cells: list[float]) -> Vector:
        """Return the chances of "not yet" and of the four levels."""
        return tuple(sum(cells[part]) for part in self.model.level_slices)

    def gain(self, cells: list[float], kind: Literal["claim", "check"], level: int) -> Gain:
        """Return what an answer is expected to tell about the competence's level."""
        slices = self.model.level_slices
        now = self.levels(cells)
        told, right = -_certainty(now), -max(now)
        for row in self.model.curve_rows[kind, level]:
            fits = list(map(mul, cells, row))
            after = [sum(fits[part]) for part in slices]
            chance = sum(after)
            told += _certainty(after) - chance * log(chance)
            right += max(after)
        return Gain(told, right)


def _certainty(shares: Sequence[float]) -> float:
    return sum([share * log(share + _TINY) for share in shares])
