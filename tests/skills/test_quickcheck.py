"""The quick check places people by the published rule."""

from __future__ import annotations

import pytest

from bot.skills.quickcheck import next_task, place
from content.frameworkfiles import read_quick_check
from content.load import SHIPPED

CHECK = read_quick_check(SHIPPED / "frameworks" / "eds", SHIPPED)
FOUNDATION, LIFE, WORK = (
    [task.id for task in CHECK.tasks if task.tier == tier]
    for tier in ("foundation", "life", "work")
)


def alone(*tasks: list[str]) -> list[tuple[str, int | None]]:
    return [(key, 2) for part in tasks for key in part]


def test_it_has_the_published_number_of_tasks() -> None:
    assert (len(FOUNDATION), len(LIFE), len(WORK)) == (8, 5, 5)
    for tier in ("life", "work"):
        assert sorted(t.skill for t in CHECK.tasks if t.tier == tier) == sorted(
            skill.code for skill in CHECK.skills
        )


@pytest.mark.parametrize(
    ("answers", "reached", "missing"),
    [
        ([], "start", FOUNDATION),
        (alone(FOUNDATION[1:]), "start", FOUNDATION[:1]),
        (alone(FOUNDATION), "foundation", LIFE),
        (alone(FOUNDATION, LIFE[1:]), "foundation", LIFE[:1]),
        (alone(FOUNDATION, LIFE), "entry-3", WORK),
        (alone(FOUNDATION, LIFE, WORK), "level-1", []),
        (alone(LIFE, WORK), "start", FOUNDATION),
        (alone(FOUNDATION, WORK), "foundation", LIFE),
    ],
)
def test_the_rule(answers: list[tuple[str, int | None]], reached: str, missing: list[str]) -> None:
    found = place(CHECK, answers)
    assert (found.place, list(found.missing)) == (reached, missing)


@pytest.mark.parametrize(("answer", "counts"), [(0, False), (1, False), (2, True), (3, True)])
def test_only_alone_counts(answer: int, counts: bool) -> None:
    found = place(CHECK, [*alone(FOUNDATION[1:]), (FOUNDATION[0], answer)])
    assert (found.place == "foundation") is counts


def test_what_does_not_apply_is_not_done() -> None:
    assert place(CHECK, [*alone(FOUNDATION[1:]), (FOUNDATION[0], None)]).place == "start"


def test_higher_tiers_are_asked_when_the_lower_is_reached() -> None:
    answers: list[tuple[str, int | None]] = []
    while (task := next_task(CHECK, answers)) is not None:
        answers.append((task, 3))
    assert [key for key, _ in answers] == FOUNDATION + LIFE + WORK
    assert next_task(CHECK, [*alone(FOUNDATION[1:]), (FOUNDATION[0], 1)]) is None


def test_its_places_and_source_are_told() -> None:
    assert [one.id for one in CHECK.places] == ["start", "foundation", "entry-3", "level-1"]
    assert "Open Government Licence" in CHECK.source.attribution
