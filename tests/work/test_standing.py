"""Where a person stands, by all that they told."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from bot.skills.results import Standing
from bot.work.reads.standing import where_they_stand
from tests.support.told_skills import PERSON, SkillsInMemory, shipped

SURE = {f"1.1.{level}{letter}": 3 for level in (1, 2, 3) for letter in "ab"}
CHECKS = {check.id: check for check in shipped().frameworks["digcomp3"].checks}


def stands(answers: dict[str, int]) -> Standing:
    kept = SkillsInMemory()
    sitting = kept.start(PERSON, "manchester", "digcomp3", "3.0-1", "v", "areas", ("1",))
    for item, answer in answers.items():
        kept.record(PERSON, sitting.id, item, answer, "v")
    unit: Any = SimpleNamespace(skills=kept)
    return where_they_stand(unit, PERSON, shipped())["1.1"]


def test_answers_to_knowledge_checks_count_as_well() -> None:
    wrong = {
        key: (check.right + 1) % len(check.options)
        for key, check in CHECKS.items()
        if check.competence.startswith("1.")
    }

    assert wrong
    assert stands(SURE | wrong) != stands(SURE)
