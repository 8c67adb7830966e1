"""Which skills a provider may confirm for an offer: what its own words tell, and no more."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from bot.courses.offers import Form, Told
from bot.courses.records import Course
from bot.skills.tagging import Rules, infer_tags

MOST = 5
"""More than a few are not looked at before they are confirmed."""


def suggested_skills(title: str, summary: str, rules: Rules) -> dict[str, int]:
    """Return the codes of skills that these words tell of, each with its level."""
    course = Course("", "", title=title, summary=summary)
    return {tag.competence: tag.level for tag in infer_tags(course, rules)[:MOST]}


def nameable_skills(
    form: Form, before: Told, rules: Rules, known: Collection[str]
) -> Mapping[str, int]:
    """Return the skills that a form may name: those of its words, and those named before.

    Args:
        known: Codes of all frameworks; a skill that is gone from them is not named any more.
    """
    kept = {one.competence: one.level or 1 for one in before.teaches}
    told = suggested_skills(form.get("title", ""), form.get("summary", ""), rules)
    return {code: level for code, level in {**kept, **told}.items() if code in known}
