"""Tagging: are the competences that a course's words tell those that a person would name?"""

from __future__ import annotations

import time
from collections.abc import Sequence

from bench.rows import Row, at_least, at_most
from bench.tagging.labelled import Labelled, labelled
from bench.tagging.scoring import Score, score
from bot.skills.tagging import infer_tags, shipped_rules

PART = "tagging"
PRECISION, RECALL, SLOWEST_MS = 0.85, 0.60, 5.0


def run() -> list[Row]:
    """Score the labelled courses: the two thirds that were looked at, and the third held out."""
    every = labelled()
    if not every:
        return []
    rows: list[Row] = []
    for name, courses in (
        ("seen two thirds", [one for one in every if not one.is_held_out]),
        ("held-out third", [one for one in every if one.is_held_out]),
    ):
        rows += _rows(name, courses)
    return [*rows, _speed(every)]


def _rows(name: str, courses: Sequence[Labelled]) -> list[Row]:
    found = score(courses)
    note = f"{len(courses)} courses, {found.labels} labels"
    told = f"{found.hits} of {found.tags} tags"
    return [
        at_least(PART, f"{name}: precision", found.precision, "", PRECISION, told),
        at_least(PART, f"{name}: recall", found.recall, "", RECALL, note),
        Row(PART, f"{name}: same band", found.same_band, "", note="of the right tags"),
        Row(PART, f"{name}: band at most one off", found.near_band, ""),
        *_by_kind(name, courses),
    ]


def _by_kind(name: str, courses: Sequence[Labelled]) -> list[Row]:
    rows = []
    for kind, is_sample in (("real", False), ("sample", True)):
        part: Score = score([one for one in courses if one.course.is_sample == is_sample])
        if part.labels:
            label = f"{name}, {kind} courses"
            rows.append(Row(PART, f"{label}: precision", part.precision, ""))
            rows.append(Row(PART, f"{label}: recall", part.recall, ""))
    return rows


def _speed(courses: Sequence[Labelled]) -> Row:
    rules = shipped_rules()
    taken = []
    for one in courses:
        began = time.thread_time()
        infer_tags(one.course, rules)
        taken.append(1000 * (time.thread_time() - began))
    slowest = max(taken)
    return at_most(PART, "slowest course", slowest, "ms", SLOWEST_MS, "time of the thread")
