"""A city of people who work somewhere, each with what they can do: always the same for a seed."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from bot.insights.provision import Asked, Skill
from bot.questionnaires import GridCell

PEOPLE = 20_000
SECTORS, WEIGHTS = ("care", "retail", "digital", "public", "creative"), (9, 6, 3, 2, 1)
CODES, LEVELS = ("1.1", "1.2", "1.3", "2.1"), (1, 2, 3, 4)
FRAMEWORK = "digcomp3"


@dataclass(frozen=True, slots=True)
class Worker:
    """One person: where they work, and their level in each of CODES."""

    organisation: str
    sector: str
    levels: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GeneratedCity:
    """Everybody, and what their organisations want them to be able to do (0: nothing)."""

    workers: tuple[Worker, ...]
    wanted: dict[str, tuple[int, ...]]

    def short(self, at: int) -> Iterator[Worker]:
        """Yield whoever is not where their organisation wants them, in one of CODES."""
        for one in self.workers:
            if one.levels[at] < self.wanted[one.organisation][at]:
                yield one

    def asked(self) -> list[Asked]:
        """Return the needs of all organisations, as figures count them."""
        return [
            Asked(key, sector, skill_at(at), self.wanted[key][at], count)
            for at in range(len(CODES))
            for (key, sector), count in Counter(
                (one.organisation, one.sector) for one in self.short(at)
            ).items()
        ]

    def answers(self) -> Iterator[tuple[str, str, dict[int, tuple[GridCell, ...]]]]:
        """Yield each organisation, its sector, and its needs by how many people they are about."""
        people: dict[str, Counter[int]] = {key: Counter() for key in self.wanted}
        sectors = {one.organisation: one.sector for one in self.workers}
        for at in range(len(CODES)):
            for one in self.short(at):
                people[one.organisation][at] += 1
        for key, counts in people.items():
            cells: dict[int, tuple[GridCell, ...]] = {}
            for at, count in counts.items():
                cell = GridCell(f"{FRAMEWORK}:{CODES[at]}", 0, self.wanted[key][at])
                cells[count] = (*cells.get(count, ()), cell)
            yield key, sectors[key], cells


def skill_at(at: int) -> Skill:
    """Return the competence at a place of CODES."""
    return FRAMEWORK, CODES[at]


def generated_city(seed: int, people: int = PEOPLE) -> GeneratedCity:
    """Return a city of so many people: most work in small organisations, some in large ones."""
    chance = random.Random(seed)
    workers: list[Worker] = []
    wanted: dict[str, tuple[int, ...]] = {}
    while len(workers) < people:
        key = f"o{len(wanted)}"
        size = min(int(chance.paretovariate(1.1) * 3), 900, people - len(workers))
        sector = chance.choices(SECTORS, weights=WEIGHTS)[0]
        wanted[key] = tuple(chance.choices((0, *LEVELS), weights=(8, 3, 4, 1, 1), k=len(CODES)))
        workers += [
            Worker(key, sector, tuple(chance.choices(range(4), k=len(CODES)))) for _ in range(size)
        ]
    return GeneratedCity(tuple(workers), wanted)
