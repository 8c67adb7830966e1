"""How well search does on the benchmark's catalogues, small enough for every run of the tests."""

import csv
from collections.abc import Sequence
from datetime import timedelta

import pytest

from bench.search import catalogue
from bench.search.grading import gain, grade, meets, requests
from bench.search.known import queries
from bot.courses import Course, CourseIndex, SearchRequest
from bot.courses.search.knowledge import SHIPPED, load_knowledge, shipped_knowledge
from bot.courses.search.words import words_of
from content.reading import read_yaml
from tests.support.shared import shared_data

COURSES = tuple(catalogue.courses(1500))
INDEX = CourseIndex.build(COURSES, catalogue.TODAY)


def mean_reciprocal_rank(index: CourseIndex, courses: Sequence[Course], count: int) -> float:
    asked = queries([course.title for course in courses], count, seed=2)
    total = 0.0
    for query in asked:
        hits = index.search(SearchRequest(query.text)).hits
        titles = [words_of(hit.course.title) for hit in hits]
        wanted = words_of(query.title)
        total += 1 / (titles.index(wanted) + 1) if wanted in titles else 0
    return total / len(asked)


def test_titles_are_found_whole_in_part_and_misspelt() -> None:
    early = CourseIndex.build(COURSES, catalogue.TODAY - timedelta(60))
    assert mean_reciprocal_rank(early, COURSES, 300) > 0.96


@pytest.mark.shared_data
def test_real_titles_are_found() -> None:
    with shared_data("courses/stolaf_unique.csv").open(encoding="utf-8", newline="") as file:
        rows = [row["title"] for row in csv.DictReader(file)][:3000]
    courses = [Course(str(n), "p", title) for n, title in enumerate(rows) if title]
    assert mean_reciprocal_rank(CourseIndex.build(courses, catalogue.TODAY), courses, 300) > 0.97


def test_natural_requests_are_answered() -> None:
    gains = []
    for request in requests():
        grades = {course.id: grade(request, course) for course in COURSES}
        if any(grades.values()):
            hits = INDEX.search(SearchRequest(request.text)).hits
            gains.append(gain([grades[hit.course.id] for hit in hits], list(grades.values())))
    assert sum(gains) / len(gains) > 0.8


def test_what_a_request_names_is_met() -> None:
    broken = [
        (request.text, hit.course.title)
        for request in requests()
        if request.needs and "level" not in request.text and "near" not in request.text
        for hit in INDEX.search(SearchRequest(request.text)).hits
        if not meets(request, hit.course)
    ]
    assert len(broken) <= 2, broken


def test_the_labelled_set_is_large_and_a_third_is_unseen() -> None:
    assert len(requests()) >= 150
    assert sum(request.is_unseen for request in requests()) == len(requests()) // 3


@pytest.mark.parametrize("name", ["meanings", "words", "requests", "esco"])
def test_every_file_says_where_it_comes_from(name: str) -> None:
    document = read_yaml(SHIPPED / "search" / f"{name}.yaml", SHIPPED).value
    assert isinstance(document, dict)
    assert all(
        document[field]
        for field in ("id", "version", "source", "licence", "attribution", "retrieved")
    )


def test_other_content_may_be_loaded() -> None:
    assert load_knowledge() == shipped_knowledge()


def test_every_word_that_learners_say_is_right() -> None:
    knowledge = shipped_knowledge()
    assert knowledge.is_known("evening")
    assert knowledge.is_known("vlookup")
    assert not knowledge.is_known("evning")
