"""Whose word counts: staff before the provider, the provider before what was inferred."""

from __future__ import annotations

from collections.abc import Iterable

from bot.courses.records import Course
from bot.skills.tagging.inferring import Rules, infer_tags
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
    given: Iterable[tuple[str, int]] = (),
    corrections: Iterable[Correction] = (),
    rules: Rules | None = None,
) -> tuple[Tag, ...]:
    """Return what a course teaches, from whoever says so: see `settle_tags`."""
    named = tuple(given)
    return settle_tags(() if named else infer_tags(course, rules), named, corrections)
