"""Whether people can go: place, pace, price, capacity and the rest, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import cos, hypot, radians

from bot.courses.phrases import Phrase
from bot.courses.records import Course, CourseInstance, Delivery, Kind, Pattern, Point
from bot.needs.records import Fit, Need

KM_PER_DEGREE = 111.2
WITHIN_REACH, DEARER = 2.0, Decimal("1.5")
"""What people settle by talking: twice as far, half as dear again."""

OFF, FAR_OFF, NOT_SAID = 0.6, 0.3, 0.9
ADULT, OLDER = 18, 50
FREE = "free"
NOT_FOR_TEAMS = frozenset({Kind.FAMILY, Kind.HERITAGE})
WORKING_HOURS = frozenset({Pattern.DAYTIME, Pattern.DAY_RELEASE})


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that suits, or does not.

    Attributes:
        name: Such as "price".
        worth: 1 where it suits, less where it does not.
        phrase: Why; None where there is nothing to say.
        suits: Whether the phrase speaks for the course.
    """

    name: str
    worth: float
    phrase: Phrase | None = None
    suits: bool = True


@dataclass(frozen=True, slots=True)
class Judged:
    """All terms of one run of a course for a need."""

    instance: CourseInstance | None
    terms: tuple[Term, ...]
    worth: float
    distance_km: float | None

    @property
    def misfits(self) -> tuple[Phrase, ...]:
        """What does not fit, the worst first."""
        wrong = sorted((term for term in self.terms if not term.suits), key=lambda one: one.worth)
        return tuple(term.phrase for term in wrong if term.phrase)

    @property
    def reasons(self) -> tuple[Phrase, ...]:
        """What speaks for it."""
        return tuple(term.phrase for term in self.terms if term.suits and term.phrase)


def is_for(course: Course, need: Need) -> bool:
    """Whether a course is one for working people and can be reached at all from the need's city."""
    if course.kind in NOT_FOR_TEAMS or _is_for_other_ages(course):
        return False
    city = need.fit.city
    return not city or course.national or not course.city or course.city == city


def _is_for_other_ages(course: Course) -> bool:
    is_for_children = course.max_age is not None and course.max_age < ADULT
    return is_for_children or (course.min_age is not None and course.min_age >= OLDER)


def judge(course: Course, need: Need, today: date) -> Judged | None:
    """Return the best open run of a course for a need, judged; None where all are over or full."""
    if not course.instances:
        return _judged(course, None, need, _capacity_of((), need))
    open_runs = [run for run in course.instances if is_open(run, today)]
    if not open_runs:
        return None
    capacity = _capacity_of(tuple(open_runs), need)
    return max(
        (_judged(course, run, need, capacity) for run in open_runs), key=lambda one: one.worth
    )


def is_open(run: CourseInstance, today: date) -> bool:
    """Whether one can still begin a run."""
    if run.is_full or run.places_left == 0:
        return False
    if run.apply_by is not None and run.apply_by < today:
        return False
    return run.is_flexible_start or run.start_date is None or run.start_date >= today


def _judged(course: Course, run: CourseInstance | None, need: Need, capacity: Term) -> Judged:
    km = distance_km(run, need.fit)
    terms = (
        *_of_run(run, need, km),
        *_of_course(course, need),
        capacity,
    )
    worth = 1.0
    for term in terms:
        worth *= term.worth
    return Judged(run, terms, worth, km)


def _of_run(run: CourseInstance | None, need: Need, km: float | None) -> Iterator[Term]:
    if run is None:
        yield Term("dates", OFF, Phrase("needs.misfit.no_dates"), suits=False)
        return
    yield _delivery(run, need.fit)
    yield _place(run, need.fit, km)
    yield _pace(run, need.fit)
    yield _price(run, need.fit)
    yield _time(run, need)


def _of_course(course: Course, need: Need) -> Iterator[Term]:
    if course.kind is Kind.DROP_IN:
        yield Term("kind", OFF, Phrase("needs.misfit.drop_in"), suits=False)
    if need.fit.certificate and course.qualification:
        values: dict[str, object] = {"name": course.qualification}
        yield Term("certificate", 1.0, Phrase("needs.reason.certificate", values))
    elif need.fit.certificate:
        yield Term("certificate", OFF, Phrase("needs.misfit.no_certificate"), suits=False)
    wanted = need.fit.languages
    if wanted and course.languages and not _speaks(course, wanted):
        values = {"languages": course.languages}
        yield Term("language", OFF, Phrase("needs.misfit.language", values), suits=False)


def _speaks(course: Course, wanted: frozenset[str]) -> bool:
    taught = {code.partition("-")[0] for code in course.languages}
    return not taught.isdisjoint(code.partition("-")[0] for code in wanted)


