"""Whose word counts: staff before the provider, the provider before what was inferred."""

from __future__ import annotations

from collections.abc import Iterable

from bot.courses.records import Course
from bot.skills.tagging.inferring import Rules, infer_tags, usual_level
from bot.skills.tagging.records import Correction, Origin, Tag


def settle_tags(
    inferred: Iterable[Tag],
    given: Iterable[tuple[str, int]] = (),
    corrections: Iterable[Correction] = (),
) -> tuple[Tag, ...]:
    """Return a course's tags by competence.

    Args:
        inferred: What its text tells.
        given: Competence and level as the provider names them. Whoever names some has named
            all: nothing is inferred beside them.
        corrections: Of staff, for one competence each; the last one counts.
    """
    named = dict(given)
    tags = (
        {code: Tag(code, level, False, (), Origin.PROVIDER) for code, level in named.items()}
        if named
        else {tag.competence: tag for tag in inferred}
    )
    for correction in corrections:
        tags.pop(correction.competence, None)
        if correction.level is not None:
            code = correction.competence
            tags[code] = Tag(code, correction.level, False, (), Origin.STAFF)
    return tuple(tags[code] for code in sorted(tags))


def tags_of(
    course: Course,
    given: Iterable[tuple[str, int]] | None = None,
    corrections: Iterable[Correction] = (),
    rules: Rules | None = None,
) -> tuple[Tag, ...]:
    """Return what a course teaches, from whoever says so: see `settle_tags`.

    Args:
        given: What the provider names; None takes it from the course itself. There a level that
            the provider left out is that which the course's own words tell.
    """
    named = _given(course, rules) if given is None else tuple(given)
    return settle_tags(() if named else infer_tags(course, rules), named, corrections)


def _given(course: Course, rules: Rules | None) -> tuple[tuple[str, int], ...]:
    if all(one.level is not None for one in course.teaches):
        return tuple((one.competence, one.level) for one in course.teaches if one.level)
    told = {tag.competence: tag.level for tag in infer_tags(course, rules)}
    usual = usual_level(course, rules)
    return tuple(
        (one.competence, one.level or told.get(one.competence, usual)) for one in course.teaches
    )
