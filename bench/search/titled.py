"""A second catalogue: half made by rule, half titles in the manner of real prospectuses."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from bench.search.catalogue import courses as made_courses
from bench.search.catalogue import forms
from bot.courses import Course
from bot.courses.records import Level

HERE = Path(__file__).parent
ENDINGS = ("", "", "", " Level 1", " Level 2", " Level 3", " - Evening", " (QCF)", " - Taster")


@cache
def titles() -> tuple[tuple[str, str], ...]:
    """Every (subject area, title)."""
    found: list[tuple[str, str]] = []
    area = ""
    for line in (HERE / "titles.txt").read_text("utf-8").splitlines():
        if line.startswith("## "):
            area = line[3:]
        elif line and not line.startswith("#"):
            found.append((area, line))
    return tuple(found)


def courses(count: int, seed: int = 5) -> Iterator[Course]:
    """So many courses, every second one with a title of the list; the same for the same seed."""
    dice = random.Random(seed)
    for number, course in enumerate(made_courses(count, seed)):
        if number % 2:
            yield course
            continue
        area, title = dice.choice(titles())
        ending = dice.choice(ENDINGS) if "Level" not in title else ""
        yield dataclasses.replace(
            course,
            title=title + ending,
            level=Level(f"level-{ending[-1]}") if ending.startswith(" Level") else None,
            subjects=(area,) if dice.random() < 0.5 else (),
            description=_text(dice, title) if course.description else "",
        )


def _text(dice: random.Random, title: str) -> str:
    body = dice.choice(forms()["bodies"])
    texts = dice.sample(forms()["texts"], 2)
    return " ".join(text.format(low=title.lower(), body=body) for text in texts)
