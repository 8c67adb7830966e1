"""Search: does it find what is typed, what is meant, what is near, and how fast and how small."""

from __future__ import annotations

import csv
import dataclasses
import gc
import json
import resource
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from bench.rows import Row, at_least, at_most
from bench.search import fifty, residents
from bench.search.catalogue import TODAY, courses
from bench.search.grading import gain, grade, requests
from bench.search.known import Query, queries
from bench.search.peers import Corrector, Fts5, Tantivy
from bot.courses import Course, CourseIndex, SearchRequest
from bot.courses.search.words import words_of

PART = "search"
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "courses"
REAL_GOALS = (0.99, 0.995, 0.999)
GOALS = {
    5_000: (0.99, 0.995, 0.999, 0.75, 0.70, 2, 10, 1, 80),
    50_000: (0.98, 0.99, 0.998, 0.88, 0.75, 5, 25, 2, 150),
}
SLIPS = ("one slip", "two slips", "heard")
Search = Callable[[str], Sequence[int]]


def run() -> list[Row]:
    """Measure everything; about two minutes."""
    rows: list[Row] = []
    for size in GOALS:
        rows += _catalogue(size)
    if real := _real():
        ours = _ours(CourseIndex.build(real, TODAY))
        rows += _known(f"{len(real):,} real titles", real, ours, 800, REAL_GOALS)
    return [*rows, *residents.rows(5_000), *fifty.rows(5_000), *_large(100_000)]


def _catalogue(size: int) -> list[Row]:
    mrr_clean, mrr_typo, hit, natural, needs, p50, p99, build_s, memory = GOALS[size]
    made = list(courses(size))
    CourseIndex.build(made[:10], TODAY)
    gc.collect()
    before, began = _resident(), time.process_time()
    index = CourseIndex.build(made, TODAY)
    took = time.process_time() - began
    gc.collect()
    used = (_resident() - before) / 1e6
    name = f"{size:,} courses"
    rows = [
        at_most(PART, f"{name}: build", took, "s", build_s),
        at_most(PART, f"{name}: memory", used, "MB", memory),
    ]
    opened = [_joinable(course) for course in made]
    ours = CourseIndex.build(opened, TODAY - timedelta(60))
    rows += _known(name, opened, _ours(ours), 800, (mrr_clean, mrr_typo, hit))
    rows += _natural(name, made, _ours(index), (natural, needs))
    rows += _broken(name, index)
    rows += _speed(name, index, made, (p50, p99))
    corrector = Corrector(made)
    for engine in (Fts5(made, corrector), Tantivy(made, corrector)):
        rows += _known(f"{name}, {engine.name}", made, engine.search, 400, None)
        rows += _natural(f"{name}, {engine.name}", made, engine.search, None)
    return rows


