"""What an employer takes away: needs, matches and gaps as rows and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.courses import Course
from bot.courses.phrases import Phrase
from bot.courses.wording import provider
from bot.needs.explaining import Names
from bot.needs.records import Answer, Gap, Match, Need, Organisation, Target

Say: TypeAlias = Callable[[Phrase], str]
"""Turns a phrase into words of a language."""

Cell: TypeAlias = str | int | float

SHEETS = ("needs", "matches", "gaps")
COLUMNS = {
    "needs": ("team", "role", "skill", "now", "should", "people", "by", "words"),
    "matches": ("skill", "team", "rank", "course", "provider", "fits", "reasons", "misfits", "url"),
    "gaps": ("skill", "team", "people", "nearest", "why"),
}


@dataclass(frozen=True, slots=True)
class Report:
    """All needs of an organisation with what the provision says to them.

    Attributes:
        pages: What stands before a course's id in the address of its page here; empty for none.
    """

    organisation: Organisation
    answers: tuple[tuple[Need, Answer], ...]
    pages: str = ""

    def address(self, course: Course) -> str:
        """Return where a course is: the provider's own page, or else the one here."""
        return course.url or (f"{self.pages}{course.id}" if self.pages else "")


def rows_of(sheet: str, report: Report, say: Say, names: Names) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of a sheet, in the order of its columns.

    Args:
        sheet: One of SHEETS.
        names: What competences and levels are called.
    """
    for need, answer in report.answers:
        skill = ", ".join(_said(names.competence(target), say) for target in need.targets)
        if sheet == "needs":
            for target in need.targets:
                yield _need(need, target, say, names)
        elif sheet == "matches":
            for rank, match in enumerate(answer.matches, 1):
                yield (skill, need.team, rank, *_match(match, say), report.address(match.course))
        elif answer.gap is not None:
            yield _gap(need, answer.gap, say, names)


def as_json(report: Report, say: Say, names: Names) -> dict[str, Any]:
    """Return the report as plain values, with codes for programs and words for people."""
    return {
        "organisation": {
            "name": report.organisation.name,
            "city": report.organisation.city,
            "sector": report.organisation.sector,
            "size": report.organisation.size.value if report.organisation.size else None,
        },
        "needs": [
            {
                "id": need.id,
                "team": need.team,
                "role": _said(names.role(need.role), say),
                "people": need.people,
                "by": need.by.isoformat() if need.by else None,
                "skills": [_target(target, say, names) for target in need.targets],
                "matches": [_match_json(match, say, report) for match in answer.matches],
                "gap": _gap_json(answer.gap, say, names, report) if answer.gap else None,
            }
            for need, answer in report.answers
        ],
    }


def _need(need: Need, target: Target, say: Say, names: Names) -> tuple[Cell, ...]:
    return (
        need.team,
        _said(names.role(need.role), say),
        _said(names.competence(target), say),
        _said(names.level(target, target.now), say),
        _said(names.level(target, target.should), say),
        need.people,
        need.by.isoformat() if need.by else "",
        # Of a role they are ours: what a wide skill means in it.
        "" if need.role else need.words,
    )


def _match(match: Match, say: Say) -> tuple[Cell, ...]:
    course = match.course
    return (
        course.title,
        say(provider(course)),
        round(match.score, 2),
        _joined(match.reasons, say),
        _joined(match.misfits, say),
    )


def _gap(need: Need, gap: Gap, say: Say, names: Names) -> tuple[Cell, ...]:
    skills = ", ".join(_said(names.competence(target), say) for target in gap.targets)
    found = gap.nearest.course if gap.nearest else None
    nearest = f"{found.title}, {say(provider(found))}" if found else ""
    return (skills, need.team, need.people, nearest, _joined(gap.why, say))


def _target(target: Target, say: Say, names: Names) -> dict[str, Any]:
    return {
        "framework": target.framework,
        "competence": target.competence,
        "name": _said(names.competence(target), say),
        "now": target.now,
        "should": target.should,
    }


def _match_json(match: Match, say: Say, report: Report) -> dict[str, Any]:
    return {
        "course": match.course.id,
        "title": match.course.title,
        "provider": match.course.provider,
        "is_sample": match.course.is_sample,
        "url": report.address(match.course),
        "score": round(match.score, 3),
        "coverage": round(match.coverage, 3),
        "reasons": [say(phrase) for phrase in match.reasons],
        "misfits": [say(phrase) for phrase in match.misfits],
    }


def _gap_json(gap: Gap, say: Say, names: Names, report: Report) -> dict[str, Any]:
    return {
        "skills": [_target(target, say, names) for target in gap.targets],
        "nearest": _match_json(gap.nearest, say, report) if gap.nearest else None,
        "why": [say(phrase) for phrase in gap.why],
    }


def _said(name: Phrase | str | int, say: Say) -> str:
    return say(name) if isinstance(name, Phrase) else str(name)


def _joined(phrases: Sequence[Phrase], say: Say) -> str:
    return "; ".join(say(phrase) for phrase in phrases)
