"""What the figures are made of: needs, courses and providers' answers as counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bot.insights.comparing import Own
from bot.insights.provision import Asked, Figure, Offered, Promised, Skill
from bot.insights.rounding import told
from bot.needs.matching import read_across
from bot.needs.merging import Merged
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
    "verdict",
    "counted_on",
)
UNMET_COLUMNS = ("framework", "competence", "level", "words", "people")


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


def as_rows(
    figures: Iterable[Figure], counted_on: Mapping[Skill, date] | None = None
) -> Iterator[dict[str, Any]]:
    """Yield figures as plain rows, by the names of COLUMNS; what is suppressed is None.

    A level or sector that is empty stands for all of them.

    Args:
        counted_on: When the needs of each competence were counted; they may be older than the rest.
    """
    days = counted_on or {}
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
            "verdict": "gap" if one.is_gap else "strength" if one.is_strength else "",
            "counted_on": days[one.skill].isoformat() if one.skill in days else "",
        }


def own_of(merged: Iterable[Merged], sector: str) -> tuple[Own, ...]:
    """Return where an organisation's people are: means over groups, each as large as it is."""
    groups: dict[Skill, list[Merged]] = {}
    for one in merged:
        groups.setdefault((one.target.framework, one.target.competence), []).append(one)
    return tuple(_own(skill, groups[skill], sector) for skill in sorted(groups))


def _own(skill: Skill, merged: Sequence[Merged], sector: str) -> Own:
    people = sum(one.people for one in merged)
    now = sum(one.target.now * one.people for one in merged) / people
    should = sum(one.target.should * one.people for one in merged) / people
    return Own(sector, skill, round(now, 2), round(should, 2))


@dataclass(frozen=True, slots=True)
class Sought:
    """What people looked for and did not find.

    Attributes:
        skill: Competence and level, as "1.3:2"; empty where words were typed.
        people: How many of them.
    """

    words: str
    skill: str
    people: int


def unmet_rows(sought: Iterable[Sought]) -> Iterator[dict[str, Any]]:
    """Yield what five people or more sought, in steps of five, by the names of UNMET_COLUMNS."""
    for one in sought:
        people = told(one.people)
        if people is None:
            continue
        competence, _, level = one.skill.partition(":")
        yield {
            "framework": FRAMEWORK if competence else "",
            "competence": competence,
            "level": int(level) if level.isdecimal() else "",
            "words": "" if competence else one.words,
            "people": people,
        }
