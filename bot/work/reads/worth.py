"""What flows look up about the worth of skills: which there are, and what needs them."""

from __future__ import annotations

from typing import Any

from bot.courses import Course
from bot.skills.naming import find_skills
from bot.skills.tagging import infer_tags
from bot.work.reads import Context, look
from bot.work.reads.pathways import framework_of
from bot.work.reads.standing import where_they_stand
from content.frameworks import LEVELS, Framework
from content.words import TextValue

Json = dict[str, Any]
MOST_FOUND = 5
MOST_ROUTES = 6
EXAMPLES = 2


@look("skill_areas")
def skill_areas(context: Context) -> list[list[str]]:
    """List the areas of every framework on offer, those of published ones first."""
    offered = context.content.offered(context.city).values()
    ordered = sorted(offered, key=lambda one: one.status != "published")
    return [[one.id, area.code] for one in ordered for area in one.areas]


@look("skill_names")
def skill_names(context: Context, codes: list[str]) -> list[Json]:
    """Say of which framework each of these skills is."""
    return [
        {"code": code, "framework": framework.id}
        for code in codes
        if (framework := framework_of(context, code)) is not None
    ]


@look("find_skill")
def find_skill(context: Context, words: str) -> list[str]:
    """Return the codes of the skills that words mean, the likeliest first; one where it is clear.

    A code counts as well, with "-" or "." between its parts.
    """
    code = words.strip().replace("-", ".")
    if framework_of(context, code) is not None:
        return [code]
    offered = context.content.offered(context.city).values()
    names = {
        code: _names(context, framework, code)
        for framework in offered
        for code in framework.competences
    }
    found = find_skills(words, names) or [code for code in _taught(words) if code in names]
    return found[:MOST_FOUND]


def _taught(words: str) -> list[str]:
    """Return what a course of that name would teach: people name tools, such as Excel."""
    course = Course(id="", provider="", title=words, city="")
    return [tag.competence for tag in infer_tags(course)]


def _names(context: Context, framework: Framework, code: str) -> list[str]:
    """Return what a skill is called, in the person's language, then what it is about."""
    skill = f"framework.{framework.id}.skill.{code}"
    ids = [f"{skill}.button", f"{skill}.title", f"{skill}.use"]
    rungs = framework.competences[code].rungs[:EXAMPLES]
    ids += [f"framework.{framework.id}.can.{own.id}" for rung in rungs for own in rung.sentences]
    return [context.content.words.plain(TextValue(one), context.language) for one in ids]


@look("worth_of")
def worth_of(context: Context, code: str) -> Json | None:
    """Say of a skill which examples fit the person, and which routes need it; None if it is gone.

    The examples are those of the level where they stand and the next, else of the first two.
    """
    framework = framework_of(context, code)
    if framework is None:
        return None
    standing = where_they_stand(context.unit, context.person.id, context.content).get(code)
    first = min(max(standing.level, 1), LEVELS - 1) if standing else 1
    routes = context.content.pathways.needing(code)
    return {
        "code": code,
        "framework": framework.id,
        "levels": list(range(first, first + EXAMPLES)),
        "routes": [one.id for one in routes[:MOST_ROUTES]],
        "is_draft": framework.status == "draft",
        "is_unasked": standing is None or standing.is_estimated,
    }