def _resident() -> int:
    """Bytes of memory that the process holds."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize()


def _ours(index: CourseIndex) -> Search:
    known = {course.id: at for at, course in enumerate(index)}
    return lambda text: [known[hit.course.id] for hit in index.search(SearchRequest(text)).hits]


def _joinable(course: Course) -> Course:
    runs = tuple(dataclasses.replace(run, is_full=False) for run in course.instances)
    return dataclasses.replace(course, instances=runs)


def _plain(title: str) -> str:
    return " ".join(word for word in words_of(title) if word != "and")


def _known(
    name: str, made: Sequence[Course], search: Search, count: int, goals: tuple[float, ...] | None
) -> list[Row]:
    titles = [_plain(course.title) for course in _in_order(made, search)]
    found: dict[bool, list[int]] = {False: [], True: []}
    for query in queries([course.title for course in made], count, seed=7):
        ranks = [
            at for at, n in enumerate(search(query.text), 1) if titles[n] == _plain(query.title)
        ]
        found[query.way in SLIPS].append(ranks[0] if ranks else 0)
    clean, typo = (_mrr(found[way]) for way in (False, True))
    hit = sum(0 < rank <= 5 for rank in found[True]) / len(found[True])
    if goals is None:
        return [
            Row(PART, f"{name}: MRR clean", clean, ""),
            Row(PART, f"{name}: MRR typo", typo, ""),
        ]
    return [
        at_least(PART, f"{name}: MRR clean", clean, "", goals[0], f"{count} queries, both kinds"),
        at_least(PART, f"{name}: MRR typo", typo, "", goals[1]),
        at_least(PART, f"{name}: Hit@5 typo", hit, "", goals[2]),
    ]


def _in_order(made: Sequence[Course], search: Search) -> Sequence[Course]:
    """Our index numbers courses by id, the peers in the order they were given."""
    is_peer = hasattr(search, "__self__")
    return made if is_peer else sorted(made, key=lambda course: course.id)


def _mrr(ranks: Sequence[int]) -> float:
    return sum(1 / rank for rank in ranks if rank) / len(ranks)


def _natural(
    name: str, made: Sequence[Course], search: Search, goals: tuple[float, float] | None
) -> list[Row]:
    ordered = _in_order(made, search)
    gains: dict[tuple[bool, bool], list[float]] = {}
    for request in requests():
        grades = [grade(request, course) for course in ordered]
        if any(grades):
            got = gain([grades[n] for n in search(request.text)], grades)
            gains.setdefault((bool(request.needs), request.is_unseen), []).append(got)
    rows = []
    for (has_needs, is_unseen), values in sorted(gains.items()):
        what = "with needs" if has_needs else "natural"
        label = f"{name}: nDCG@10 {what}{', unseen third' if is_unseen else ''}"
        mean = sum(values) / len(values)
        note = f"{len(values)} requests"
        goal = goals[has_needs] if goals else None
        rows.append(
            at_least(PART, label, mean, "", goal, note)
            if goal
            else Row(PART, label, mean, "", note=note)
        )
    return rows


def _broken(name: str, index: CourseIndex) -> list[Row]:
    """Results that break a filter which was set by hand, over every request with needs."""
    count = 0
    for request in requests():
        understood = index.understand(request.text)
        asked = SearchRequest(understood.subject, filters=understood.filters, limit=50)
        free = understood.filters.free
        for hit in index.search(asked).hits:
            cost = hit.instance.cost if hit.instance else None
            count += free and cost != 0
            patterns = understood.filters.patterns
            count += bool(patterns) and not (hit.instance and patterns & hit.instance.patterns)
            levels = understood.filters.levels
            count += bool(levels) and hit.course.level not in levels
    return [at_most(PART, f"{name}: results that break a filter", count, "", 0)]


def _speed(
    name: str, index: CourseIndex, made: Sequence[Course], goals: tuple[float, float]
) -> list[Row]:
    texts = [query.text for query in _queries(made, 400)] + [request.text for request in requests()]
    taken = []
    for text in texts:
        began = time.thread_time()
        index.search(SearchRequest(text))
        taken.append(1000 * (time.thread_time() - began))
    taken.sort()
    note = f"{len(texts)} requests, words not seen before, time of the thread"
    return [
        at_most(PART, f"{name}: p50", taken[len(taken) // 2], "ms", goals[0], note),
        at_most(PART, f"{name}: p99", taken[int(len(taken) * 0.99)], "ms", goals[1]),
    ]


def _queries(made: Sequence[Course], count: int) -> list[Query]:
    return queries([course.title for course in made], count, seed=11)


def _large(size: int) -> list[Row]:
    made = list(courses(size, seed=3))
    gc.collect()
    before, began = _resident(), time.process_time()
    index = CourseIndex.build(made, TODAY)
    took = time.process_time() - began
    gc.collect()
    used = (_resident() - before) / 1e6
    p50, p99 = _speed("", index, made, (0, 0))
    name = f"{size:,} courses"
    return [
        Row(PART, f"{name}: build", took, "s"),
        Row(PART, f"{name}: memory", used, "MB"),
        Row(PART, f"{name}: p50", p50.value, "ms"),
        Row(PART, f"{name}: p99", p99.value, "ms"),
    ]


def _real() -> list[Course]:
    """The real titles that lie beside the project, none where they do not."""
    if not SHARED.is_dir():
        return []
    made: list[Course] = []
    for name in ("stolaf_unique.csv", "skills_toolkit_courses.csv"):
        with (SHARED / name).open(encoding="utf-8-sig", newline="") as file:
            made += [_titled(name, number, row) for number, row in enumerate(csv.DictReader(file))]
    items = json.loads((SHARED / "tess_nbis-course-instances.json").read_text("utf-8"))
    made += [
        _titled("tess", number, {**item, "title": item.get("name")})
        for number, item in enumerate(items)
    ]
    return [course for course in made if course.title]


def _titled(source: str, number: int, row: Mapping[str, str | None]) -> Course:
    text = row.get("description") or ""
    title = row.get("title") or ""
    return Course(f"{source}-{number}", f"provider {number % 7}", title, description=text)
