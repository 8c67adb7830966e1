"""Turn what an employer answered into an organisation and its needs.

Works on the questionnaires "skills-needs" and "quick-needs" of the content by the ids of their
questions and options; what a city leaves out of them is simply not known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from bot.courses.records import Delivery, Pattern, Point
from bot.needs.problems import ProblemReader
from bot.needs.records import Aim, Fit, Need, Organisation, SizeBand, Target
from bot.questionnaires.records import OTHER, Answers, GridCell, Key
from content.needs import Role, Starts

PROBLEM = "problem"
"""The question that is answered in words of which problems are read."""

TELLING = frozenset({"skills-needs", "quick-needs"})
"""Questionnaires that tell what people need: the newest of them counts. Others stand beside it."""

DAYS: Mapping[str, int] = {"month": 31, "quarter": 92, "half-year": 183, "year": 366}
RADIUS_KM: Mapping[str, float] = {"near": 3.2, "city": 15.0, "far": 60.0}
PRICES: Mapping[str, Decimal] = {
    "free": Decimal(0),
    "50": Decimal(50),
    "200": Decimal(200),
    "1000": Decimal(1000),
}

_Word = TypeVar("_Word", bound=StrEnum)


def problem_of(need: Need) -> str:
    """Return the problem that a need was read from, by its id; nothing that is one for others."""
    return need.id.split("/")[-1].partition("|")[0]


def organisation_of(
    answers: Answers, key: str, city: str, point: Point | None = None
) -> Organisation:
    """Return the organisation that answered.

    Args:
        key: Its id.
        point: Where the place that it named is, if that is known.
    """
    return Organisation(
        id=key,
        name=_text(answers, "name"),
        city=city,
        size=_word(SizeBand, _text(answers, "size")),
        sector=_text(answers, "sector"),
        place=_text(answers, "place"),
        point=point,
        website=_text(answers, "website"),
    )


def fit_of(answers: Answers, city: str, point: Point | None = None) -> Fit:
    """Return how training has to suit."""
    known = Fit(city=city, point=point)
    return replace(
        known,
        radius_km=RADIUS_KM.get(_text(answers, "radius"), known.radius_km),
        delivery=frozenset(_words(Delivery, answers, "delivery")),
        patterns=frozenset(_words(Pattern, answers, "hours")),
        in_work_time=_text(answers, "work-time") == "yes",
        max_price=PRICES.get(_text(answers, "price")),
        languages=frozenset(one for one in _chosen(answers, "languages") if one[0] != OTHER),
        certificate=_text(answers, "certificate") == "yes",
    )


def needs_of(
    answers: Answers,
    organisation: Organisation,
    starts: Starts,
    reader: ProblemReader,
    today: date,
) -> tuple[Need, ...]:
    """Return the needs, each of one skill of a role or of one problem.

    A role asks for many skills that no single course teaches: each of them is a need of its own.
    Skills that people have already are none. A problem in words becomes one need for each problem
    that is read from it, in those words; what the words only resemble is none.

    Args:
        starts: The content's roles, which say what wide skills mean in them.
        reader: Reads problems.
        today: From which "in a month" counts.
    """
    told = told_of(answers, organisation, starts, reader, today)
    return tuple(one for one in told if any(target.distance for target in one.targets))


def told_of(
    answers: Answers,
    organisation: Organisation,
    starts: Starts,
    reader: ProblemReader,
    today: date,
) -> tuple[Need, ...]:
    """Return as `needs_of`, with the skills of which it was said that people have them already.

    They are voices as well: a colleague who sees no need does not agree with one who does.
    """
    common = Need(
        id=organisation.id,
        targets=(),
        organisation=organisation.id,
        team=_text(answers, "team"),
        fit=fit_of(answers, organisation.city, organisation.point),
        tried=_text(answers, "tried"),
    )
    found: list[Need] = []
    for key in _chosen(answers, "roles"):
        found.extend(_of_role(key, starts.roles.get(key), answers, common, today))
    return (*found, *_of_problem(answers, common, reader, today))


def _of_role(
    key: str, role: Role | None, answers: Answers, common: Need, today: date
) -> Iterator[Need]:
    about = role.about if role else {}
    cells = answers.get(Key("skills", key))
    for cell in cells if isinstance(cells, tuple) else ():
        if isinstance(cell, GridCell):
            framework, _, code = cell.row.partition(":")
            yield replace(
                common,
                id=f"{common.id}/{key}/{cell.row}",
                words=about.get(code, ""),
                role=key.removeprefix(OTHER),
                targets=(Target(code, cell.now, cell.should, framework),),
                people=_count(answers, Key("people", key)),
                aim=_word(Aim, _text(answers, "aim", key)) or Aim.DEVELOPING,
                by=_by(_text(answers, "by", key), today),
            )


def _of_problem(
    answers: Answers, common: Need, reader: ProblemReader, today: date
) -> Iterator[Need]:
    words = _text(answers, PROBLEM)
    people = "problem-people" if Key("problem-people") in answers else "people"
    for reading in reader.read(words):
        if reading.is_sure:
            yield replace(
                common,
                id=f"{common.id}/{reading.problem}",
                targets=reading.targets,
                words=words,
                people=_count(answers, Key(people)),
                by=_by(_text(answers, "problem-by"), today),
            )


def _text(answers: Answers, question: str, item: str = "") -> str:
    value = answers.get(Key(question, item))
    return value if isinstance(value, str) else ""


def _chosen(answers: Answers, question: str) -> tuple[str, ...]:
    value = answers.get(Key(question))
    chosen = value if isinstance(value, tuple) else ()
    return tuple(one for one in chosen if isinstance(one, str) and one)


def _count(answers: Answers, key: Key) -> int:
    value = answers.get(key)
    return max(1, int(value)) if isinstance(value, Decimal) else 1


def _word(kind: type[_Word], text: str) -> _Word | None:
    return kind(text) if text in set(kind) else None


def _words(kind: type[_Word], answers: Answers, question: str) -> Iterator[_Word]:
    for text in _chosen(answers, question):
        found = _word(kind, text)
        if found is not None:
            yield found


def _by(text: str, today: date) -> date | None:
    return today + timedelta(days=DAYS[text]) if text in DAYS else None
