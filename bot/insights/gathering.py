"""What the figures are made of: needs, courses and providers' answers as counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from bot.insights.provision import Asked, Figure, Offered, Promised
from bot.needs.matching import read_across
from bot.needs.records import Need, Organisation, Provision
from bot.questionnaires.records import Answers, GridCell, Key
from content.frameworks import Framework

FRAMEWORK = "digcomp3"
"""That of the tags of courses."""

COLUMNS = (
    "framework",
    "competence",
    "level",
    "sector",
    "organisations",
    "people",
    "courses",
    "places",
    "could",
)


def asked_by(
    organisation: Organisation, needs: Iterable[Need], frameworks: Mapping[str, Framework]
) -> Iterator[Asked]:
    """Yield what an organisation asks for, in the framework in which courses are tagged."""
    for need in needs:
        for target in read_across(need.targets, frameworks):
            if target.distance:
                skill = (target.framework, target.competence)
                sector = organisation.sector
                yield Asked(organisation.id, sector, skill, target.should, need.people)


def offered_by(provisions: Iterable[Provision]) -> Iterator[Offered]:
    """Yield what courses teach, with the places that their runs still have."""
    for one in provisions:
        places = [
            run.places_left if run.places_left is not None else run.places
            for run in one.course.instances
            if not run.is_full
        ]
        known = [each for each in places if each is not None]
        for tag in one.tags:
            skill = (FRAMEWORK, tag.competence)
            yield Offered(one.course.id, skill, tag.level, sum(known) if known else None)


def promised_by(provider: str, answers: Answers) -> Iterator[Promised]:
    """Yield what a provider's answers to the questionnaire "provision" say that it could offer."""
    for key, value in sorted(answers.items(), key=lambda one: one[0]):
        if key.question != "levels" or not isinstance(value, tuple):
            continue
        places = answers.get(Key("places", key.item))
        room = int(places) if isinstance(places, Decimal) else None
        for cell in value:
            if isinstance(cell, GridCell) and cell.should > cell.now:
                framework, _, code = cell.row.partition(":")
                yield Promised(provider, (framework, code), cell.now + 1, cell.should, room)


def as_rows(figures: Iterable[Figure]) -> Iterator[dict[str, Any]]:
    """Yield figures as plain rows, by the names of COLUMNS; what is suppressed is None.

    A level or sector that is empty stands for all of them.
    """
    for one in figures:
        yield {
            "framework": one.skill[0],
            "competence": one.skill[1],
            "level": one.level or "",
            "sector": one.sector or "",
            "organisations": one.organisations,
            "people": one.people,
            "courses": one.courses,
            "places": one.places,
            "could": one.could,
        }
