"""Natural requests, and grades of courses by rule."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from math import log2
from pathlib import Path

import yaml

from bot.courses import Course, CourseInstance, Delivery, Point, Support
from bot.courses.search.places import kilometres

HERE = Path(__file__).parent
NEAR_KM = 5.0


@dataclass(frozen=True)
class Request:
    """A request, the words that answer it, and what it names besides."""

    text: str
    strong: re.Pattern[str]
    weak: re.Pattern[str]
    needs: tuple[str, ...]
    is_unseen: bool


Topics = Mapping[str, tuple[re.Pattern[str], re.Pattern[str]]]


def _pattern(phrases: Sequence[str]) -> re.Pattern[str]:
    parts = [re.escape(p).replace(r"\*", r"\w*").replace(r"\ ", r"\W+") for p in phrases]
    return re.compile(r"\b(?:" + "|".join(parts) + r")\b" if parts else r"(?!)", re.IGNORECASE)


@cache
def requests() -> tuple[Request, ...]:
    """All labelled requests; every third is kept unseen while the rules are made."""
    known = yaml.safe_load((HERE / "natural.yaml").read_text("utf-8"))
    topics = patterns_of(known["topics"])
    lines = known["requests"].strip().splitlines()
    return tuple(read_request(line, topics, n % 3 == 2) for n, line in enumerate(lines))


def patterns_of(topics: Mapping[str, Mapping[str, Sequence[str]]]) -> Topics:
    """The strong and the weak words of every topic, to search with."""
    return {
        name: (_pattern(topic["strong"]), _pattern(topic["weak"])) for name, topic in topics.items()
    }


def read_request(line: str, topics: Topics, is_unseen: bool) -> Request:
    """Read one line: text, topic, needs."""
    text, topic, *needs = (part.strip() for part in line.split("|"))
    return Request(text, *topics[topic], tuple(" ".join(needs).split()), is_unseen)


def grade(request: Request, course: Course) -> int:
    """2 for a course that answers, 1 for one that comes near, 0 else or where a need is unmet."""
    texts = f"{course.summary} {course.description} {' '.join(course.subjects)}"
    if request.strong.search(course.title):
        points = 2
    elif request.weak.search(course.title) or request.strong.search(texts):
        points = 1
    else:
        return 0
    return points if meets(request, course) else 0


def meets(request: Request, course: Course) -> bool:
    """Whether one run meets all that the request names."""
    if not request.needs:
        return True
    runs = course.instances or (CourseInstance(),)
    return any(all(_meets(need, course, run) for need in request.needs) for run in runs)


def _meets(need: str, course: Course, run: CourseInstance) -> bool:
    name, _, value = need.partition("=")
    match name:
        case "pattern":
            return value in run.patterns
        case "weekday":
            return bool(set(map(int, value.split(","))) & set(run.weekdays))
        case "free" | "max":
            return run.cost is not None and run.cost <= Decimal(value or 0)
        case "level":
            return course.level == value
        case "online":
            return run.delivery == Delivery.ONLINE
        case "childcare" | "support":
            return Support(value or name) in course.support
        case "age":
            return course.min_age is None or course.min_age <= int(value)
        case "from":
            return run.start_date is not None and run.start_date >= date.fromisoformat(value)
        case "to":
            return run.start_date is not None and run.start_date <= date.fromisoformat(value)
        case "near":
            centre = Point(*map(float, value.split(",")))
            point = run.venue.point if run.venue else None
            return point is not None and kilometres(centre, point) <= NEAR_KM
    raise ValueError(need)


def gain(grades: Sequence[int], ideal: Sequence[int], depth: int = 10) -> float:
    """nDCG: the discounted gain of the first ten, as a share of the best possible."""
    best = _discounted(sorted(ideal, reverse=True)[:depth])
    return _discounted(grades[:depth]) / best if best else 1.0


def _discounted(grades: Sequence[int]) -> float:
    return float(sum((2**g - 1) / log2(at + 2) for at, g in enumerate(grades)))
