"""Sittings for tests: what somebody told, without a database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.skills.report import Told
from bot.skills.sittings import GivenAnswer, Mode, Sitting, assessment_of
from content.frameworks import Framework

STARTED = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)

Teller = Callable[[str, int], int]
"""What somebody answers to a sentence of a competence at a level, 0 to 3."""


def steady(level: int) -> Teller:
    """Return somebody who is at a level in everything: sure below it, lost above it."""
    return lambda _, asked: 3 if asked < level else (2 if asked == level else max(0, 1 - asked))


def tell(
    framework: Framework,
    teller: Teller,
    *,
    number: int = 1,
    mode: Mode = "areas",
    parts: tuple[str, ...] = ("1",),
    at: datetime = STARTED,
) -> Told:
    """Return a sitting in which somebody answered all that was asked."""
    key = f"{number:032x}"
    pairs: list[tuple[str, int | None]] = []
    while True:
        assessment = assessment_of(framework, mode, parts, pairs)
        item = assessment.next(pairs)
        if item is None:
            break
        pairs.append((item.id, teller(item.competence, item.level)))
    answers = tuple(
        GivenAnswer(key, item, answer, at + timedelta(seconds=10 * place), "v")
        for place, (item, answer) in enumerate(pairs)
    )
    return Told(_sitting(framework, key, mode, parts, at, len(answers)), answers)


def answered(
    framework: Framework,
    answers: dict[str, int | None],
    *,
    number: int = 1,
    mode: Mode = "areas",
    parts: tuple[str, ...] = ("1",),
    at: datetime = STARTED,
) -> Told:
    """Return a sitting with exactly these answers."""
    key = f"{number:032x}"
    given = tuple(
        GivenAnswer(key, item, answer, at + timedelta(seconds=10 * place), "v")
        for place, (item, answer) in enumerate(answers.items())
    )
    return Told(_sitting(framework, key, mode, parts, at, len(given)), given)


def _sitting(
    framework: Framework, key: str, mode: Mode, parts: tuple[str, ...], at: datetime, count: int
) -> Sitting:
    return Sitting(
        id=key,
        person="anna",
        city="manchester",
        framework=framework.id,
        version=framework.version,
        content_version="v",
        mode=mode,
        parts=parts,
        started_at=at,
        updated_at=at + timedelta(seconds=10 * count),
        finished_at=at + timedelta(seconds=10 * count),
        count=count,
    )
