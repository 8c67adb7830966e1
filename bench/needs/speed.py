"""How long many needs take over a large catalogue, made by rule from the sample courses."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import replace

from bench.needs.labelled import TODAY, catalogue, labelled
from bench.rows import Row, at_most
from bot.needs import Matcher, Need, Provision, Target
from bot.skills.tagging import Tag, infer_tags

NEEDS, COURSES, SLOWEST_SECONDS = 1_000, 10_000, 10.0
AREAS = {1: 3, 2: 6, 3: 4, 4: 4, 5: 4}
CODES = tuple(f"{area}.{at}" for area, size in AREAS.items() for at in range(1, size + 1))
CITY = "manchester"


def speed(part: str) -> list[Row]:
    """Match every need with every course, all of them in one city."""
    chance = random.Random(5)
    provisions = list(_provisions(chance))
    needs = list(_needs(chance))
    began = time.process_time()
    matcher = Matcher(provisions, TODAY)
    built = time.process_time() - began
    began = time.process_time()
    gaps = sum(matcher.answer(need).gap is not None for need in needs)
    taken = time.process_time() - began
    name = f"{NEEDS:,} needs x {COURSES:,} courses"
    return [
        at_most(part, name, taken, "s", SLOWEST_SECONDS, f"processor time; {gaps} leave a gap"),
        Row(part, f"the index of {COURSES:,} courses", built, "s"),
    ]


def _provisions(chance: random.Random) -> Iterator[Provision]:
    tagged = [(one, infer_tags(one)) for one in catalogue().values()]
    usable = [(course, tags) for course, tags in tagged if tags]
    for number in range(COURSES):
        course, tags = chance.choice(usable)
        if chance.random() > 0.3:
            codes = sorted(chance.sample(CODES, chance.randint(1, 3)))
            tags = tuple(Tag(code, chance.randint(1, 3)) for code in codes)
        yield Provision(replace(course, id=f"course-{number}", city=CITY), tags)


def _needs(chance: random.Random) -> Iterator[Need]:
    known = [one.need for one in labelled()]
    for number in range(NEEDS):
        need = chance.choice(known)
        targets = []
        for code in sorted(chance.sample(CODES, chance.randint(1, 4))):
            now = chance.randint(0, 2)
            targets.append(Target(code, now, now + chance.randint(1, 2)))
        words = need.words if number % 2 else ""
        fit = replace(need.fit, city=CITY)
        yield replace(need, id=f"need-{number}", targets=tuple(targets), words=words, fit=fit)
