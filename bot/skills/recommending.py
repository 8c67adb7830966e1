"""From a skill to two or three real courses: the next level up, where and when it suits.

Pure: the same offers in any order give the same advice. Nothing that a person cannot join, that is
at or below what they hold, or that was withdrawn is ever recommended.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from heapq import nsmallest

from bot.courses import Course, Delivery, Hit, Kind
from bot.courses.phrases import Phrase
from bot.skills.model import ON_MY_OWN
from bot.skills.results import Standing

TOP = 4
MOST, FEW = 3, 2
LOOKED_AT = 100
"""The best of those that fit, among which others are looked for."""
A_STEP_FURTHER = 1
"""Levels above the next one that are still worth showing where the next one is scarce."""
ABOUT_AS_NEAR_KM = 5.0
"""Further than the best one by no more than this, another sort of learning is worth the way."""
NEAR_KM = 1.6
UNKNOWN_KM = 8.0
"""Where nobody knows how far it is: neither near nor out of reach."""


class Sort(StrEnum):
    """Sorts of learning that are mixed, so that people see there is more than one way."""

    FORMAL = "formal"
    INFORMAL = "informal"
    AT_WORK = "at-work"
    ALONE = "alone"


_SORTS = {
    Kind.COURSE: Sort.FORMAL,
    Kind.IN_WORK: Sort.AT_WORK,
    Kind.SELF_PACED: Sort.ALONE,
}


class State(StrEnum):
    """How well a city answers.

    Attributes:
        FITS: Something meets every wish.
        ONLINE: Nothing does, but there is something free to do online at any time.
        NEAR: Nothing does; these miss some wishes.
        NONE: Nothing at all teaches it at this level.
        HELD: There is no level above the one that the person holds.
    """

    FITS = "fits"
    ONLINE = "online"
    NEAR = "near"
    NONE = "none"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Aim:
    """What to learn next.

    Attributes:
        competence: Its code.
        held: The level that the person stands at, 0 for "not yet".
        level: The level to reach next, 1 to 4; `held` again where there is none above.
        furthest: The highest level of a course that is still worth showing.
        because: Why this level, as a phrase of `steps.because.*`.
        is_known: Whether the person told where they stand, or showed it.
        is_estimated: Whether where they stand rests on answers about other skills alone.
    """

    competence: str
    held: int
    level: int
    furthest: int
    because: Phrase
    is_known: bool = True
    is_estimated: bool = False

    @property
    def is_held(self) -> bool:
        """Whether there is nothing above what the person holds."""
        return self.level <= self.held


@dataclass(frozen=True, slots=True)
class Offer:
    """A course that teaches the competence.

    Attributes:
        hit: The course with the run that suits best, and what of the wishes it misses.
        level: To which level it teaches the competence.
    """

    hit: Hit
    level: int

    @property
    def course(self) -> Course:
        """The course."""
        return self.hit.course

    @property
    def is_joinable(self) -> bool:
        """Whether somebody can still come."""
        return not (self.hit.is_past or self.hit.is_full)

    @property
    def is_free_alone(self) -> bool:
        """Whether anybody can do it online, at any time, for nothing."""
        run = self.hit.instance
        if run is None or run.cost is None or run.cost != 0:
            return False
        is_online = run.delivery is Delivery.ONLINE
        return is_online and (run.is_flexible_start or self.course.kind is Kind.SELF_PACED)

    @property
    def sort(self) -> Sort:
        """What sort of learning it is."""
        if self.hit.instance is not None and self.hit.instance.delivery is Delivery.WORK:
            return Sort.AT_WORK
        if self.is_free_alone:
            return Sort.ALONE
        return _SORTS.get(self.course.kind, Sort.INFORMAL)


@dataclass(frozen=True, slots=True)
class Pick:
    """A recommended course, and why."""

    offer: Offer
    why: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """What is recommended.

    Attributes:
        picks: At most three, the best first.
        missed: Ids of the wishes (chips) that some pick does not meet; only where state is NEAR.
    """

    state: State
    picks: tuple[Pick, ...] = ()
    missed: frozenset[str] = frozenset()

    @property
    def is_unmet(self) -> bool:
        """Whether the city lacks what was wanted."""
        return self.state in (State.ONLINE, State.NEAR, State.NONE)


def aim_for(
    competence: str,
    standing: Standing | None = None,
    level: int = 0,
    said: Mapping[int, int] | None = None,
    reached: int = 0,
) -> Aim:
    """Return what to learn next in a competence.

    Args:
        standing: Where the person stands; None where they never told.
        level: A level to get to in the end, such as a route's; 0 for simply the next one.
        said: By level, the lowest answer (0 to 3) that they gave to a sentence of that level.
        reached: The level that they have otherwise, by the steps of a route or a badge.
    """
    told = _held(standing, said or {}) if standing is not None else 0
    held = max(told, reached)
    is_known = standing is not None or reached > 0
    following = level if level and not is_known else min(held + 1, TOP)
    furthest = min(max(following + A_STEP_FURTHER, level), TOP)
    because = _because(standing, following, said or {})
    if reached > told:
        because = Phrase("steps.because.next")
    is_guessed = standing is not None and standing.is_estimated
    is_estimated = is_guessed and (not reached or reached < told)
    return Aim(competence, held, following, furthest, because, is_known, is_estimated)


def _held(standing: Standing, said: Mapping[int, int]) -> int:
    """Return the likeliest level, or the one below the first in doubt that they need help with."""
    doubted = range(standing.low + 1, standing.level + 1)
    needed = (level for level in doubted if said.get(level, ON_MY_OWN) < ON_MY_OWN)
    return next(needed, standing.level + 1) - 1


def _because(standing: Standing | None, level: int, said: Mapping[int, int]) -> Phrase:
    if standing is None:
        return Phrase("steps.because.chosen")
    if said.get(level) == 0:
        return Phrase("steps.because.not_yet")
    if said.get(level) == 1:
        return Phrase("steps.because.with_help")
    if standing.is_estimated:
        return Phrase("steps.because.estimated")
    return Phrase("steps.because.next")


def recommend(offers: Iterable[Offer], aim: Aim, *, today: date, most: int = MOST) -> Advice:
    """Return two or three courses for an aim, each with its reasons.

    Args:
        offers: Courses that teach the competence, judged by the person's wishes.
        today: The day of the talk, in the city.
        most: At most so many.
    """
    if aim.is_held:
        return Advice(State.HELD)
    usable = [one for one in offers if aim.held < one.level <= aim.furthest and one.is_joinable]
    order = _Order(aim, today)
    fitting = nsmallest(LOOKED_AT, (one for one in usable if not one.hit.misses), key=order)
    missing = [one for one in usable if one.hit.misses]
    alone = nsmallest(most, (one for one in missing if one.is_free_alone and _may_miss(one)), order)
    if fitting:
        chosen = mixed(fitting, most)
        room = most - len(chosen) if len(chosen) < FEW else 0
        return Advice(State.FITS, _picks([*chosen, *alone[:room]], aim))
    if alone:
        return Advice(State.ONLINE, _picks(alone, aim))
    chosen = nsmallest(most, missing, key=lambda one: (_missing(one), order(one)))
    if not chosen:
        return Advice(State.NONE)
    missed = frozenset(miss for one in chosen for miss in one.hit.misses)
    return Advice(State.NEAR, _picks(chosen, aim), missed)


_OF_PLACE_AND_TIME = frozenset(
    {"place", "weekdays", "patterns", "starts", "hours", "part", "delivery", "study_modes"}
)


def _may_miss(one: Offer) -> bool:
    """Whether all that it misses is a place or a time: at home, at any time, both are met."""
    return all(miss.partition(":")[0] in _OF_PLACE_AND_TIME for miss in one.hit.misses)


def _missing(one: Offer) -> float:
    """How much is missed: another place or time is a smaller miss than another thing."""
    names = {miss.partition(":")[0] for miss in one.hit.misses}
    return sum(1.0 if name in _OF_PLACE_AND_TIME else 1.5 for name in names)


class _Order:
    """The order among courses: the right level, with others, near, free, soon; always the same."""

    def __init__(self, aim: Aim, today: date) -> None:
        self._aim, self._today = aim, today

    def __call__(self, one: Offer) -> tuple[object, ...]:
        run = one.hit.instance
        # Below the next level but above what is held: a smaller step, better than too large a one.
        gap = one.level - self._aim.level
        cost = run.cost if run is not None else None
        return (
            abs(gap),
            gap > 0,
            one.is_free_alone,
            round(_km(one) / 2),
            cost is None or cost > 0,
            self._weeks(one),
            round(_km(one), 1),
            one.course.title,
            one.course.id,
        )

    def _weeks(self, one: Offer) -> int:
        """Return in how many weeks it begins; what has begun or says no day comes late."""
        run = one.hit.instance
        if run is None:
            return 99
        if run.is_flexible_start:
            return 0
        if run.start_date is None or run.start_date < self._today:
            return 20
        return (run.start_date - self._today).days // 7


def _km(one: Offer) -> float:
    return UNKNOWN_KM if one.hit.distance_km is None else one.hit.distance_km


def mixed(ordered: Sequence[Offer], most: int = MOST) -> list[Offer]:
    """Choose from the best on, other sorts of learning and other providers first.

    The best one always leads. Another sort goes before a better placed one of a sort that is there
    already only while it reaches the same level and is about as near as the best. The same course
    at another place fills up the first two only: as a third one it shows nothing new.
    """
    chosen, rest = list(ordered[:1]), list(ordered[1:])
    while rest and len(chosen) < most:
        comparable = [at for at, one in enumerate(rest) if _is_comparable(one, ordered[0])]
        best = min(comparable or [0], key=lambda at: (*_likeness(rest[at], chosen), at))
        if len(chosen) >= FEW and _is_titled_as(rest[best], chosen):
            fresh = [at for at, one in enumerate(rest) if not _is_titled_as(one, chosen)]
            if not fresh:
                break
            best = fresh[0]
        chosen.append(rest.pop(best))
    return chosen


def _is_comparable(one: Offer, best: Offer) -> bool:
    return one.level == best.level and _km(one) <= _km(best) + ABOUT_AS_NEAR_KM


def _is_titled_as(one: Offer, chosen: Sequence[Offer]) -> bool:
    return one.course.title.casefold() in {other.course.title.casefold() for other in chosen}


def _likeness(one: Offer, chosen: Sequence[Offer]) -> tuple[bool, bool, bool]:
    return (
        _is_titled_as(one, chosen),
        one.sort in {other.sort for other in chosen},
        one.course.provider in {other.course.provider for other in chosen},
    )


def _picks(chosen: Iterable[Offer], aim: Aim) -> tuple[Pick, ...]:
    return tuple(Pick(one, _why(one, aim)) for one in chosen)


def _why(one: Offer, aim: Aim) -> tuple[Phrase, ...]:
    """Say why it is here: what leads to its level, and what is good about it."""
    reasons = [aim.because]
    if one.level > aim.level:
        reasons = [Phrase("steps.why.further")]
    elif one.level < aim.level:
        reasons = [Phrase("steps.why.smaller")]
    if one.is_free_alone:
        reasons.append(Phrase("steps.why.any_time"))
    elif one.sort is Sort.AT_WORK:
        reasons.append(Phrase("steps.why.at_work"))
    elif one.course.kind in (Kind.DROP_IN, Kind.VOLUNTEERING, Kind.FAMILY):
        reasons.append(Phrase(f"steps.why.{one.course.kind}"))
    elif one.hit.distance_km is not None and one.hit.distance_km <= NEAR_KM:
        reasons.append(Phrase("steps.why.near"))
    return tuple(reasons)