def _delivery(run: CourseInstance, fit: Fit) -> Term:
    wanted, given = fit.delivery, run.delivery
    if not wanted:
        return Term("delivery", 1.0)
    if given is None:
        return Term("delivery", NOT_SAID)
    suits = given in wanted or (given is Delivery.WORK and Delivery.IN_PERSON in wanted)
    if suits:
        return Term("delivery", 1.0, Phrase(f"needs.reason.delivery.{given.value}"))
    if given is Delivery.BLENDED and not wanted.isdisjoint({Delivery.ONLINE, Delivery.IN_PERSON}):
        return Term("delivery", NOT_SAID, Phrase("needs.misfit.delivery.blended"), suits=False)
    return Term("delivery", OFF, Phrase(f"needs.misfit.delivery.{given.value}"), suits=False)


def _place(run: CourseInstance, fit: Fit, km: float | None) -> Term:
    if run.delivery in (Delivery.ONLINE, Delivery.WORK):
        return Term("place", 1.0)
    if fit.point is None:
        return Term("place", 1.0)
    if km is None:
        return Term("place", NOT_SAID)
    if km <= fit.radius_km:
        worth = 1.0 - 0.15 * km / max(fit.radius_km, 0.1)
        return Term("place", worth, Phrase("needs.reason.near", {"km": km}))
    worth = OFF if km <= WITHIN_REACH * fit.radius_km else FAR_OFF
    return Term("place", worth, Phrase("needs.misfit.far", {"km": km}), suits=False)


def _pace(run: CourseInstance, fit: Fit) -> Term:
    wanted = fit.patterns or (WORKING_HOURS if fit.in_work_time else frozenset())
    if not wanted:
        return Term("pace", 1.0)
    if is_any_time(run):
        return Term("pace", 1.0, Phrase("needs.reason.any_time"))
    if not run.patterns:
        return Term("pace", NOT_SAID)
    hits = [pattern for pattern in Pattern if pattern in run.patterns and pattern in wanted]
    if hits:
        return Term("pace", 1.0, Phrase(f"needs.reason.pattern.{hits[0].value}"))
    first = next(pattern for pattern in Pattern if pattern in run.patterns)
    return Term("pace", OFF, Phrase(f"needs.misfit.pattern.{first.value}"), suits=False)


def is_any_time(run: CourseInstance) -> bool:
    """Whether each learner goes when it suits: no hours are set."""
    return not run.patterns and (
        run.is_flexible_start or (run.start_date is None and run.start_time is None)
    )


def _price(run: CourseInstance, fit: Fit) -> Term:
    limit, cost = fit.max_price, run.cost
    if cost is not None and cost == 0:
        return Term("price", 1.0, Phrase("needs.reason.free"))
    if limit is None:
        return Term("price", 1.0)
    if cost is None:
        return Term("price", NOT_SAID, Phrase("needs.reason.price_to_ask"))
    if cost <= limit:
        return Term("price", 1.0, Phrase("needs.reason.price", {"cost": cost}))
    if run.concessions and FREE in run.concessions.casefold():
        values = {"cost": cost, "words": run.concessions}
        return Term("price", OFF, Phrase("needs.misfit.price_unless", values), suits=False)
    worth = OFF if cost <= limit * DEARER else FAR_OFF
    return Term("price", worth, Phrase("needs.misfit.price", {"cost": cost}), suits=False)


def _time(run: CourseInstance, need: Need) -> Term:
    if need.by is None or run.start_date is None or run.is_flexible_start:
        return Term("time", 1.0)
    if run.start_date <= need.by:
        return Term("time", 1.0)
    values = {"start": run.start_date, "by": need.by}
    return Term("time", OFF, Phrase("needs.misfit.too_late", values), suits=False)


def _capacity_of(runs: tuple[CourseInstance, ...], need: Need) -> Term:
    """People may be spread over several runs; where one does not say, it is to be asked."""
    places = [run.places_left if run.places_left is not None else run.places for run in runs]
    told = [each for each in places if each is not None]
    room = sum(told)
    if len(told) < len(places) or not places or room >= need.people:
        best = max(told, default=0)
        if best >= need.people > 1:
            return Term("capacity", 1.0, Phrase("needs.reason.room", {"count": need.people}))
        return Term("capacity", 1.0)
    worth = max(FAR_OFF, OFF + (1 - OFF) * room / need.people - 0.1)
    values = {"count": room, "people": need.people}
    return Term("capacity", worth, Phrase("needs.misfit.room", values), suits=False)


def distance_km(run: CourseInstance | None, fit: Fit) -> float | None:
    """Return how far a run is from where the people are; None where either is not known."""
    if run is None or run.venue is None or run.venue.point is None or fit.point is None:
        return None
    return kilometres(run.venue.point, fit.point)


def kilometres(one: Point, other: Point) -> float:
    """Return the distance of two places; exact enough within a city."""
    north = one.lat - other.lat
    east = (one.lon - other.lon) * cos(radians((one.lat + other.lat) / 2))
    return KM_PER_DEGREE * hypot(north, east)
