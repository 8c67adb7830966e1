"""What answers say about ability: the curves, grids and tables of the joint model.

Ability in a competence is a place on one line where the population has mean 0 and spread 1. Three
layers make it: what a person is like in general, in an area, and in the competence itself. A can-do
sentence stands about where its level begins; how far above or below it somebody is makes each of
the four answers more or less likely. All of it lives on small grids, so that sums need no sampling.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import exp, log
from operator import mul
from statistics import NormalDist
from typing import Literal, NamedTuple, TypeAlias

LEVELS = 4
ANSWERS = 4
NOT_YET, WITH_HELP, ON_MY_OWN, COULD_SHOW_OTHERS = range(ANSWERS)

_STEPS_OF_LEVELS = (6, 5, 4, 4, 6)
_AREA_POINTS, _GENERAL_POINTS = 13, 9
_REACH = 3.0
_NORMAL = NormalDist()
_OFFS = tuple(_NORMAL.inv_cdf((at + 0.5) / 5) for at in range(5))

Vector: TypeAlias = tuple[float, ...]


class Reply(NamedTuple):
    """One piece of evidence: an answer about a level.

    Attributes:
        kind: "claim", what the person says; or "check", how a knowledge check went.
        level: 1 to 4, counted from the lowest band.
        answer: 0 to 3 for a claim; 1 or 0, right or wrong, for a check.
    """

    kind: Literal["claim", "check"]
    level: int
    answer: int


Evidence: TypeAlias = tuple[Reply, ...]
"""What is known about one competence, sorted: the order of answers says nothing."""


class Message(NamedTuple):
    """How well evidence fits each point of a grid: `values` times e to the power `scale`."""

    values: Vector
    scale: float


@dataclass(frozen=True, slots=True)
class Parameters:
    """What the model believes about people before it asks; cautious unless fitted to real answers.

    Attributes:
        inside: Correlation of abilities within an area.
        across: Correlation between areas; at most `inside`.
        slope: How sharply answers turn at a sentence's place.
        slip: Share of answers that say nothing.
        help_gap: How far below a sentence's place "with help" begins.
        show_gap: How far above it "could show others" begins.
        scatter: How far a sentence may really stand from where its level begins.
        guess: Share of knowledge checks that are guessed right.
        shift_mean, shift_sd: By how much people rate themselves too high; used with checks only.
        shares: Part of the population below the first level, and below each level after it.
    """

    inside: float = 0.60
    across: float = 0.45
    slope: float = 2.5
    slip: float = 0.06
    help_gap: float = 0.6
    show_gap: float = 0.6
    scatter: float = 0.25
    guess: float = 0.25
    shift_mean: float = 0.2
    shift_sd: float = 0.4
    shares: Vector = (0.12, 0.42, 0.72, 0.92)

    @property
    def cuts(self) -> Vector:
        """Where each level begins."""
        return tuple(_NORMAL.inv_cdf(share) for share in self.shares)


CAUTIOUS = Parameters()

SHIFTS = (-0.4, 0.0, 0.4, 0.8, 1.2)
"""How far above their ability people may rate themselves, as the checks can tell."""


class Model:
    """The tables for one set of parameters, made once; everything it returns is remembered.

    Args:
        parameters: What is believed about people.
        shifts: By how much people may rate themselves too high; (0,) takes them at their word.
    """

    def __init__(self, parameters: Parameters, shifts: Vector = (0.0,)) -> None:
        self.parameters, self.shifts = parameters, shifts
        edges = _edges(parameters.cuts)
        self.places = tuple((low + high) / 2 for low, high in pairwise(edges))
        self.level_slices = _level_slices(len(shifts))
        area_points = _points(parameters.inside**0.5, _AREA_POINTS)
        general = _points(1.0, _GENERAL_POINTS)
        own_spread = (1 - parameters.inside) ** 0.5
        area_spread = (parameters.inside - parameters.across) ** 0.5
        self.own_given_area = tuple(_shares(edges, point, own_spread) for point in area_points)
        self.area_given_own = tuple(zip(*self.own_given_area, strict=True))
        bounds = _bounds(area_points)
        weight = parameters.across**0.5
        self.area_given_general = tuple(
            _shares(bounds, weight * point, area_spread) for point in general
        )
        self.general_given_area = tuple(zip(*self.area_given_general, strict=True))
        self.general_prior = _shares(_bounds(general), 0.0, 1.0)
        self.shift_prior = self._shift_prior()
        self.fit = lru_cache(maxsize=20_000)(self._fit)
        self.to_area = lru_cache(maxsize=20_000)(self._to_area)
        self.to_general = lru_cache(maxsize=20_000)(self._to_general)
        self.curve_rows = {
            (kind, level): tuple(self._row(Reply(kind, level, answer)) for answer in range(answers))
            for level in range(1, LEVELS + 1)
            for kind, answers in _KINDS
        }

    def _shift_prior(self) -> Vector:
        if len(self.shifts) == 1:
            return (1.0,)
        prior = NormalDist(self.parameters.shift_mean, self.parameters.shift_sd)
        densities = [prior.pdf(shift) for shift in self.shifts]
        return tuple(density / sum(densities) for density in densities)

    def chance(self, reply: Reply, place: float, shift: float) -> float:
        """Return how likely somebody at a place gives a reply.

        Args:
            reply: The reply.
            place: The person's ability.
            shift: How far above it the person rates themself.
        """
        scatter, cut = self.parameters.scatter, self.parameters.cuts[reply.level - 1]
        chances = [self._chance(reply, place, shift, cut + scatter * off) for off in _OFFS]
        return sum(chances) / len(chances)

    def _chance(self, reply: Reply, place: float, shift: float, cut: float) -> float:
        own = self.parameters
        if reply.kind == "check":
            knows = (1 - own.slip) * _logistic(own.slope * (place - cut))
            right = own.guess + (1 - own.guess) * knows
            return right if reply.answer else 1 - right
        above = own.slope * (place + shift - cut)
        steps = (above + own.slope * own.help_gap, above, above - own.slope * own.show_gap)
        at_least = 1.0 if reply.answer == NOT_YET else _logistic(steps[reply.answer - 1])
        more = 0.0 if reply.answer == COULD_SHOW_OTHERS else _logistic(steps[reply.answer])
        return own.slip / ANSWERS + (1 - own.slip) * (at_least - more)

    def _row(self, reply: Reply) -> Vector:
        return tuple(
            self.chance(reply, place, shift) for place in self.places for shift in self.shifts
        )

    def _fit(self, evidence: Evidence, shift: int) -> Vector:
        fits = [1.0] * len(self.places)
        for reply in evidence:
            row = self.curve_rows[reply.kind, reply.level][reply.answer]
            fits = list(map(mul, fits, row[shift :: len(self.shifts)]))
        return tuple(fits)

    def _to_area(self, evidence: Evidence, shift: int) -> Message:
        fits = self.fit(evidence, shift)
        return _message([sum(map(mul, fits, row)) for row in self.own_given_area], 0.0)

    def _to_general(self, evidences: tuple[Evidence, ...], shift: int) -> Message:
        inside = combine([self.to_area(evidence, shift) for evidence in evidences])
        rows = self.area_given_general
        return _message([sum(map(mul, inside.values, row)) for row in rows], inside.scale)


_KINDS: tuple[tuple[Literal["claim", "check"], int], ...] = (("claim", ANSWERS), ("check", 2))


@lru_cache(maxsize=8)
def model_of(parameters: Parameters, has_checks: bool) -> Model:
    """Return the model for these parameters; with checks it doubts what people claim."""
    return Model(parameters, SHIFTS if has_checks else (0.0,))


def combine(messages: Sequence[Message]) -> Message:
    """Return what several independent pieces say together."""
    values = list(messages[0].values)
    for message in messages[1:]:
        values = list(map(mul, values, message.values))
    return _message(values, sum(message.scale for message in messages))


def _message(values: Sequence[float], scale: float) -> Message:
    """Keep the largest value at 1, so that long lists of answers never underflow."""
    top = max(values)
    return Message(tuple(value / top for value in values), scale + log(top))


def _logistic(value: float) -> float:
    return 1 / (1 + exp(-value))


def _edges(cuts: Vector) -> Vector:
    """Return the borders of the grid's cells; every level begins at one of them."""
    stops = (-_REACH, *cuts, _REACH)
    edges = [
        low + (high - low) * step / steps
        for (low, high), steps in zip(pairwise(stops), _STEPS_OF_LEVELS, strict=True)
        for step in range(steps)
    ]
    return (*edges, _REACH)


def _level_slices(shifts: int) -> tuple[slice, ...]:
    ends = [0]
    for steps in _STEPS_OF_LEVELS:
        ends.append(ends[-1] + steps * shifts)
    return tuple(slice(start, end) for start, end in pairwise(ends))


def _points(spread: float, count: int) -> Vector:
    return tuple(spread * _REACH * (2 * (at + 0.5) / count - 1) for at in range(count))


def _bounds(points: Vector) -> Vector:
    half = (points[1] - points[0]) / 2
    return (*(point - half for point in points), points[-1] + half)


def _shares(edges: Vector, mean: float, spread: float) -> Vector:
    """Return the normal distribution's share of each cell; the outer cells reach to infinity."""
    below = [_NORMAL.cdf((edge - mean) / spread) for edge in edges[1:-1]]
    return tuple(high - low for low, high in pairwise((0.0, *below, 1.0)))
