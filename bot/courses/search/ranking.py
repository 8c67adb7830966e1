"""The order of hits: relevance, nearness, soonest start; past and full ones come last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.courses.records import Course, CourseInstance, Point
from bot.courses.search.places import kilometres
from bot.courses.search.rows import NO_RUN, Rows, is_full, is_past, start_date_of

FIRST_SCREEN = 3
THE_SAME, EXACT = 0.9995, 0.985
NAMING_WORDS, NAMED = 3, 0.96
BAND, NEAR_BAND = 0.01, 0.06
ABOUT_AS_GOOD = 0.03
FAR_AWAY = 999.0
COMPARABLE = 0.8


@dataclass(frozen=True, slots=True)
class Candidate:
    """A course that may be shown, with the run that suits best."""

    document: int
    row: int
    relevance: float
    run: CourseInstance
    distance_km: float | None
    is_past: bool
    is_full: bool
    start: date

    @property
    def is_closed(self) -> bool:
        """Whether nobody can join it any more."""
        return self.is_past or self.is_full


def candidate(
    document: int,
    rows: Sequence[int],
    relevance: float,
    course: Course,
    facts: Rows,
    centre: Point | None,
    today: date,
) -> Candidate:
    """A course with the best of its rows: one that can be joined, near, soon."""
    runs = course.instances
    first = facts.starts[document]
    best: Candidate | None = None
    for row in rows:
        run = runs[row - first] if runs else NO_RUN
        point = facts.points[row]
        away = kilometres(centre, point) if centre is not None and point is not None else None
        past = run is not NO_RUN and is_past(run, today)
        start = start_date_of(run) or (today if run.is_flexible_start else date.max)
        one = Candidate(document, row, relevance, run, away, past, is_full(run), start)
        if best is None or _row_order(one, today) < _row_order(best, today):
            best = one
    if best is None:
        raise ValueError("a candidate needs a row")
    return best


def _row_order(one: Candidate, today: date) -> tuple[bool, float, bool, date]:
    return one.is_closed, _away(one), one.start < today, one.start


def _away(one: Candidate) -> float:
    return FAR_AWAY if one.distance_km is None else round(one.distance_km, 1)


def ordered(
    found: Sequence[Candidate],
    courses: Sequence[Course],
    *,
    is_near: bool,
    is_cheap: bool,
    words: int = 0,
) -> list[Candidate]:
    """Candidates in the order in which they are shown.

    Courses about as relevant go by nearness, then start. Past and full ones come after every
    open one that is comparably relevant, and so on below that. Who typed the better part of a
    title, in three words or more, wants that very course: it comes first, full or not.
    """
    if not found:
        return []
    best = max(one.relevance for one in found)
    band = NEAR_BAND if is_near else BAND

    def order(one: Candidate) -> tuple[object, ...]:
        is_strong = one.relevance >= COMPARABLE * best
        exact = one.relevance >= EXACT
        level = -2 if exact else -round(one.relevance / band) * band
        level = -3 if one.relevance >= THE_SAME else level
        is_named = words >= NAMING_WORDS and one.relevance >= max(NAMED, best - BAND)
        price = float(one.run.cost) if is_cheap and one.run.cost is not None else FAR_AWAY
        return (
            not is_named, not is_strong, one.is_closed, level, price if is_cheap else 0,
            _away(one) if is_near else 0, -round(one.relevance, 3), _away(one), one.start,
            courses[one.document].id,
        )  # fmt: skip

    return _varied(sorted(found, key=order), courses)


def _varied(found: list[Candidate], courses: Sequence[Course]) -> list[Candidate]:
    """Bring other providers to the first screen where they are about as good."""
    for at in range(1, min(FIRST_SCREEN, len(found))):
        seen = {courses[one.document].provider for one in found[:at]}
        here = found[at]
        if courses[here.document].provider not in seen:
            continue
        for other in range(at + 1, min(len(found), at + 12)):
            there = found[other]
            if (
                courses[there.document].provider not in seen
                and there.is_closed == here.is_closed
                and there.relevance >= here.relevance - ABOUT_AS_GOOD
                and (here.relevance < EXACT or there.relevance >= EXACT)
            ):
                found.insert(at, found.pop(other))
                break
    return found
