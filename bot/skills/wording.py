"""How what a course teaches is told to people, in phrases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.courses.phrases import Phrase
from bot.skills.tagging import Tag
from content.frameworks import Framework

SHOWN = 3
"""Skills named on a course's card; all of them are told behind "Is it right for me?"."""


def frameworks_of(frameworks: Iterable[Framework]) -> dict[str, str]:
    """Return, for the code of every competence, the id of the framework that it stands in."""
    return {code: framework.id for framework in frameworks for code in framework.competences}


def skill_name(framework: str, competence: str) -> Phrase:
    """Return the short name of a competence."""
    return Phrase(f"framework.{framework}.skill.{competence}.button")


def level_name(framework: str, level: int) -> Phrase:
    """Return the name of a level, 1 to 4."""
    return Phrase(f"framework.{framework}.level.{level}.name")


def taught(tags: Sequence[Tag], frameworks: Mapping[str, str]) -> Phrase | None:
    """Say in one line what a course teaches, and whether that was worked out from its text.

    Args:
        frameworks: By competence code, the id of its framework; other codes are left out.
    """
    known = _known(tags, frameworks)
    if not known:
        return None
    names = [skill_name(frameworks[tag.competence], tag.competence) for tag in known]
    values: dict[str, object] = {"skills": tuple(names[:SHOWN])}
    more = len(names) - SHOWN
    text_id = "course.learn.inferred" if _is_worked_out(known) else "course.learn.said"
    if more > 0:
        values["skills"] = (*names[:SHOWN], Phrase("course.learn.more", {"count": more}))
    return Phrase(text_id, values)


def taught_each(tags: Sequence[Tag], frameworks: Mapping[str, str]) -> tuple[Phrase, ...]:
    """Say each skill that a course teaches with its level, and at the end how that is known."""
    known = _known(tags, frameworks)
    lines = [
        Phrase(
            "course.learn.line",
            {
                "skill": skill_name(frameworks[tag.competence], tag.competence),
                "level": level_name(frameworks[tag.competence], tag.level),
            },
        )
        for tag in known
    ]
    if known and _is_worked_out(known):
        lines.append(Phrase("course.learn.how"))
    return tuple(lines)


def _known(tags: Sequence[Tag], frameworks: Mapping[str, str]) -> list[Tag]:
    return [tag for tag in tags if tag.competence in frameworks]


def _is_worked_out(tags: Sequence[Tag]) -> bool:
    """Whether some of it was read from the text: then nothing is shown as said by somebody."""
    return any(tag.is_inferred for tag in tags)
