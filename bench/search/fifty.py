"""The fifty requests by somebody who had not seen the rules: their own figure, never a goal."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bench.rows import Row
from bench.search.catalogue import TODAY, courses, forms
from bench.search.grading import Request, gain, grade, patterns_of, read_request
from bot.courses import Course, CourseIndex, CourseInstance, Point, SearchRequest, Venue

HERE = Path(__file__).parent
HOME = "manchester"
NAMES = [name for name, *_ in forms()["venues"]]


@cache
def _known() -> dict[str, Any]:
    return dict(yaml.safe_load((HERE / "fifty.yaml").read_text("utf-8")))


def requests_by_city() -> dict[str, list[Request]]:
    """The requests of each city's residents."""
    natural = yaml.safe_load((HERE / "natural.yaml").read_text("utf-8"))["topics"]
    topics = patterns_of({**natural, **_known()["topics"]})
    found: defaultdict[str, list[Request]] = defaultdict(list)
    for line in _known()["requests"].strip().splitlines():
        request = read_request(line, topics, is_unseen=True)
        cities = [need[5:] for need in request.needs if need.startswith("city=")]
        needs = tuple(need for need in request.needs if not need.startswith("city="))
        found[cities[0] if cities else HOME].append(dataclasses.replace(request, needs=needs))
    return dict(found)


def gains(size: int) -> list[tuple[str, str, float]]:
    """(city, text, nDCG@10) of every request that something of the catalogue answers."""
    found = []
    for city, asked in requests_by_city().items():
        made = sorted((_moved(one, city) for one in courses(size)), key=lambda one: one.id)
        index = CourseIndex.build(made, TODAY)
        at = {course.id: number for number, course in enumerate(made)}
        for request in asked:
            grades = [grade(request, course) for course in made]
            if any(grades):
                hits = index.search(SearchRequest(request.text, city=city)).hits
                got = gain([grades[at[hit.course.id]] for hit in hits], grades)
                found.append((city, request.text, got))
    return found


def rows(size: int) -> list[Row]:
    """The figure and how many requests could be graded."""
    found = [got for *_, got in gains(size)]
    name = f"{size:,} courses: nDCG@10 of fifty requests by a stranger"
    return [Row("search", name, sum(found) / len(found), "", note=f"{len(found)} requests")]


def _moved(course: Course, city: str) -> Course:
    """The same course, held in another city."""
    if city == HOME:
        return course
    places: Sequence[Sequence[Any]] = _known()["venues"][city]
    runs = tuple(_moved_run(run, places) for run in course.instances)
    return dataclasses.replace(course, city=city, instances=runs)


def _moved_run(run: CourseInstance, places: Sequence[Sequence[Any]]) -> CourseInstance:
    if run.venue is None:
        return run
    name, postcode, lat, lon = places[NAMES.index(run.venue.name) % len(places)]
    return dataclasses.replace(
        run, venue=Venue(name=name, postcode=postcode, point=Point(lat, lon))
    )


if __name__ == "__main__":
    for where, text, got in gains(5_000):
        print(f"{got:.2f}  {where:15} {text}")
    print(rows(5_000)[0])
