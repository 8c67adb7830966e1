"""Requests of very different residents over the second catalogue; a third is kept unseen."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import yaml

from bench.rows import Row, at_least
from bench.search.catalogue import TODAY
from bench.search.grading import Request, gain, grade, patterns_of, read_request
from bench.search.titled import courses
from bot.courses import CourseIndex, SearchRequest

HERE = Path(__file__).parent
GOALS = {5_000: (0.75, 0.70), 50_000: (0.88, 0.75)}


@cache
def requests() -> tuple[Request, ...]:
    """All requests, every third one unseen."""
    known = yaml.safe_load((HERE / "residents.yaml").read_text("utf-8"))
    topics = patterns_of(known["topics"])
    lines = known["requests"].strip().splitlines()
    return tuple(read_request(line, topics, n % 3 == 2) for n, line in enumerate(lines))


def gains(size: int) -> list[tuple[Request, float]]:
    """nDCG@10 of every request that something of the catalogue answers."""
    made = sorted(courses(size), key=lambda one: one.id)
    index = CourseIndex.build(made, TODAY)
    at = {course.id: number for number, course in enumerate(made)}
    found = []
    for request in requests():
        grades = [grade(request, course) for course in made]
        if any(grades):
            hits = index.search(SearchRequest(request.text)).hits
            found.append((request, gain([grades[at[hit.course.id]] for hit in hits], grades)))
    return found


def rows(size: int) -> list[Row]:
    """The figures, apart for requests with needs and for the unseen third."""
    parts: dict[tuple[bool, bool], list[float]] = {}
    for request, got in gains(size):
        parts.setdefault((bool(request.needs), request.is_unseen), []).append(got)
    found = []
    for (has_needs, is_unseen), values in sorted(parts.items()):
        what = "with needs" if has_needs else "natural"
        name = f"{size:,} real-like titles: nDCG@10 of residents, {what}"
        name += ", unseen third" if is_unseen else ""
        mean, note = sum(values) / len(values), f"{len(values)} requests"
        found.append(at_least("search", name, mean, "", GOALS[size][has_needs], note))
    return found


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    for asked, value in sorted(gains(count), key=lambda pair: pair[1]):
        if not asked.is_unseen:
            print(f"{value:.2f}  {asked.text}")
    for row in rows(count):
        print(row)
