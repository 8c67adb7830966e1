"""A framework with the shape of DigComp and no words worth reading."""

from __future__ import annotations

from content.frameworks import Area, CanDo, Check, Competence, Framework, Level, Rung
from content.schema import Source

SHAPE = (3, 6, 4, 4, 4)


def small_source(key: str = "made-up") -> Source:
    return Source.model_validate(
        {
            "id": key,
            "title": "Made up",
            "publisher": "Nobody",
            "version": "1",
            "licence": "CC0",
            "attribution": "Made up for a test.",
            "used_for": "a test",
            "retrieved": "2026-11-21",
        }
    )


def competence(code: str, sentences: int) -> Competence:
    return Competence(
        code=code,
        title=f"Competence {code}",
        short=f"Skill {code}",
        use="It is good for something.",
        rungs=tuple(
            Rung(
                example="An example from a day at home.",
                sentences=tuple(
                    CanDo(id=f"{code}.{level}{letter}", can=f"Do {letter} at level {level}")
                    for letter in "abc"[:sentences]
                ),
            )
            for level in range(1, 5)
        ),
    )


def framework(shape: tuple[int, ...] = SHAPE, sentences: int = 2, checks: int = 2) -> Framework:
    """Return a framework; `checks` is the number of checks of each competence."""
    areas = tuple(
        Area(
            code=str(area),
            title=f"Area {area}",
            short=f"Area {area}",
            competences=tuple(competence(f"{area}.{n}", sentences) for n in range(1, size + 1)),
        )
        for area, size in enumerate(shape, 1)
    )
    return Framework(
        id="made-up",
        title="Made up",
        short="Made up",
        version="1",
        status="draft",
        label="Made up",
        source=small_source(),
        changes="none",
        levels=tuple(
            Level(id=f"level-{level}", name=f"Level {level}", meaning="More than before.")
            for level in range(1, 5)
        ),
        areas=areas,
        checks=tuple(
            Check(
                id=f"check-{own.code}-{n}",
                competence=own.code,
                level=2 + n % 2,
                question="Which one is it?",
                options=("one", "two", "three", "four"),
                right=n % 4,
                explanation="It is this one.",
            )
            for area in areas
            for own in area.competences
            for n in range(checks)
        ),
    )
